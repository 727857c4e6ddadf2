import Quantiles
import Support

/// Inferences whose operators stand on lines of their own, each kind with its sum.
struct MeasuredRecords: Sendable {
  /// What came of them.
  struct Result: Sendable {
    var operators: [OperatorRecord] = []
    var unit = TimeUnit.seconds
    var isEmpty: Bool { operators.isEmpty }
  }

  private struct Kind: Sendable {
    var name: String
    var samples = Samples()
    var quantum = 0.0
  }

  private var kinds: [Kind] = []
  private var unit = TimeUnit.seconds

  mutating func add(_ name: String, _ figure: LineFigure) {
    unit = figure.unit?.timeUnit ?? unit
    let i = kinds.firstIndex { $0.name == name } ?? kinds.count
    if i == kinds.count { kinds.append(Kind(name: name)) }
    kinds[i].samples.add(figure.value)
    kinds[i].quantum = max(kinds[i].quantum, figure.quantum)
  }

  mutating func finish() -> Result {
    Result(
      operators: kinds.map { kind in
        var record = OperatorRecord(
          index: nil, kind: kind.name, samples: kind.samples, quantum: kind.quantum)
        record.isSumOfKind = true
        return record
      }, unit: unit)
  }
}
