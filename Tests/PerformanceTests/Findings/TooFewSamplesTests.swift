import Ingest
import Testing

@testable import Performance

@Suite struct TooFewSamplesTests {
  private func found(_ times: [Double], _ kind: LatencyKind = .inference) throws -> [Finding] {
    TooFewSamples.findings(
      in: try analyse([makeRun(onRP2350("m", "int8"), times: times, kind: kind)]))
  }

  @Test func firesBelowSixSamples() throws {
    let finding = try #require(try found([1, 2, 3, 4, 5]).first)
    #expect(finding.id == "too-few-samples")
    #expect(finding.message == "1 run has too few samples for an interval.")
    #expect(try #require(finding.evidence.first).contains("there are 5"))
    #expect(try found([1], .window).count == 1)
  }

  @Test func countsOfAnEmulatorThatAgreeAreExact() throws {
    func found(_ counts: [Double]) throws -> [Finding] {
      let run = makeRun(onEmulator("m", "int8"), times: counts, unit: .instructions)
      return TooFewSamples.findings(in: try analyse([run]))
    }
    #expect(try found([4711]).isEmpty)
    #expect(try found([4711, 4711]).isEmpty)
    // More counts would be of other inputs; they make none of these less exact.
    #expect(try found([4711, 4712]).isEmpty)
  }

  @Test func isSilentOnSixAndOnFiguresThatAreNoSamples() throws {
    #expect(try found([1, 2, 3, 4, 5, 6]).isEmpty)
    #expect(try found([1], .published).isEmpty)
    #expect(try found([1, 1]).isEmpty)
  }
}
