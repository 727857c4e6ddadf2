import Core

/// What an operator computes, by its TFLite code.
public struct OperatorKind: Sendable, Hashable {
  /// BuiltinOperator of the TFLite schema.
  public let code: Int
  /// Name of a custom operator as in the file, which may hold anything; nil for the others.
  public let customName: String?
  /// As in `CONV_2D`; `CUSTOM:Name` for a custom operator, `BUILTIN_300` for an unknown code.
  ///
  /// Stored, as many operators may share one long name.
  public let name: String

  /// A built-in kind; a code above those known is allowed.
  public init(code: Int) {
    self.code = code
    customName = nil
    name = BuiltinNames.all.indices.contains(code) ? BuiltinNames.all[code] : "BUILTIN_\(code)"
  }

  /// A custom kind.
  public init(customName: String) {
    code = Self.customCode
    self.customName = customName
    name = "CUSTOM:\(customName)"
  }

  static let customCode = 32

  /// All kinds of the schema, by code; not custom ones.
  package static let known = BuiltinNames.all.indices.map { OperatorKind(code: $0) }

  /// By what tells kinds apart: the name follows from it.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(code)
    if let customName { hasher.combine(customName) }
  }

  /// The code is one of the schema's; false for custom operators.
  public var isKnown: Bool { customName == nil && BuiltinNames.all.indices.contains(code) }
}

/// The kinds that costs or attributes depend on.
extension OperatorKind {
  /// A sum of two tensors.
  public static let add = OperatorKind(code: 0)
  /// The mean of a window.
  public static let averagePool2D = OperatorKind(code: 1)
  /// A convolution over height and width.
  public static let conv2D = OperatorKind(code: 3)
  /// A convolution of each channel by itself.
  public static let depthwiseConv2D = OperatorKind(code: 4)
  /// From integers to real numbers.
  public static let dequantize = OperatorKind(code: 6)
  /// A matrix times a vector.
  public static let fullyConnected = OperatorKind(code: 9)
  /// The largest of a window.
  public static let maxPool2D = OperatorKind(code: 17)
  /// Another shape for the same elements.
  public static let reshape = OperatorKind(code: 22)
  /// Probabilities.
  public static let softmax = OperatorKind(code: 25)
  /// 1 / (1 + e^-x).
  public static let logistic = OperatorKind(code: 14)
  /// A product of two tensors.
  public static let mul = OperatorKind(code: 18)
  /// The larger of x and 0.
  public static let relu = OperatorKind(code: 19)
  /// x, not below -1 and not above 1.
  public static let reluN1To1 = OperatorKind(code: 20)
  /// x, not below 0 and not above 6.
  public static let relu6 = OperatorKind(code: 21)
  /// The hyperbolic tangent.
  public static let tanh = OperatorKind(code: 28)
  /// Zeros around a tensor.
  public static let pad = OperatorKind(code: 34)
  /// Other order of the dimensions.
  public static let transpose = OperatorKind(code: 39)
  /// The mean along dimensions.
  public static let mean = OperatorKind(code: 40)
  /// A difference of two tensors.
  public static let sub = OperatorKind(code: 41)
  /// The larger of two tensors, element by element.
  public static let maximum = OperatorKind(code: 55)
  /// The smaller of two tensors, element by element.
  public static let minimum = OperatorKind(code: 57)
  /// A transposed convolution.
  public static let transposeConv = OperatorKind(code: 67)
  /// From real numbers to integers, or between scales.
  public static let quantize = OperatorKind(code: 114)
  /// A convolution over three dimensions.
  public static let conv3D = OperatorKind(code: 132)
}

/// One operator of a graph.
public struct Operator: Sendable, Equatable {
  /// What it computes.
  public var kind: OperatorKind
  /// Version of the operator, which tells what a runtime must be able to do.
  public var version: Int
  /// Positions in `Graph.tensors`; nil for an optional input that is left out.
  public var inputs: [Int?]
  /// Positions in `Graph.tensors`.
  public var outputs: [Int]
  /// What it does besides its kind.
  public var attributes: Attributes
  /// The options of a custom operator.
  public var customOptions: ArraySlice<UInt8>?

  /// Makes an operator; `Graph` checks it.
  public init(
    kind: OperatorKind, version: Int = 1, inputs: [Int?], outputs: [Int],
    attributes: Attributes = .opaque(at: nil), customOptions: ArraySlice<UInt8>? = nil
  ) {
    self.kind = kind
    self.version = version
    self.inputs = inputs
    self.outputs = outputs
    self.attributes = attributes
    self.customOptions = customOptions
  }
}
