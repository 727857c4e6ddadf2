/// What the engine runs for an operator.
public enum PlanKernel: UInt32, Sendable, CaseIterable {
  /// The same bytes: RESHAPE. Nothing to do where input and output share their place.
  case copy = 0
  case fullyConnectedInt8
  case fullyConnectedPerChannelInt8
  case fullyConnectedFloat
  case convolutionInt8
  case convolutionFloat
  case depthwiseConvolutionInt8
  case depthwiseConvolutionFloat
  /// Any int8 operator of one input: RELU, TANH, LOGISTIC, QUANTIZE.
  case lookUpInt8
  case clampInt8
  case clampFloat
  case tanhFloat
  case logisticFloat
  case softmaxInt8
  case softmaxFloat
  case quantize
  case dequantize
  case addInt8
  case subtractInt8
  case multiplyInt8
  case minimumInt8
  case maximumInt8
  case addFloat
  case subtractFloat
  case multiplyFloat
  case minimumFloat
  case maximumFloat
  case averagePoolInt8
  case averagePoolFloat
  case maxPoolInt8
  case maxPoolFloat
  case meanInt8
  case meanFloat
  case padInt8
  case padFloat
  case transposeInt8
  case transposeFloat
  case transposeBytes

  /// Whether two cores can share the work.
  public var isShared: Bool {
    switch self {
    case .fullyConnectedInt8, .fullyConnectedPerChannelInt8, .fullyConnectedFloat,
      .convolutionInt8, .convolutionFloat, .depthwiseConvolutionInt8, .depthwiseConvolutionFloat:
      true
    default: false
    }
  }
}
