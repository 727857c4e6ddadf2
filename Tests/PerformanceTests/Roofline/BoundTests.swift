import Testing

@testable import Performance

@Suite struct BoundTests {
  @Test func theTermsAddUpToTheMeasuredCycles() {
    let terms = BoundTerms(measured: 100, compute: 30, flash: 20, sram: 10)
    #expect(terms.overhead == 40)
    #expect(BoundTerm.allCases.map { terms[$0] } == [30, 20, 10, 40])
    #expect(terms.ranked == [.overhead, .compute, .flash, .sram])
  }

  @Test func computeIsAtMostWhatWasMeasured() {
    // A kernel faster than the loop that is described.
    let terms = BoundTerms(measured: 100, compute: 103, flash: 16, sram: 1)
    #expect(terms.compute == 100)
    #expect(terms.overhead == 0)
    #expect(Bound.common([terms]).bound?.term == .compute)
  }

  @Test func sureIsMoreThanTwice() throws {
    let sure = try #require(
      Bound.common([BoundTerms(measured: 100, compute: 68, flash: 32, sram: 0)]).bound)
    #expect(sure.isSure && sure.next == .flash)
    #expect(sure.certainty == "sure: 2.1 times flash")
    let near = try #require(
      Bound.common([BoundTerms(measured: 100, compute: 40, flash: 60, sram: 0)]).bound)
    #expect(!near.isSure && near.term == .flash)
    #expect(near.certainty == "near the ridge: 1.5 times compute")
    let close = try #require(
      Bound.common([BoundTerms(measured: 100, compute: 40, flash: 0, sram: 0)]).bound)
    #expect(close.certainty == "close: 1.5 times compute")
    let twice = try #require(
      Bound.common([BoundTerms(measured: 90, compute: 60, flash: 30, sram: 0)]).bound)
    #expect(!twice.isSure)
    let alone = try #require(
      Bound.common([BoundTerms(measured: 90, compute: 0, flash: 0, sram: 0)]).bound)
    #expect(alone.term == .overhead && alone.isSure && alone.certainty == "sure: no other term")
  }

  @Test func casesMustAgree() throws {
    let low = BoundTerms(measured: 100, compute: 60, flash: 10, sram: 0)
    let high = BoundTerms(measured: 100, compute: 60, flash: 40, sram: 0)
    let agreed = try #require(Bound.common([low, high]).bound)
    // The smallest lead counts.
    #expect(agreed.term == .compute && agreed.ratio == 1.5)
    let other = BoundTerms(measured: 200, compute: 60, flash: 130, sram: 0)
    let split = Bound.common([low, other])
    #expect(split.bound == nil)
    #expect(split.candidates == [.compute, .flash])
  }
}
