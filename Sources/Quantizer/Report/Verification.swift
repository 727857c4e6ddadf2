import Interpreter
import Models
import Support

/// Two graphs of one network side by side, as fp32 and int8: what their outputs have in common.
public struct Verification: Sendable {
  /// Of one sample.
  public struct Row: Sendable, Equatable {
    /// Position in the samples, from 0.
    public var sample: Int
    /// The largest absolute difference of two output values.
    public var largestDifference: Float
    /// Of the candidate against the reference.
    public var signal: SignalToNoise
    /// The most likely class by the reference; nil where the output is no distribution.
    public var referenceClass: Int?
    /// The same by the candidate.
    public var candidateClass: Int?
  }

  /// One for each sample, in order.
  public let rows: [Row]
  /// Of all samples together.
  public let signal: SignalToNoise
  /// Samples for which both name the same class; nil where the output is no distribution.
  public let agreement: Share?

  /// The largest absolute difference of all samples.
  public var largestDifference: Float { rows.map(\.largestDifference).max() ?? 0 }

  /// Runs both graphs on all samples. Throws where they do not have the same inputs and outputs.
  public static func compare(
    _ reference: Graph, _ candidate: Graph, on samples: SampleSet,
    progress: Progress = { _, _ in }
  ) throws(Diagnostic) -> Verification {
    guard elements(reference, \.inputs) == elements(candidate, \.inputs),
      elements(reference, \.outputs) == elements(candidate, \.outputs)
    else {
      throw Diagnostic(
        "other-network", "inputs or outputs of the two models differ in number or size",
        remedy: "Compare two forms of one model.")
    }
    let first = try Interpreter(reference)
    let second = try Interpreter(candidate)
    let isDistribution = reference.outputs.count == 1 && givesDistribution(reference)
    var rows: [Row] = []
    var total = SignalToNoise()
    for index in 0..<samples.count {
      let sample = samples.sample(index)
      let expected = Array(try first.run(floats: sample).joined())
      let found = Array(try second.run(floats: sample).joined())
      var signal = SignalToNoise()
      signal.add(reference: expected, other: found)
      total.add(reference: expected, other: found)
      rows.append(
        Row(
          sample: index,
          largestDifference: zip(expected, found).map { abs($0 - $1) }.max() ?? 0, signal: signal,
          referenceClass: isDistribution ? largest(expected) : nil,
          candidateClass: isDistribution ? largest(found) : nil))
      progress(index + 1, samples.count)
    }
    let agreement = Share(
      count: rows.count { $0.referenceClass == $0.candidateClass }, total: rows.count)
    return Verification(
      rows: rows, signal: total, agreement: isDistribution ? agreement : nil)
  }

  /// How many samples each gets right; nil where the output is no distribution, or there are not as
  /// many labels as samples. Labels are positions in the output.
  public func accuracy(labels: [Int]) -> (reference: Share, candidate: Share)? {
    guard agreement != nil, labels.count == rows.count else { return nil }
    func share(_ predicted: KeyPath<Row, Int?>) -> Share {
      Share(
        count: zip(rows, labels).count { $0[keyPath: predicted] == $1 }, total: labels.count)
    }
    return (share(\.referenceClass), share(\.candidateClass))
  }

  private static func elements(_ graph: Graph, _ list: KeyPath<Graph, [Int]>) -> [Int?] {
    graph[keyPath: list].map { graph.tensors[$0].elementCount }
  }

  /// The first of the largest values.
  private static func largest(_ values: [Float]) -> Int? {
    values.indices.max { (values[$0], $1) < (values[$1], $0) }
  }

  /// True where the output is made by SOFTMAX or LOGISTIC and has two values or more.
  private static func givesDistribution(_ graph: Graph) -> Bool {
    guard var tensor = graph.outputs.first, (graph.tensors[tensor].elementCount ?? 0) > 1 else {
      return false
    }
    let writers = GraphDraft(graph).writers
    while let writer = writers[tensor] {
      let each = graph.operators[writer]
      if [.softmax, .logistic].contains(each.kind) { return true }
      guard [.reshape, .quantize, .dequantize].contains(each.kind), let input = each.inputs[0]
      else { return false }
      tensor = input
    }
    return false
  }
}
