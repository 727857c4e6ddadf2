import Core
import Models
import Reference

/// What an operator, or a whole model, has to compute and to move, whatever the time it takes.
struct Work: Sendable, Equatable {
  var macs: UInt64
  /// Cycles of one core at the dtype's roof; nil where the dtype has none.
  var roofCycles: Double?
  /// Cycles of one core in the inner loops of the kernels; nil where the dtype has no roof.
  var kernelCycles: Double?
  /// Bytes of the weights, each once.
  var weightBytes: Double?
  /// Bytes of inputs and outputs, each once; nil where the shapes are not known.
  var activationBytes: Double?
  /// The most that weights can cause: operators above the cache may fetch one for each MAC.
  var mostWeightBytes: Double?
  /// Operators whose weights exceed the cache and are used more than once.
  var streamed = 0

  /// Bytes of one element; nil for a dtype that no cost table has.
  static func elementBytes(_ dtype: Dtype?) -> Double? {
    switch dtype {
    case .int8: 1
    case .fp32: 4
    default: nil
    }
  }

  /// One operator.
  init(
    macs: UInt64, weightBytes: UInt64?, cost: OperatorCost?, kind: String?, dtype: Dtype?,
    machine: RooflineMachine
  ) {
    self.macs = macs
    let count = Double(macs)
    if let dtype {
      roofCycles = machine.roof(dtype: dtype).map { count / $0.macsPerCycle }
      kernelCycles = machine.line(dtype: dtype, kind: kind).map { count / $0.macsPerCycle }
    }
    guard let size = Self.elementBytes(dtype), let bytes = weightBytes.map({ Double($0) }) else {
      return
    }
    self.weightBytes = bytes
    activationBytes = cost.map { Double($0.activationElements) * size }
    // What fits the cache is fetched once at most; a fully connected layer uses each weight once.
    let isStreamed = bytes > Double(machine.cacheBytes) && count * size > bytes
    mostWeightBytes = isStreamed ? count * size : bytes
    streamed = isStreamed ? 1 : 0
  }

  /// A whole model from its operators.
  init(_ cost: ModelCost, machine: RooflineMachine) {
    let parts = cost.operators.map {
      Work(
        macs: $0.macs, weightBytes: $0.weightBytes, cost: $0, kind: $0.kind, dtype: cost.dtype,
        machine: machine)
    }
    macs = cost.macs
    func sum(_ key: KeyPath<Work, Double?>) -> Double? {
      let values = parts.compactMap { $0[keyPath: key] }
      return values.count == parts.count ? values.reduce(0, +) : nil
    }
    roofCycles = sum(\.roofCycles)
    kernelCycles = sum(\.kernelCycles)
    weightBytes = sum(\.weightBytes)
    activationBytes = sum(\.activationBytes)
    mostWeightBytes = sum(\.mostWeightBytes)
    streamed = parts.reduce(0) { $0 + $1.streamed }
  }
}

extension OperatorCost {
  /// Kinds with two inputs of the same shape, of which the table lists one.
  private static let binary: Set<String> = ["ADD", "SUB", "MUL", "DIV", "MINIMUM", "MAXIMUM"]

  /// Elements that it reads and writes, each once.
  public var activationElements: Int {
    let read = input.isEmpty ? 0 : input.reduce(1, *)
    let written = output.isEmpty ? 0 : output.reduce(1, *)
    return read * (Self.binary.contains(kind) ? 2 : 1) + written
  }
}
