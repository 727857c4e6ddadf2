/// CPU cycles of a kernel's work between reads of weights, all waits excluded.
public struct KernelPace: Sendable, Equatable {
  /// Per MAC.
  public var perMAC: Double
  /// Per run of weights that are read one after the other: a tap or a row.
  var perSegment: Double
  /// Per output value.
  var perOutput: Double

  /// A pace; no work by default.
  public init(perMAC: Double = 0, perSegment: Double = 0, perOutput: Double = 0) {
    self.perMAC = perMAC
    self.perSegment = perSegment
    self.perOutput = perOutput
  }
}

/// An operator as far as its reads of constants go.
public struct WeightReader: Sendable, Equatable {
  /// How it goes through the weights.
  public var order: LoopOrder
  /// Height and width of input and output, and the number of output values per pixel.
  public var inputHeight, inputWidth, outputHeight, outputWidth, outputChannels: Int
  /// Height and width of the filter and weights per tap and output.
  public var filterHeight, filterWidth, depth: Int
  /// Steps and, at the top and the left, zeros that are added.
  public var strideHeight, strideWidth, padTop, padLeft: Int
  /// Length of one weight, bytes.
  public var weightBytes: Int
  /// Where the weights begin, bytes from the begin of flash.
  var weightAddress: Int
  /// Where biases of 4 bytes begin; nil where there are none.
  var biasAddress: Int?
  /// The work between reads.
  var pace: KernelPace
  /// Code that runs once per output and is fetched through the same cache, bytes; 0 where it is not.
  var codeBytes: Int
  /// Whether a kernel that takes two rows at a time reads them in turn; else one after the other.
  var rowsInTurn = true

  /// A reader from its parts.
  public init(
    order: LoopOrder, inputHeight: Int, inputWidth: Int, outputHeight: Int, outputWidth: Int,
    outputChannels: Int, filterHeight: Int, filterWidth: Int, depth: Int, strideHeight: Int,
    strideWidth: Int, padTop: Int, padLeft: Int, weightBytes: Int, weightAddress: Int,
    biasAddress: Int?, pace: KernelPace, codeBytes: Int = 0
  ) {
    self.order = order
    self.inputHeight = inputHeight
    self.inputWidth = inputWidth
    self.outputHeight = outputHeight
    self.outputWidth = outputWidth
    self.outputChannels = outputChannels
    self.filterHeight = filterHeight
    self.filterWidth = filterWidth
    self.depth = depth
    self.strideHeight = strideHeight
    self.strideWidth = strideWidth
    self.padTop = padTop
    self.padLeft = padLeft
    self.weightBytes = weightBytes
    self.weightAddress = weightAddress
    self.biasAddress = biasAddress
    self.pace = pace
    self.codeBytes = codeBytes
  }

  /// Bytes of one row of weights, that is of all taps of one output.
  var rowBytes: Int { filterHeight * filterWidth * depth * weightBytes }
  /// Where its weights are.
  var weights: Range<Int> { weightAddress..<weightAddress + outputChannels * rowBytes }
  /// Where its biases are.
  var biases: Range<Int> { biasAddress.map { $0..<$0 + 4 * outputChannels } ?? 0..<0 }
  /// Where its constants end.
  var endAddress: Int { max(weights.upperBound, biases.upperBound) }
  var pixels: Int { outputHeight * outputWidth }

  /// The flash that RP2350 can map: two windows of 16 MiB (data sheet, 4.4).
  static let mappedBytes = 1 << 25

  /// Whether it has a shape that can be walked, within the flash that can be mapped: lengths and steps
  /// of 1 ... 65536, no negative padding or address, weights of 1 to 8 bytes, at most 16 KiB of code.
  var isWalkable: Bool {
    let lengths = [
      inputHeight, inputWidth, outputHeight, outputWidth, filterHeight, filterWidth, strideHeight,
      strideWidth,
    ]
    guard lengths.allSatisfy({ (1...1 << 16).contains($0) }),
      (0...1 << 16).contains(padTop), (0...1 << 16).contains(padLeft),
      (1...Self.mappedBytes).contains(outputChannels), (1...Self.mappedBytes).contains(depth),
      (1...8).contains(weightBytes), (0...1 << 14).contains(codeBytes),
      (0...Self.mappedBytes).contains(weightAddress),
      (0...Self.mappedBytes).contains(biasAddress ?? 0)
    else { return false }
    // At most 2^16 x 2^16 x 2^25 x 2^3 = 2^60: no overflow before the test.
    guard rowBytes <= Self.mappedBytes else { return false }
    return endAddress <= Self.mappedBytes
  }
}
