import Ingest
import TestSupport
import Testing

@testable import Performance

@Suite struct DeterminismTests {
  /// Every value of an analysis as text; sets and dictionaries play no part in it.
  private func dump(_ analysis: Analysis) -> [String] {
    var lines = analysis.selection.runs.map {
      "\($0.id) \($0.seconds) \($0.cycles) \($0.macs ?? 0)"
    }
    lines += analysis.comparison.speedups.map {
      "\($0.subject.id) \($0.reference.id) \($0.ratio) \($0.perCycle) \($0.distinctions)"
    }
    lines += analysis.comparison.allPrecision.map { "\($0)" }
    lines += analysis.comparison.placement.map { "\($0)" }
    lines += analysis.comparison.attribution.map { "\($0)" }
    lines += analysis.labels.checks.map { "\($0)" }
    lines += analysis.labels.predictions.map { "\($0)" }
    lines += analysis.findings.map { "\($0)" }
    lines +=
      analysis.comparison.unaligned.map { "\($0)" } + analysis.comparison.unpaired.map { "\($0)" }
    return lines
  }

  private func sampled() -> [Run] {
    var runs: [Run] = []
    for (n, model) in ["ad", "made"].enumerated() {
      for dtype in ["int8", "fp32"] {
        for weights in ["flash", "sram"] {
          let time = 0.01 * Double(n + 1) * (dtype == "int8" ? 1 : 3)
          for copy in 0..<2 {
            runs.append(
              makeRun(
                onRP2350(model, dtype, weights),
                times: scattered(time * (weights == "flash" ? 2 : 1) * (1 + 0.01 * Double(copy))),
                quantum: 1e-6,
                operators: [
                  makeOperator("CONV_2D", scattered(time * 0.6), index: 0)
                ]))
          }
        }
      }
    }
    return runs
  }

  @Test func sameInputSameValues() throws {
    #expect(dump(try Examples.analysis()) == dump(try Examples.analysis()))
    #expect(dump(try analyse(sampled())) == dump(try analyse(sampled())))
  }

  /// Rows without ids, which count repeated names in the order of the input.
  private func ratios(_ analysis: Analysis) -> [String] {
    var lines = analysis.comparison.speedups.map {
      "\($0.subject.words) \($0.reference.words) \($0.model) \($0.ratio) \($0.perCycle)"
    }
    lines += analysis.comparison.allPrecision.map {
      "\($0.board) \($0.model) \($0.weights?.description ?? "") \($0.operatorWords ?? "") \($0.ratio) "
        + "\($0.adjustedP)"
    }
    lines += analysis.comparison.placement.map { "\($0.board) \($0.model) \($0.dtype) \($0.ratio)" }
    lines += analysis.comparison.attribution.map { split in
      "\(split.model) \(split.total) \(split.factors.map { "\($0)" })"
    }
    return lines.sorted()
  }

  @Test func orderOfFilesChangesNoRatio() throws {
    let forwards = ratios(try Examples.analysis(Examples.names))
    let backwards = ratios(try Examples.analysis(Examples.names.reversed()))
    #expect(forwards == backwards)
  }

  @Test func orderOfRunsChangesNoRatio() throws {
    let runs = sampled()
    let references = [
      makeRun(onNucleo("ad", "int8"), times: [0.003], kind: .published, quantum: 1e-5),
      makeRun(onNucleo("ad", "fp32"), times: [0.009], kind: .published, quantum: 1e-5),
    ]
    let expected = ratios(try analyse(runs, against: references))
    var generator = SplitMix(3)
    for _ in 0..<2 {
      #expect(
        ratios(try analyse(runs.shuffled(using: &generator), against: references)) == expected)
    }
  }

  @Test func theSeedIsUsed() throws {
    let one = try analyse(sampled(), options: AnalysisOptions(seed: 1)).comparison.placement
    let two = try analyse(sampled(), options: AnalysisOptions(seed: 2)).comparison.placement
    #expect(one.map(\.ratio.value) == two.map(\.ratio.value))
    #expect(one.map { "\($0.ratio.interval)" } != two.map { "\($0.ratio.interval)" })
  }
}
