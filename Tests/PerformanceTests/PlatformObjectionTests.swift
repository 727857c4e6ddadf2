import Ingest
import TestSupport
import Testing

@testable import Performance

/// Cores, memories and clocks that nothing was counted or fitted for.
@Suite struct PlatformObjectionTests {
  private static let cases: [(ConfigurationKey, String, String)] = [
    (.weights, "psram", "its weights are in PSRAM"),
    (.weights, "stream", "its weights are copied from flash piece by piece"),
    (.code, "psram", "its code is in PSRAM"),
    (.arch, "riscv", "its cores are of riscv"),
    (.clock, "300000000", "its clock of 300 MHz is above the 150 MHz"),
  ]

  @Test(arguments: cases)
  func theModelRefusesWithAReason(key: ConfigurationKey, text: String, reason: String) throws {
    // 20 s would contradict int8 on anything.
    let analysis = try analyse([
      makeRun(onRP2350("kws", "int8", "flash", [key: text]), times: [20])
    ])
    #expect(analysis.machine.explanations.isEmpty)
    let said = try #require(analysis.machine.unexplained.first).reason
    #expect(said.hasPrefix(reason), "\(said)")
    #expect(analysis.labels.checks.isEmpty)
    #expect(analysis.labels.predictions.isEmpty)
    // Another clock has the same roofs per cycle.
    #expect(analysis.roofline.points.isEmpty == (key != .clock))
  }

  @Test func theUsualPlatformIsDescribed() throws {
    for more: [ConfigurationKey: String] in [
      [:], [.arch: "armv8-m"], [.clock: "150000000"], [.clock: "133000000"], [.code: "flash"],
    ] {
      let analysis = try analyse([
        makeRun(onRP2350("kws", "int8", "flash", more), times: [0.0604])
      ])
      #expect(analysis.machine.explanations.count == 1, "\(more)")
    }
  }
}
