import Core
import MachineModel
import Testing

@testable import Performance
@testable import Reference

@Suite struct ModelledRunsTests {
  /// Fitted to the published runs.
  static func model() throws -> MachineModel {
    let data = try ReferenceData.bundled()
    let published = try PublishedResults.bundled().runs.map(
      Normalisation(reference: data, confidence: 0.95).analyse)
    let outcome = MachineModel.fit(
      published, board: "waveshare_rp2350_plus_16mb",
      cost: InstructionCost(published, mcu: "rp2350", reference: data), reference: data,
      confidence: 0.95)
    return try #require(outcome.value, "\(outcome.reason ?? "")")
  }

  @Test func runsAreExplainedOrSaidWhyNot() throws {
    let analysis = try Examples.analysis()
    #expect(analysis.machine.explanations.count == 6)
    #expect(analysis.machine.unexplained.count == analysis.selection.runs.count - 6)
    for row in analysis.machine.explanations {
      #expect(row.isFitted)
      if row.weights == .sram {
        #expect(row.parts.waiting == 0 && row.bandwidth == nil)
      } else {
        // No stream of bytes is faster than the roof of 25.0 MB/s.
        let bandwidth = try #require(row.bandwidth)
        #expect(bandwidth < 25e6)
        #expect(row.traffic.newTransfers <= row.traffic.fills)
      }
    }
    for (_, reason) in analysis.machine.unexplained { #expect(!reason.isEmpty) }
  }
}
