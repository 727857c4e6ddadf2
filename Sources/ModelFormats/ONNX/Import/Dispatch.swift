import Models
import Support

extension Importer {
  /// Adds what one node computes; its inputs and attributes are those of its rule.
  mutating func convert(_ node: Node) throws(Diagnostic) {
    switch node.kind {
    case "Add": try binary(.add, node)
    case "AveragePool": try averagePool(node)
    case "BatchNormalization": try batchNormalization(node)
    case "Cast": try cast(node)
    case "Clip": try clip(node)
    case "Concat": try concat(node)
    case "Constant": try constant(node)
    case "Conv": try convolution(node)
    case "Div": try divide(node)
    case "Dropout": try dropout(node)
    case "Flatten": try flatten(node)
    case "Gather": try gather(node)
    case "Gemm": try gemm(node)
    case "GlobalAveragePool": try globalAveragePool(node)
    case "GlobalMaxPool": try globalMaxPool(node)
    case "Identity": try identity(node)
    case "MatMul": try matrixProduct(node)
    case "Max": try variadic(.maximum, node)
    case "MaxPool": try maxPool(node)
    case "Min": try variadic(.minimum, node)
    case "Mul": try binary(.mul, node)
    case "Pad": try pad(node)
    case "ReduceMean": try reduceMean(node)
    case "Relu": try unary(.relu, node)
    case "Reshape": try reshape(node)
    case "Shape": try shapeAsValue(node)
    case "Sigmoid": try unary(.logistic, node)
    case "Slice": try slice(node)
    case "Softmax": try softmax(node)
    case "Squeeze": try squeeze(node)
    case "Sub": try binary(.sub, node)
    case "Sum": try variadic(.add, node)
    case "Tanh": try unary(.tanh, node)
    case "Transpose": try transpose(node)
    case "Unsqueeze": try unsqueeze(node)
    default:
      throw node.unsupported(
        "the operator is not read", remedy: "Build the model from operators that are read.")
    }
  }
}
