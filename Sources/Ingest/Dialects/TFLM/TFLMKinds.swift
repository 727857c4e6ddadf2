/// Names of TFLite's built-in operators, as TFLM prints them for tags (tensorflow/lite/schema,
/// enum BuiltinOperator); custom operators print names of their own.
enum TFLMKinds {
  static let builtin: Set<String> = [
    "ABS", "ADD", "ADD_N", "ARG_MAX", "ARG_MIN", "ASSIGN_VARIABLE", "AVERAGE_POOL_2D",
    "BATCH_MATMUL", "BATCH_TO_SPACE_ND", "BIDIRECTIONAL_SEQUENCE_LSTM", "BROADCAST_ARGS",
    "BROADCAST_TO", "CALL_ONCE", "CAST", "CEIL", "CONCATENATION", "CONV_2D", "CONV_3D", "COS",
    "CUMSUM", "DELAY", "DEPTHWISE_CONV_2D", "DEPTH_TO_SPACE", "DEQUANTIZE", "DIV", "ELU",
    "EMBEDDING_LOOKUP", "EQUAL", "EXP", "EXPAND_DIMS", "FAKE_QUANT", "FILL", "FLOOR", "FLOOR_DIV",
    "FLOOR_MOD", "FULLY_CONNECTED", "GATHER", "GATHER_ND", "GELU", "GREATER", "GREATER_EQUAL",
    "HARD_SWISH", "IF", "L2_NORMALIZATION", "L2_POOL_2D", "LEAKY_RELU", "LESS", "LESS_EQUAL",
    "LOCAL_RESPONSE_NORMALIZATION", "LOG", "LOGICAL_AND", "LOGICAL_NOT", "LOGICAL_OR", "LOGISTIC",
    "LOG_SOFTMAX", "LSTM", "MATRIX_DIAG", "MAXIMUM", "MAX_POOL_2D", "MEAN", "MINIMUM",
    "MIRROR_PAD", "MUL", "NEG", "NOT_EQUAL", "ONE_HOT", "PACK", "PAD", "PADV2", "POW", "PRELU",
    "QUANTIZE", "RANGE", "READ_VARIABLE", "REDUCE_ALL", "REDUCE_ANY", "REDUCE_MAX", "REDUCE_MIN",
    "REDUCE_PROD", "RELU", "RELU6", "RELU_0_TO_1", "RELU_N1_TO_1", "RESHAPE", "RESIZE_BILINEAR",
    "RESIZE_NEAREST_NEIGHBOR", "REVERSE_SEQUENCE", "REVERSE_V2", "RNN", "ROUND", "RSQRT",
    "SELECT", "SELECT_V2", "SHAPE", "SIGN", "SIN", "SLICE", "SOFTMAX", "SPACE_TO_BATCH_ND",
    "SPACE_TO_DEPTH", "SPLIT", "SPLIT_V", "SQRT", "SQUARE", "SQUARED_DIFFERENCE", "SQUEEZE",
    "STRIDED_SLICE", "SUB", "SUM", "SVDF", "TANH", "TILE", "TOPK_V2", "TRANSPOSE",
    "TRANSPOSE_CONV", "UNIDIRECTIONAL_SEQUENCE_LSTM", "UNIDIRECTIONAL_SEQUENCE_RNN", "UNIQUE",
    "UNPACK", "VAR_HANDLE", "WHERE", "WHILE", "ZEROS_LIKE",
  ]

  private static let sorted = builtin.sorted()

  /// The built-in operator that `name` is a misprint of; nil when it is one, or is unlike all.
  static func misprint(_ name: String) -> String? {
    guard !builtin.contains(name), name.utf8.count > 2 else { return nil }
    let limit = name.utf8.count > 5 ? 2 : 1
    let letters = Array(name)
    return sorted.first {
      abs($0.utf8.count - letters.count) <= limit
        && Nearest.distance(letters, Array($0)) <= limit
    }
  }

  /// True when the tag in `text` is a built-in operator.
  static func isBuiltin(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    range.count <= 32 && builtin.contains(Scan.string(text, range))
  }
}
