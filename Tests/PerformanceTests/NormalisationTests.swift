import Ingest
import TestSupport
import Testing

@testable import Performance
@testable import Reference

@Suite struct NormalisationTests {
  @Test func costsComeFromTheTables() throws {
    let run = try analysed(makeRun(onRP2350("kws", "int8")))
    #expect(run.macs == 2_656_768)
    #expect(run.weightBytes == 22_016)
    #expect(run.machine?.id == "pico2")
    #expect(isClose(run.cycles.value?.value, 1.5e6))
  }

  @Test func whatTheLogSaysGoesFirst() throws {
    var run = makeRun(onRP2350("kws", "int8"))
    run.macs = 7
    run.weightBytes = 5
    #expect(try analysed(run).macs == 7)
    #expect(try analysed(run).weightBytes == 5)
  }

  @Test func withoutADtypeTheBytesAreNotKnown() throws {
    var configuration = onRP2350("kws", "int8")
    configuration[.dtype] = nil
    let run = try analysed(makeRun(configuration))
    #expect(run.macs == 2_656_768)
    #expect(run.weightBytes == nil)
  }

  private func adRun(_ count: Int, extra: [String] = []) -> Run {
    let kinds = [String](repeating: "FULLY_CONNECTED", count: count) + extra
    return makeRun(
      onRP2350("ad", "int8"),
      operators: kinds.enumerated().map { makeOperator($1, [1e-3], index: $0) })
  }

  @Test func operatorsGetTheirCosts() throws {
    let run = try analysed(adRun(10, extra: ["DEQUANTIZE"]))
    #expect(run.operators.map(\.macs).prefix(2) == [81_920, 16_384])
    #expect(run.operators[9].weightBytes == 81_920)
    #expect(run.operators[10].macs == nil)
  }

  @Test func operatorsOfAnIncompleteLogGetNone() throws {
    #expect(try analysed(adRun(9)).operators.allSatisfy { $0.macs == nil })
    #expect(try analysed(adRun(10, extra: ["ADD"])).operators.allSatisfy { $0.macs == nil })
  }

  @Test func idsSayWhatTheRunIs() throws {
    #expect(try analysed(makeRun(onRP2350("ad", "int8", "flash"))).id == "rp2350-ad-int8-flash")
    #expect(try analysed(makeRun(onRP2350("ad", "int8"), label: "mine")).id == "mine")
    #expect(try analysed(makeRun([:])).id == "run")
    #expect(try analysed(makeRun([.model: "a b/c\u{1b}"])).id == "abc")
  }

  @Test func idsAreUnique() throws {
    let labels = ["x", "x", "x-1", "x-2", "y", "y", "x-reference", "x"]
    let runs = labels.map { makeRun(onRP2350("m", "int8"), label: $0) }
    let references = ["x", "x-1", "y", "y-1", "z", "z", "x-1"].map {
      makeRun(onNucleo("m", "int8"), label: $0)
    }
    let analysis = try analyse(runs, against: references)
    let ids = analysis.selection.all.map(\.id)
    #expect(Set(ids).count == ids.count, "\(ids)")
    // A name that was unique stays as it is.
    #expect(analysis.selection.runs[2].id == "x-1")
    #expect(analysis.selection.runs[0].id == "x-3")
    #expect(analysis.selection.references[1].id == "x-1-reference-1")
  }

  @Test func criteriaMatchOnlyWhatIsKnown() throws {
    var configuration = Configuration()
    #expect(!Criterion(key: .dtype, text: "int8").matches(configuration))
    configuration.offer(.dtype, "int8", .log)
    #expect(Criterion(key: .dtype, text: "int8").matches(configuration))
    #expect(!Criterion(key: .dtype, text: "fp32").matches(configuration))
  }

  @Test func filtersCountWhatTheyLeaveOut() throws {
    let runs = [makeRun(onRP2350("a", "int8")), makeRun(onRP2350("a", "fp32")), makeRun([:])]
    let analysis = try analyse(
      runs, options: AnalysisOptions(filter: [Criterion(key: .dtype, text: "int8")]))
    #expect(analysis.selection.runs.count == 1)
    #expect(analysis.selection.filteredOut == 2)
  }

  /// An operator of which the log holds only a sum is a mean, with the sum's ends as its spread.
  @Test func anOperatorsSumIsAMean() throws {
    var one = makeOperator("ADD", [250], index: 0)
    one.samplesAre = .mean
    one.statistics = TimeStatistics(count: 40, minimum: 200, maximum: 300, total: 10_000)
    let run = try analysed(makeRun(onRP2350("m", "int8"), unit: .cycles, operators: [one]))
    let cycles = try #require(run.operators[0].cycles.value)
    #expect(cycles.method == "mean that the tool printed over 40 inferences")
    #expect(cycles.interval.reason?.contains("without a standard deviation") == true)
    let side = try #require(run.operators[0].side(.time, published: false))
    #expect(side.kind == .mean && !side.isSampled)
    // The same count in every inference is exact all the same.
    one.statistics = TimeStatistics(count: 40, minimum: 250, maximum: 250, total: 10_000)
    let emulated = try analysed(
      makeRun(onEmulator("m", "int8"), unit: .instructions, operators: [one]))
    let counted = try #require(emulated.operators[0].instructions.value)
    #expect(counted.interval.reason == RatioBasis.countsAreExact)
    #expect(counted.method == "exact count, the same in 40 inferences")
  }
}
