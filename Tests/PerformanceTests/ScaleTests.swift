import Ingest
import Testing

@testable import Performance

/// Thousands of runs, as of a sweep or of a year of nightly builds.
@Suite struct ScaleTests {
  /// `copies` repeats of each model in both dtypes and placements, a published figure each.
  private func runs(models: [String], copies: Int) -> [Run] {
    var result: [Run] = []
    for (n, model) in models.enumerated() {
      for (dtype, scale) in [("int8", 1.0), ("fp32", 3.0)] {
        for weights in ["flash", "sram"] {
          for copy in 0..<copies {
            let seconds = 0.001 * Double(n % 7 + 1) * scale * (1 + 1e-4 * Double(copy))
            result.append(
              makeRun(
                onRP2350(model, dtype, weights), times: [seconds * (weights == "flash" ? 2 : 1)],
                kind: .published, quantum: 1e-6))
          }
        }
      }
    }
    return result
  }

  private let references = ["int8", "fp32"].map {
    makeRun(onNucleo("m0", $0), times: [0.001], kind: .published, quantum: 1e-6)
  }

  @Test(.timeLimit(.minutes(1))) func repeatsOfOneModelDoNotMultiply() throws {
    let count = 1000
    let analysis = try analyse(runs(models: ["m0"], copies: count / 4), against: references)
    #expect(analysis.selection.runs.count == count)
    #expect(analysis.comparison.speedups.count == count)
    #expect(analysis.comparison.attribution.count == count)
    // One row for each run of a side, not one for each pair.
    #expect(analysis.comparison.placement.count == count / 2)
    #expect(analysis.comparison.precision.count == count / 2)
    #expect(Set(analysis.selection.runs.map(\.id)).count == count)
  }

  @Test(.timeLimit(.minutes(1))) func manyModelsPairWithinEach() throws {
    let models = (0..<250).map { "m\($0)" }
    let analysis = try analyse(runs(models: models, copies: 1), against: references)
    #expect(analysis.comparison.placement.count == 2 * models.count)
    #expect(analysis.comparison.precision.count == 2 * models.count)
    #expect(analysis.comparison.unpaired.count == 4 * (models.count - 1))
  }

  @Test func fewRepeatsAreAllCompared() throws {
    let analysis = try analyse(runs(models: ["m0"], copies: 3))
    #expect(analysis.comparison.placement.count == 2 * 9)
    #expect(analysis.comparison.precision.count == 2 * 9)
  }

  @Test func theMiddleRunStandsForMany() throws {
    let many = try (0..<101).map { n in
      try analysed(makeRun(onRP2350("m", "int8"), times: [Double((n * 37) % 101 + 1)]))
    }
    #expect(Pairing.middle(many).map { $0.seconds.value?.value } == [51])
    #expect(Pairing.middle(many.reversed()).map { $0.seconds.value?.value } == [51])
    #expect(Pairing.middle([]).isEmpty)
  }
}
