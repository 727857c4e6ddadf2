import Ingest
import Testing

@testable import Performance

@Suite struct LogCutAndOverflowTests {
  @Test func theReasonStandsWhereTheNumberIsMissing() throws {
    var one = makeOperator("CONV_2D", [])
    one.reason = "its ticks are negative"
    let cut = makeRun(
      onRP2350("m", "int8"), times: nil, operators: [one],
      observed: [Observation(.incompleteInference, "Cut.")])
    #expect(try analysed(cut).seconds.reason?.contains("cut off") == true)
    #expect(try analysed(cut).operators[0].seconds.reason == "its ticks are negative")
    let over = makeRun(
      onRP2350("m", "int8"), times: nil, observed: [Observation(.tickOverflow, "Over.")])
    #expect(try analysed(over).seconds.reason?.contains("overflowed") == true)
    #expect(try analysed(cut).lostReason?.contains("cut off") == true)
    #expect(try analysed(over).lostReason?.contains("overflowed") == true)
    let whole = makeRun(onRP2350("m", "int8"), observed: [Observation(.tickOverflow, "Over.")])
    #expect(try analysed(whole).lostReason == nil)
    #expect(try analysed(makeRun(onRP2350("m", "int8"), times: nil)).lostReason == nil)
  }
}
