import Core
import Models
import Reference
import Support

/// An operator whose weights grow with the number of its outputs and with nothing else, so that the
/// work per MAC hardly changes.
enum SyntheticOperator: Sendable, Hashable {
  /// A square filter over `depth` channels of an image; its outputs are filters.
  case convolution(filter: Int, depth: Int)
  /// A matrix with that many inputs.
  case fullyConnected(inputs: Int)

  /// Height and width of the output, the generator's image.
  static let image = (height: 24, width: 32)

  /// 3x3 over the generator's 8 channels. The generator has as many filters as channels, but deeper
  /// filters make each MAC cheaper, which would be taken for a part of the curve. Few weights per filter
  /// mean many filters, over which int8 spreads its copying (im2col). Without padding, so that all
  /// passes read all weights.
  static let general = SyntheticOperator.convolution(filter: 3, depth: 8)
  /// A 1x1 convolution, of which CMSIS-NN fetches each weight once in int8.
  static let pointwise = SyntheticOperator.convolution(filter: 1, depth: 64)
  /// A matrix with 64 inputs.
  static let matrix = SyntheticOperator.fullyConnected(inputs: 64)

  /// TFLite name.
  var kind: String {
    switch self {
    case .convolution: "CONV_2D"
    case .fullyConnected: "FULLY_CONNECTED"
    }
  }

  /// "3x3"; nil without a filter.
  var filterWords: String? {
    if case .convolution(let filter, _) = self { "\(filter)x\(filter)" } else { nil }
  }

  /// Weights that belong to one output.
  var weightsPerOutput: Int {
    switch self {
    case .convolution(let filter, let depth): filter * filter * depth
    case .fullyConnected(let inputs): inputs
    }
  }

  /// The operator in words.
  var words: String {
    switch self {
    case .convolution(let filter, let depth):
      "\(filter)x\(filter) filters over \(depth) channels, "
        + "\(Self.image.height)x\(Self.image.width) outputs each"
    case .fullyConnected(let inputs): "matrices with \(inputs) inputs"
    }
  }

  /// "20 filters".
  func words(outputs: Int) -> String {
    switch self {
    case .convolution: counted(outputs, "filter")
    case .fullyConnected: counted(outputs, "output")
    }
  }

  /// The operator with so many outputs.
  func cost(outputs: Int, dtype: Dtype, index: Int = 0) -> OperatorCost {
    let weights = weightsPerOutput * outputs
    let bytes = UInt64(weights * Self.bytes(dtype))
    switch self {
    case .convolution(let filter, let depth):
      let (height, width) = Self.image
      return OperatorCost(
        index: index, kind: kind, input: [1, height + filter - 1, width + filter - 1, depth],
        output: [1, height, width, outputs], weights: [outputs, filter, filter, depth],
        padding: "valid", stride: [1, 1], weightBytes: bytes, constantBytes: UInt64(4 * outputs),
        macs: UInt64(height * width * weights))
    case .fullyConnected(let inputs):
      return OperatorCost(
        index: index, kind: kind, input: [1, inputs], output: [1, outputs],
        weights: [outputs, inputs], padding: nil, stride: [], weightBytes: bytes,
        constantBytes: UInt64(4 * outputs), macs: UInt64(weights))
    }
  }

  /// Bytes of one weight.
  static func bytes(_ dtype: Dtype) -> Int { dtype == .int8 ? 1 : 4 }

  /// Numbers of outputs whose weights come nearest to shares of the cache, closer together around
  /// the cache and its double; even, for CMSIS-NN takes rows of weights in pairs.
  func outputs(dtype: Dtype, cacheBytes: Int) -> [Int] {
    let perPair = 2 * weightsPerOutput * Self.bytes(dtype)
    return Set(
      Self.grid.map { share in
        2 * max(Int((share * Double(cacheBytes) / Double(perPair)).rounded()), 1)
      }
    ).sorted()
  }

  /// Sizes as shares of the cache: 2 to 96 KiB for one of 16 KiB.
  private static let grid: [Double] = [
    0.125, 0.1875, 0.25, 0.375, 0.5, 0.625, 0.75, 0.8125, 0.875, 0.9375, 1, 1.0625, 1.125, 1.1875,
    1.25, 1.375, 1.5, 1.625, 1.75, 2, 2.25, 2.5, 3, 4, 6,
  ]
}
