import Ingest
import Quantiles
import Reference
import Statistics
import TestSupport
import Testing

@testable import Performance

@Suite struct SamplesDependTests {
  private func run(_ ticks: [UInt64], operators: [OperatorRecord] = []) -> Run {
    var run = makeRun(
      onRP2350("m", "int8"), times: ticks.map { Double($0) / 1e6 }, quantum: 1e-6,
      operators: operators)
    run.latency?.order = SuccessiveDifferences(ticks)
    return run
  }
  /// Up and down once in 50, and nothing else.
  private let wave: [UInt64] = (0..<100).map { (i: UInt64) -> UInt64 in
    let step = i % 25
    return i % 50 < 25 ? 60_000 + step : 60_025 - step
  }

  @Test func saysWhatItMeansForTheIntervals() throws {
    let analysis = try analyse([run(wave)])
    let finding = try #require(SamplesDepend.findings(in: analysis).first)
    #expect(finding.id == "samples-depend")
    #expect(
      finding.message
        == "In 1 run the samples depend on each other: each time resembles the one before it, so "
        + "they say less than their number suggests.")
    let evidence = try #require(finding.evidence.first)
    #expect(evidence.contains("von Neumann ratio 0.") && evidence.contains("p <= 0.001"))
    #expect(evidence.contains("100 samples count as "))
    #expect(finding.evidence.count == 1)
    let method = analysis.selection.runs[0].seconds.interval.value?.method
    #expect(method?.contains("depend on each other") ?? evidence.contains("too few"))
  }

  @Test func saysThatOperatorsStayAsTheyAre() throws {
    let one = makeOperator("CONV_2D", scattered(0.01, count: 100))
    let findings = SamplesDepend.findings(in: try analyse([run(wave, operators: [one])]))
    #expect(findings.first?.evidence.last == "Intervals of single operators were not widened.")
  }

  @Test func isSilentOnSamplesInRandomOrderAndWhereTheOrderIsUnknown() throws {
    var random = SplitMix(2)
    #expect(SamplesDepend.findings(in: try analyse([run(wave.shuffled(using: &random))])).isEmpty)
    var unknown = run(wave)
    unknown.latency?.order = SuccessiveDifferences()
    #expect(SamplesDepend.findings(in: try analyse([unknown])).isEmpty)
    #expect(try analyse([unknown]).selection.runs[0].dependence == nil)
  }

  @Test(
    .shared("cases/truth"),
    arguments: [
      ("ar90_n100_pairs200", 0.95...1.0, 0.9...1.0), ("iid_n30_pairs200", 0...0.02, 0.93...0.98),
    ])
  func seesDependentRunsAndCovers(
    name: String, found: ClosedRange<Double>, coverage: ClosedRange<Double>
  ) throws {
    func file(_ side: String) throws -> IngestedFile {
      Ingestor(signatures: []).ingest(path: Shared.path("cases/truth/\(name)_\(side).txt"))
    }
    let (a, b) = (try file("a"), try file("b"))
    #expect(a.runs.count == 200 && b.runs.count == 200)
    let analysis = try analyse(a.runs, against: b.runs)
    let dependent = SamplesDepend.findings(in: analysis).flatMap(\.runs).count
    #expect(found.contains(Double(dependent) / 200), "\(dependent) of 200")
    let intervals = analysis.comparison.speedups.compactMap { $0.ratio.interval.value }
    #expect(intervals.count >= 180)
    let holding = intervals.count { $0.contains(1) }
    #expect(
      coverage.contains(Double(holding) / Double(intervals.count)),
      "\(holding) of \(intervals.count)")
  }

  @Test(.shared("cases/truth"), arguments: ["a", "b"])
  func seesDependentRunsOfTFLM(side: String) throws {
    let file = Ingestor(signatures: []).ingest(
      path: Shared.path("cases/truth/tflm_ar95_\(side).txt"))
    #expect(SamplesDepend.findings(in: try analyse(file.runs)).count == 1)
  }
}
