import Core
import Ingest
import Testing

@testable import Performance
@testable import Reference

@Suite struct MeasuredAboveDataSheetTests {
  private func analysis(_ benchmarks: MicroBenchmark...) throws -> Analysis {
    Analysis(
      files: [makeFile(benchmarks)], external: ([], "none"),
      published: try PublishedResults.bundled(), reference: try ReferenceData.bundled(),
      options: AnalysisOptions())
  }

  @Test func firesWhereTheClockIsOffAndKeepsTheComputedRoof() throws {
    let analysis = try analysis(
      makeBenchmark("int8_smlad", 20_000, macs: 65_536),
      makeBenchmark("fp32_vmul_vadd", 33_000, macs: 16_384))
    let finding = try #require(MeasuredAboveDataSheet.findings(in: analysis).first)
    #expect(finding.id == "measured-above-data-sheet")
    #expect(finding.severity == .error)
    #expect(finding.message.hasPrefix("1 roof measured on RP2350 at 150 MHz lies above"))
    #expect(finding.evidence[0] == "int8: 3.28 MAC per cycle measured, 2 possible (made.txt).")
    let machine = try #require(analysis.roofline.machines.first)
    #expect(machine.roof(dtype: .int8)?.macsPerCycle == 2)
    #expect(machine.roof(dtype: .fp32)?.provenance.isMeasured == true)
  }

  @Test func flashIsHeldAgainstItsMode() throws {
    func found(_ cycles: Double, _ mode: String) throws -> [Finding] {
      MeasuredAboveDataSheet.findings(
        in: try analysis(
          makeBenchmark(
            "flash_sequential", cycles, bytes: 1 << 18,
            [.flash: mode, .flashClock: mode == "quad/3" ? "50000000" : "75000000"])))
    }
    // 0.25 bytes per cycle at half the clock, a sixth at a third of it.
    let cycles = Double(1 << 18) / 0.24
    #expect(try found(cycles, "quad/2").isEmpty)
    #expect(try found(cycles, "quad/3").count == 1)
    // A mode that no description has is held against four bits per flash clock.
    #expect(try found(cycles, "quad/9").isEmpty)
    #expect(try found(Double(1 << 18) / 0.3, "quad/9").count == 1)
  }

  @Test func silentAtTheLimit() throws {
    #expect(
      MeasuredAboveDataSheet.findings(
        in: try analysis(
          makeBenchmark("int8_smlad", 32_768, macs: 65_536),
          makeBenchmark("dma_flash_to_sram", 10, bytes: 65_536))
      ).isEmpty)
  }
}
