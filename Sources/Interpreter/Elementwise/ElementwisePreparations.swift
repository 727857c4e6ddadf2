/// Kinds without weights.
enum ElementwisePreparations {
  /// Each kind once. What TFLM refuses is refused; what it computes is computed with its bits.
  static let all: [KindPreparation] = [
    KindPreparation(.averagePool2D, PoolingStep.prepare),
    KindPreparation(.maxPool2D, PoolingStep.prepare),
    KindPreparation(.add, BinaryStep.prepareArithmetic),
    KindPreparation(.sub, BinaryStep.prepareArithmetic),
    KindPreparation(.mul, BinaryStep.prepareArithmetic),
    KindPreparation(.minimum, BinaryStep.prepareExtremum),
    KindPreparation(.maximum, BinaryStep.prepareExtremum),
    KindPreparation(.relu, UnaryStep.prepareRelu),
    KindPreparation(.relu6, UnaryStep.prepareRelu6),
    KindPreparation(.tanh, UnaryStep.prepareCurve),
    KindPreparation(.logistic, UnaryStep.prepareCurve),
    KindPreparation(.softmax, UnaryStep.prepareSoftmax),
    KindPreparation(.quantize, UnaryStep.prepareQuantize),
    KindPreparation(.dequantize, UnaryStep.prepareDequantize),
    KindPreparation(.pad, MovementStep.preparePad),
    KindPreparation(.transpose, MovementStep.prepareTranspose),
    KindPreparation(.mean, MeanStep.prepare),
  ]
}
