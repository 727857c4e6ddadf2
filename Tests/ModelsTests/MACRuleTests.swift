import Models
import Testing

/// One rule for graphs and for logs without a cost table.
struct MACRuleTests {
  @Test(arguments: [
    "ADD", "AVERAGE_POOL_2D", "CONCATENATION", "DEQUANTIZE", "LOGISTIC", "MAX_POOL_2D", "MEAN",
    "MINIMUM", "PAD", "QUANTIZE", "RELU6", "RESHAPE", "SOFTMAX", "SPLIT", "STRIDED_SLICE", "TANH",
  ])
  func kindHasNoMACs(_ kind: String) {
    #expect(OperatorCost.kindsWithoutMACs.contains(kind))
  }

  @Test(arguments: [
    "CONV_2D", "DEPTHWISE_CONV_2D", "FULLY_CONNECTED", "TRANSPOSE_CONV", "BATCH_MATMUL", "SVDF",
    "WHILE", "CUSTOM", "CUSTOM:Mine", "BUILTIN_300", "nonsense",
  ])
  func kindHasMACsOrMay(_ kind: String) {
    #expect(!OperatorCost.kindsWithoutMACs.contains(kind))
  }
}
