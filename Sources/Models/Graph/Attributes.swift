import Core

/// What stands around the input of a window.
public enum Padding: String, Sendable {
  /// Zeros such that the output has ceil(input / stride) positions.
  case same
  /// None.
  case valid
}

/// What is applied to an output before it is stored (ActivationFunctionType of the TFLite schema).
public enum FusedActivation: Int, Sendable {
  case none = 0
  case relu, reluN1To1, relu6, tanh, signBit
}

/// Height and width, in elements.
public struct Extent: Sendable, Equatable {
  /// Along the height.
  public var height: Int
  /// Along the width.
  public var width: Int

  /// Names both.
  public init(height: Int, width: Int) {
    self.height = height
    self.width = width
  }
}

/// A window that moves over an image.
public struct Window: Sendable, Equatable {
  /// What stands around the image.
  public var padding: Padding
  /// Distance of neighbouring positions.
  public var stride: Extent
  /// Distance of neighbouring taps.
  public var dilation: Extent
  /// Size of the window; nil where the weights tell.
  public var size: Extent?

  /// Makes a window.
  public init(
    padding: Padding, stride: Extent, dilation: Extent = Extent(height: 1, width: 1),
    size: Extent? = nil
  ) {
    self.padding = padding
    self.stride = stride
    self.dilation = dilation
    self.size = size
  }
}

extension Window {
  /// Its way over an image [N, H, W, C]; nil where a size or distance is none of 31 bits.
  package func axes(
    over image: [Int], size: Extent
  ) -> (height: WindowAxis, width: WindowAxis)? {
    guard
      let height = WindowAxis(
        size: image[1], taps: size.height, stride: stride.height, dilation: dilation.height),
      let width = WindowAxis(
        size: image[2], taps: size.width, stride: stride.width, dilation: dilation.width)
    else { return nil }
    return (height, width)
  }
}

extension WindowAxis {
  /// How many windows there are.
  package func positions(_ padding: Padding) -> Int {
    padding == .same ? samePositions : validPositions
  }

  /// What stands beside the image.
  package func sides(_ padding: Padding) -> Sides {
    padding == .same ? self.padding(for: samePositions) : Sides(before: 0, after: 0)
  }
}

/// What an operator does besides its kind, as far as costs depend on it.
public enum Attributes: Sendable, Equatable {
  /// CONV_2D and TRANSPOSE_CONV.
  case convolution(Window, FusedActivation)
  /// DEPTHWISE_CONV_2D. The multiplier is as stated; the shapes are what counts.
  case depthwise(Window, depthMultiplier: Int, FusedActivation)
  /// AVERAGE_POOL_2D, MAX_POOL_2D, L2_POOL_2D.
  case pooling(Window, FusedActivation)
  /// FULLY_CONNECTED.
  case fullyConnected(FusedActivation, keepsDimensions: Bool, hasShuffledWeights: Bool)
  /// SOFTMAX.
  case softmax(beta: Float)
  /// CONCATENATION.
  case concatenation(axis: Int, FusedActivation)
  /// RESHAPE; empty where the shape comes as an input.
  case reshape(to: [Int])
  /// MEAN; the dimensions come as the second input.
  case reducer(keepsDimensions: Bool)
  /// Kinds without options: RELU, RELU6, TANH, LOGISTIC, MINIMUM, MAXIMUM, PAD, TRANSPOSE, QUANTIZE,
  /// DEQUANTIZE.
  case plain
  /// ADD, SUB, MUL, DIV, L2_NORMALIZATION.
  case activation(FusedActivation)
  /// Everything else: carried, not understood. Byte of the file at which the options' table stands,
  /// nil where there is none.
  case opaque(at: Int?)

  /// What a kind does unless more is said: nothing fused, beta 1.
  static func standard(for kind: OperatorKind) -> Attributes {
    switch kind {
    case .add, .mul, .sub: .activation(.none)
    case .softmax: .softmax(beta: 1)
    case .mean: .reducer(keepsDimensions: false)
    case .fullyConnected: .fullyConnected(.none, keepsDimensions: false, hasShuffledWeights: false)
    default: .plain
    }
  }

  /// The window, where there is one.
  public var window: Window? {
    switch self {
    case .convolution(let window, _), .depthwise(let window, _, _), .pooling(let window, _): window
    default: nil
    }
  }
}
