import TestSupport
import Testing

@testable import Ingest

/// Which boot of a log a run is of, in every dialect that shows boots.
@Suite struct BootTests {
  private let block = "CONV_2D took 60000 ticks (60 ms).\nSOFTMAX took 77 ticks (0 ms).\n\n"

  private func boots(_ text: String) -> [Int] {
    Ingestor().ingest(bytes: Array(text.utf8), path: "-").runs.map(\.source.boot)
  }

  @Test(arguments: [
    "ESP-ROM:esp32s3-20210327\nrst:0x1 (POWERON),boot:0x8 (SPI_FAST_FLASH_BOOT)\n",
    "*** Booting Zephyr OS build v3.7.0 ***\n", "ets Jul 29 2019 12:21:46\n\n",
  ])
  func ofAProfiler(message: String) {
    let one = message + block + block
    #expect(boots(one) == [1])
    #expect(boots(one + one + one) == [1, 2, 3])
    #expect(boots(block + message + block) == [1, 2])
  }

  /// The boot after it says no more of a block than that it is not whole.
  @Test func ofAProfilerWhoseBlockIsCutOff() {
    let cut = "CONV_2D took 60000 ticks (60 ms).\n"
    let file = Ingestor().ingest(
      bytes: Array((block + block + cut + "ESP-ROM:esp32\n" + block + block).utf8), path: "-")
    #expect(file.runs.map(\.source.boot) == [1, 2])
    #expect(file.runs.map { $0.latency?.samples.count } == [2, 2])
    #expect(file.diagnostics.map(\.rule) == ["reset-in-block"])
  }

  /// A board that sleeps after each inference prints one block in each boot.
  @Test func oneBlockInEachBoot() {
    let text = "ESP-ROM:esp32\n" + block.dropLast()
    let cut = "ESP-ROM:esp32\nCONV_2D took 60000 ticks (60 ms).\n"
    #expect(boots(text + text + text) == [1, 2, 3])
    #expect(boots(text + cut + text) == [1, 3])
  }

  @Test func aHeadingIsNoBoot() {
    #expect(boots(block + "# the same again\n" + block) == [1])
  }
}
