/// How a kernel goes through its weights.
public enum LoopOrder: Sendable, Equatable {
  /// One row of weights per output, each row once (TFLite reference, fp32).
  case rows
  /// Two rows at a time, 4 bytes of each in turn, each pair once (CMSIS-NN int8 matrix by vector).
  case rowPairs
  /// All weights per output pixel; taps that fall into the padding are skipped (TFLite reference, fp32).
  case everyPixel
  /// All weights per two output pixels, two rows at a time (CMSIS-NN int8 with im2col).
  case everyTwoPixels
  /// A pair of rows for all pixels of `rowsOfPixels` rows of the output, then the next pair (CMSIS-NN int8
  /// 1x1: the whole image at stride 1, one row of it at a time otherwise).
  case pairStationary(wholeImage: Bool)
  /// Per output pixel and channel, one weight of each tap (depthwise, fp32 reference).
  case depthwise
  /// Per output pixel, four channels of each tap in turn (CMSIS-NN int8 depthwise).
  case depthwiseQuads
}

/// CPU cycles of a kernel's work between reads of weights, all waits excluded.
public struct KernelPace: Sendable, Equatable {
  /// Per MAC.
  public var perMAC: Double
  /// Per run of weights that are read one after the other: a tap or a row.
  public var perSegment: Double
  /// Per output value.
  public var perOutput: Double

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
  public var weightAddress: Int
  /// Where biases of 4 bytes begin; nil where there are none.
  public var biasAddress: Int?
  /// The work between reads.
  public var pace: KernelPace
  /// Code that runs once per output and is fetched through the same cache, bytes; 0 where it is not.
  public var codeBytes: Int

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
  /// Where its constants end.
  var endAddress: Int {
    max(
      weightAddress + outputChannels * rowBytes, biasAddress.map { $0 + 4 * outputChannels } ?? 0)
  }
  var pixels: Int { outputHeight * outputWidth }
}
