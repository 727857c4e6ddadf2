import Support

/// Methods of TFLM's MicroMutableOpResolver (tensorflow/lite/micro/micro_mutable_op_resolver.h) that
/// add the operators of a model.
enum ResolverMethods {
  /// In alphabetical order, each once.
  static func of(_ graph: Graph) throws(Diagnostic) -> [String] {
    var result: Set<String> = []
    for (index, each) in graph.operators.enumerated() {
      guard let method = all[each.kind.name] else {
        throw Diagnostic(
          "resolver", "it is not known how TFLM's resolver names \(each.kind.printableName)",
          remedy: "Write a resolver by hand, or replace the operator.",
          place: Place(operatorIndex: index, operatorKind: each.kind.printableName))
      }
      result.insert(method)
    }
    return result.sorted()
  }

  private static let all: [String: String] = [
    "ADD": "AddAdd", "AVERAGE_POOL_2D": "AddAveragePool2D", "CONCATENATION": "AddConcatenation",
    "CONV_2D": "AddConv2D", "DEPTHWISE_CONV_2D": "AddDepthwiseConv2D",
    "DEQUANTIZE": "AddDequantize", "DIV": "AddDiv", "FULLY_CONNECTED": "AddFullyConnected",
    "L2_POOL_2D": "AddL2Pool2D", "LOGISTIC": "AddLogistic", "MAX_POOL_2D": "AddMaxPool2D",
    "MAXIMUM": "AddMaximum", "MEAN": "AddMean", "MINIMUM": "AddMinimum", "MUL": "AddMul",
    "PAD": "AddPad", "QUANTIZE": "AddQuantize", "RELU": "AddRelu", "RELU6": "AddRelu6",
    "RESHAPE": "AddReshape", "SOFTMAX": "AddSoftmax", "SUB": "AddSub", "TANH": "AddTanh",
    "TRANSPOSE": "AddTranspose", "TRANSPOSE_CONV": "AddTransposeConv",
  ]
}
