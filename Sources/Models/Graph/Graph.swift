// Operator graphs: TFLite read and written, generators, transforms, arena, C++ files, and what
// each operator costs. Knows nothing of logs and time.

import Core
import Support

/// A neural network as operators on tensors, in the order in which they run.
///
/// A graph that exists is consistent: every index leads to a tensor, every operator's inputs are
/// there before it runs, shapes and windows agree, constants have the size of their shape, and no size
/// or sum of sizes overflows. Names are as in the file: escape control characters before showing them.
public struct Graph: Sendable, Equatable {
  /// Name given by the converter; may be empty.
  public let name: String
  /// In the order of the file.
  public let tensors: [Tensor]
  /// In the order of execution.
  public let operators: [Operator]
  /// Positions in `tensors` of what an inference is given.
  public let inputs: [Int]
  /// Positions in `tensors` of what an inference gives.
  public let outputs: [Int]
  /// What the file says of itself, as in `twin of ad, seed 1`; may be empty.
  public let note: String
  /// The file; empty for a graph that was made here.
  public let bytes: [UInt8]
  /// CRC-32 of the file (zlib's), its identity; 0 where there is none.
  public let crc32: UInt32
  /// What the graph leaves out of the file, or takes on trust.
  public let remarks: [Diagnostic]
  /// What each operator costs, in the order of `operators`.
  public let costs: [GraphCost]

  /// Makes a graph of its parts; throws the first rule they break, with operator or tensor.
  public init(
    name: String, tensors: [Tensor], operators: [Operator], inputs: [Int], outputs: [Int],
    bytes: [UInt8] = [], note: String = "", remarks: [Diagnostic] = []
  ) throws(Diagnostic) {
    for (index, tensor) in tensors.enumerated() {
      try TensorCheck.check(tensor, index: index)
    }
    try FlowCheck.check(tensors: tensors, operators: operators, inputs: inputs, outputs: outputs)
    var costs: [GraphCost] = []
    costs.reserveCapacity(operators.count)
    for (index, each) in operators.enumerated() {
      do throws(Diagnostic) {
        costs.append(try OperatorCosting(each, tensors: tensors).cost(index: index))
        try ShapeCheck.check(each, tensors: tensors)
      } catch {
        throw error.within(Place(operatorIndex: index, operatorKind: each.kind.printableName))
      }
    }
    for field in [\GraphCost.macs, \.weightBytes, \.constantBytes] {
      guard CheckedArithmetic.sum(costs.map { Int(clamping: $0[keyPath: field]) }) != nil else {
        throw Diagnostic(
          "overflow", "the costs of all operators together exceed 2^63",
          remedy: "Shapes this large are no model's: convert it again.",
          place: Place(
            operatorIndex: operators.count - 1, operatorKind: operators.last?.kind.printableName))
      }
    }
    self.name = name
    self.tensors = tensors
    self.operators = operators
    self.inputs = inputs
    self.outputs = outputs
    self.bytes = bytes
    self.note = note
    self.remarks = remarks
    self.costs = costs
    crc32 = CRC32.byEightBytes(bytes.span)
  }

  /// Multiply-accumulate operations of one inference, as far as counted; see `GraphCost.uncounted`.
  public var macs: UInt64 { costs.reduce(0) { $0 + $1.macs } }

  /// Bytes of the weights that one inference uses, biases not counted.
  public var weightBytes: UInt64 { costs.reduce(0) { $0 + $1.weightBytes } }

  /// The bytes of a constant tensor, little-endian; nil for one that is computed or given.
  public func constant(_ tensor: Int) -> ArraySlice<UInt8>? {
    guard tensors.indices.contains(tensor) else { return nil }
    return tensors[tensor].constant
  }
}

extension OperatorKind {
  /// The name as it may be shown.
  var printableName: String { printable(name) }
}
