import Interpreter
import Models
import Support

/// Called now and then with the number of samples done and that of all; at last with all.
public typealias Progress = (_ done: Int, _ total: Int) -> Void

extension CalibrationRanges {
  /// Runs the fp32 `graph` on all samples and keeps the smallest and largest value of each input and
  /// each result. Throws where there is no sample, an operator cannot be run, or a value is infinite
  /// or no number.
  public static func measure(
    _ graph: Graph, on samples: SampleSet, progress: Progress = { _, _ in }
  ) throws(Diagnostic) -> CalibrationRanges {
    guard samples.count > 0 else {
      throw Diagnostic(
        "no-samples", "there are no samples to calibrate on",
        remedy: "Name a file of samples, or ask for synthetic ones.")
    }
    let plan = try Plan(graph)
    let pool = SampleWorkers(plan, count: samples.count)
    let writers = GraphDraft(graph).writers
    var result = CalibrationRanges([:], origin: samples.origin)
    var done = 0
    while done < samples.count {
      // Progress is shown on the caller's thread, between rounds.
      let round = done..<min(done + pool.samplesPerRound, samples.count)
      for (index, outcome) in zip(round, pool.run(round, of: samples)) {
        for (tensor, range) in try outcome.get() {
          guard let range else {
            throw notFinite(graph, writers, sample: index, tensor, samples)
          }
          result.include(tensor, min: range.min, max: range.max)
        }
      }
      done = round.upperBound
      progress(done, samples.count)
    }
    return result
  }

  private static func notFinite(
    _ graph: Graph, _ writers: [Int: Int], sample: Int, _ tensor: Int, _ samples: SampleSet
  ) -> Diagnostic {
    Diagnostic(
      "not-finite",
      "sample \(sample) (counted from 0) gives a value that is infinite or no number",
      remedy: samples.isSynthetic
        ? "Check the model's weights: synthetic samples are always finite."
        : "Check the samples: type, layout and scale must be those of the model.",
      place: Place(
        operatorIndex: writers[tensor],
        operatorKind: writers[tensor].map { graph.operators[$0].kind.shownName },
        tensorIndex: tensor), file: samples.isSynthetic ? "" : samples.source)
  }

  /// The smallest and largest of `values`; nil where one is infinite or no number. 0 and 0 of none.
  static func range(_ values: [Float]) -> (min: Float, max: Float)? {
    var low = values.first ?? 0
    var high = low
    // Stays 0 as long as all values are finite.
    var probe: Float = 0
    for value in values {
      if value < low { low = value }
      if value > high { high = value }
      probe += value * 0
    }
    return probe == 0 ? (low, high) : nil
  }
}
