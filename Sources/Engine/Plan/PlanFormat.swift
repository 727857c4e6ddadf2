/// Where things are in a plan, a file of little-endian 32-bit words: header, operators, places of inputs
/// and outputs, parameters of the kernels, constants. docs/models.md has the same as a table.
public enum PlanFormat {
  /// The bytes "P2MP".
  public static var magic: UInt32 { 0x504D_3250 }
  /// Changes with any change of the layout.
  public static var version: UInt32 { 1 }
  /// What parameters, constants and the plan itself start at a multiple of, in bytes.
  public static var alignment: Int { 16 }
  /// No larger plan, arena or constant: 1 GiB, so that sums of two do not overflow on a 32-bit chip.
  public static var mostBytes: UInt32 { 1 << 30 }

  /// Words of the header, by position.
  public enum Header {
    /// `PlanFormat.magic`.
    public static var magic: Int { 0 }
    /// `PlanFormat.version`.
    public static var version: Int { 1 }
    /// Of the plan.
    public static var totalBytes: Int { 2 }
    /// CRC-32 of everything behind this word.
    public static var checksum: Int { 3 }
    /// `PlanLayout.signature` of the writer.
    public static var layout: Int { 4 }
    /// `PlanFormat.code` of a `Dtype`.
    public static var dtype: Int { 5 }
    /// `PlanFormat.code` of a `WeightsSource`.
    public static var weightsSource: Int { 6 }
    /// CRC-32 of the .tflite file.
    public static var modelChecksum: Int { 7 }
    /// Of the .tflite file.
    public static var modelBytes: Int { 8 }
    /// Two words, the lower one first.
    public static var macs: Int { 9 }
    /// Two words.
    public static var weightBytes: Int { 11 }
    /// Operators.
    public static var operatorCount: Int { 13 }
    /// Where the operators are, from the start of the plan.
    public static var operatorsOffset: Int { 14 }
    /// Inputs of the model.
    public static var inputCount: Int { 15 }
    /// Outputs of the model.
    public static var outputCount: Int { 16 }
    /// Inputs, then outputs.
    public static var portsOffset: Int { 17 }
    /// Where the constants are, from the start of the plan.
    public static var constantsOffset: Int { 18 }
    /// Of all constants.
    public static var constantsBytes: Int { 19 }
    /// For one core.
    public static var arenaBytes: Int { 20 }
    /// For two, each with scratch memory of its own.
    public static var arenaBytesOfTwo: Int { 21 }
    /// The most that an operator takes on one core.
    public static var scratchBytes: Int { 22 }
    /// 16 words: UTF-8, filled up with zeros, at least one.
    public static var modelID: Int { 24 }
    /// Bytes of the model id.
    public static var modelIDBytes: Int { 64 }
    /// Number of words.
    public static var words: Int { 40 }
  }

  /// Words of an operator, by position.
  public enum Operator {
    /// BuiltinOperator of the TFLite schema.
    public static var kind: Int { 0 }
    /// Raw value of `PlanKernel`.
    public static var kernel: Int { 1 }
    /// Raw value of `PlanWeightLayout`.
    public static var layout: Int { 2 }
    /// From the start of the plan.
    public static var parametersOffset: Int { 3 }
    /// Of the parameters.
    public static var parametersBytes: Int { 4 }
    /// Two words.
    public static var macs: Int { 6 }
    /// Two words.
    public static var weightBytes: Int { 8 }
    /// Operands, two words each: place and bytes.
    public static var operands: Int { 10 }
    /// Number of words.
    public static var words: Int { 28 }
  }

  /// Words of an input or output, by position.
  public enum Port {
    /// Place and bytes.
    public static var operand: Int { 0 }
    /// TensorType of the TFLite schema.
    public static var elementType: Int { 2 }
    /// Bits of a float; 0 where elements are not quantized.
    public static var scale: Int { 3 }
    /// The element that stands for 0.
    public static var zeroPoint: Int { 4 }
    /// Elements.
    public static var count: Int { 5 }
    /// Number of words.
    public static var words: Int { 8 }
  }

  /// The operands of an operator, in their order.
  public enum Slot: Int, CaseIterable, Sendable {
    case input
    /// Weights, the right side, or a table.
    case second
    case bias
    case multipliers
    case shifts
    case output
    case scratch
    /// Of the other core.
    case otherScratch
  }
}

/// How the weights of an operator lie in the constants.
public enum PlanWeightLayout: UInt32, Sendable {
  /// As in the .tflite file.
  case plain = 0
}
