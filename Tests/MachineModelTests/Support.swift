import TestSupport

@testable import MachineModel

/// The cache of RP2350, or one like it.
func geometry(
  bytes: Int = 16384, ways: Int = 2, lineBytes: Int = 8, _ replacement: Replacement = .random
) -> CacheGeometry {
  guard
    let geometry = CacheGeometry(
      bytes: bytes, ways: ways, lineBytes: lineBytes, replacement: replacement)
  else { preconditionFailure("the test gives no geometry") }
  return geometry
}

/// An expectation, for two ways with random replacement.
func expectedCache(_ geometry: CacheGeometry, lines: Int) -> ExpectedCache {
  guard let cache = ExpectedCache(geometry, lines: lines) else {
    preconditionFailure("the test gives no such cache")
  }
  return cache
}

extension LoopOrder {
  static let all: [LoopOrder] = [
    .rows, .rowPairs, .everyPixel, .everyTwoPixels, .pairStationary(wholeImage: true),
    .pairStationary(wholeImage: false), .depthwise, .depthwiseQuads,
  ]

  var weightBytes: Int {
    switch self {
    case .rows, .everyPixel, .depthwise: 4
    default: 1
    }
  }
}

extension WeightReader {
  /// A reader of a filter over an image with TensorFlow's SAME or VALID padding.
  static func make(
    _ order: LoopOrder, input: (Int, Int) = (1, 1), filter: (Int, Int) = (1, 1),
    stride: (Int, Int) = (1, 1), same: Bool = true, channels: Int, depth: Int = 1, address: Int = 0,
    bias: Bool = false, pace: KernelPace = KernelPace(), codeBytes: Int = 0
  ) -> WeightReader {
    func axis(_ input: Int, _ filter: Int, _ stride: Int) -> (output: Int, pad: Int) {
      guard same else { return (max((input - filter) / stride + 1, 1), 0) }
      let output = (input + stride - 1) / stride
      return (output, max((output - 1) * stride + filter - input, 0) / 2)
    }
    let y = axis(input.0, filter.0, stride.0)
    let x = axis(input.1, filter.1, stride.1)
    var reader = WeightReader(
      order: order, inputHeight: input.0, inputWidth: input.1, outputHeight: y.output,
      outputWidth: x.output, outputChannels: channels, filterHeight: filter.0,
      filterWidth: filter.1, depth: depth, strideHeight: stride.0, strideWidth: stride.1,
      padTop: y.pad, padLeft: x.pad, weightBytes: order.weightBytes, weightAddress: address,
      biasAddress: nil, pace: pace, codeBytes: codeBytes)
    if bias { reader.biasAddress = (reader.endAddress + 15) / 16 * 16 }
    return reader
  }

  /// A small operator of any shape that its kernel allows.
  static func random(
    _ order: LoopOrder, _ generator: inout SplitMix, channels: ClosedRange<Int> = 1...9,
    depths: ClosedRange<Int> = 1...9, codeBytes: Int = 0
  ) -> WeightReader {
    let isMatrix = order == .rows || order == .rowPairs
    let isPoint =
      order == .pairStationary(wholeImage: true) || order == .pairStationary(wholeImage: false)
    let isDepthwise = order == .depthwise || order == .depthwiseQuads
    let input =
      isMatrix
      ? (1, 3) : (Int.random(in: 1...6, using: &generator), .random(in: 1...6, using: &generator))
    let filter =
      isMatrix || isPoint
      ? (1, 1) : (Int.random(in: 1...4, using: &generator), .random(in: 1...4, using: &generator))
    let canBeValid = filter.0 <= input.0 && filter.1 <= input.1
    return make(
      order, input: input, filter: filter,
      stride: isMatrix || order == .pairStationary(wholeImage: true)
        ? (1, 1) : (.random(in: 1...3, using: &generator), .random(in: 1...3, using: &generator)),
      same: !canBeValid || .random(using: &generator),
      channels: .random(in: channels, using: &generator),
      depth: isDepthwise ? 1 : .random(in: depths, using: &generator),
      address: 4 * .random(in: 0...5, using: &generator), bias: .random(using: &generator),
      codeBytes: codeBytes)
  }
}

/// Writes down which lines are asked for; everything is a miss.
struct Recorder: LineCache {
  var lines: [Int] = []
  mutating func read(line: Int) -> Double {
    if lines.last != line { lines.append(line) }
    return 1
  }
  var sets: Int { 1 }
  var drawsLots: Bool { false }
  func linesKeptAtMost(_ lines: Range<Int>) -> Double { 0 }
}

/// Traffic of one operator, its passes walked one by one or not, after `warmUp` times of the same.
func traffic<Cache: LineCache & ~Copyable>(
  _ reader: WeightReader, _ cache: consuming Cache, interface: FlashInterface = FlashInterface(),
  lineBytes: Int = 8, code: Range<Int> = 0..<0, walksAllPasses: Bool = true, warmUp: Int = 0
) -> LineTraffic {
  var stream = FillStream(cache, lineBytes: lineBytes, interface: interface)
  stream.walksAllPasses = walksAllPasses
  let walk = KernelWalk(reader: reader, code: code)
  for _ in 0..<warmUp { walk.run(&stream) }
  let before = stream.traffic
  stream.endTransfer()
  walk.run(&stream)
  return stream.traffic - before
}
