import Ingest
import TestSupport
import Testing

@testable import Performance

@Suite struct ImpossibleTimesTests {
  private func found(_ run: Run) throws -> [Finding] {
    ImpossibleTimes.findings(in: try analyse([run]))
  }

  @Test func firesOnZerosAndOnMinusOne() throws {
    let times = [60400.0, 0, 60410, 4_294_967_295, 60400, 60405]
    let finding = try #require(
      try found(makeRun(onRP2350("kws", "int8"), times: times, unit: .ticks)).first)
    #expect(finding.id == "impossible-times")
    #expect(
      finding.evidence == [
        "rp2350-kws-int8-sram: 1 of 6 times is 0 and 1 of 6 times is 4,294,967,295 ticks."
      ])
  }

  @Test func microsecondsThatWereReadAsSecondsCountToo() throws {
    let times = [0.0604, 4294.967295, 0.0604]
    #expect(try !found(makeRun(onRP2350("kws", "int8"), times: times, quantum: 1e-6)).isEmpty)
  }

  @Test func firesOnAnOperator() throws {
    let run = makeRun(
      onRP2350("kws", "int8"), times: [60400], unit: .ticks,
      operators: [makeOperator("CONV_2D", [400, 4_294_967_295])])
    let finding = try #require(try found(run).first)
    #expect(
      finding.evidence.first?.contains("1 of 2 times of 0 CONV_2D is 4,294,967,295 ticks") == true)
  }

  @Test func isSilentOnTimes() throws {
    #expect(try found(makeRun(onRP2350("kws", "int8"), times: [0.06, 0.07])).isEmpty)
    // Below the timer's tick an operator takes 0.
    let run = makeRun(
      onRP2350("kws", "int8"), times: [0.06], operators: [makeOperator("SOFTMAX", [0])])
    #expect(try found(run).isEmpty)
  }
}
