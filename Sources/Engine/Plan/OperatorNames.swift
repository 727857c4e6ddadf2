/// Names of the operators that the engine runs, by BuiltinOperator of the TFLite schema; the whole table
/// is `BuiltinNames`, which would take 3 KB of a chip's memory.
enum OperatorNames {
  static func name(_ kind: Int) -> StaticString {
    switch kind {
    case 0: "ADD"
    case 1: "AVERAGE_POOL_2D"
    case 3: "CONV_2D"
    case 4: "DEPTHWISE_CONV_2D"
    case 6: "DEQUANTIZE"
    case 9: "FULLY_CONNECTED"
    case 14: "LOGISTIC"
    case 17: "MAX_POOL_2D"
    case 18: "MUL"
    case 19: "RELU"
    case 21: "RELU6"
    case 22: "RESHAPE"
    case 25: "SOFTMAX"
    case 28: "TANH"
    case 34: "PAD"
    case 39: "TRANSPOSE"
    case 40: "MEAN"
    case 41: "SUB"
    case 55: "MAXIMUM"
    case 57: "MINIMUM"
    case 114: "QUANTIZE"
    default: "UNKNOWN"
    }
  }
}
