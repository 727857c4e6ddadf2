/// Line fills of whole inferences.
public struct Simulation: Sendable {
  /// The cache in front of flash; nil for none.
  let geometry: CacheGeometry?
  /// Bytes of one fill, a power of two.
  public let lineBytes: Int
  /// When transfers end.
  public let interface: FlashInterface
  /// How far behind the constants the code lies, lines.
  var codeOffsetLines = 0

  /// A simulation; without a cache every read fetches `lineBytes`, rounded down to a power of two.
  public init(geometry: CacheGeometry?, lineBytes: Int = 8, interface: FlashInterface) {
    self.geometry = geometry
    let bytes = geometry?.lineBytes ?? min(max(lineBytes, 1), 4096)
    self.lineBytes = 1 << (Int.bitWidth - 1 - bytes.leadingZeroBitCount)
    self.interface = interface
  }

  /// Traffic of each operator in one inference of many: the cache holds what the inference before left,
  /// and the inference begins with a new transfer.
  ///
  /// Two ways with random replacement give the expectation. Any other number of ways is played with draws
  /// from `seed`; one way and LRU draw nothing. An operator whose shape makes no sense, or whose constants
  /// lie beyond the 32 MiB of flash that can be mapped, is left out: it has no traffic.
  func steadyTraffic(_ operators: [WeightReader], seed: UInt64 = 1) -> [LineTraffic] {
    let inference = Inference(operators, lineBytes: lineBytes, codeOffsetLines: codeOffsetLines)
    guard let geometry else { return inference.steadyTraffic(NoCache(), interface) }
    if let cache = ExpectedCache(geometry, lines: inference.lineCount) {
      return inference.steadyTraffic(cache, interface)
    }
    return inference.steadyTraffic(SeededCache(geometry, seed: seed), interface)
  }

  /// The same by a simulation that draws every replacement from `seed`.
  func sampledTraffic(_ operators: [WeightReader], seed: UInt64) -> [LineTraffic] {
    guard let geometry else { return steadyTraffic(operators) }
    return Inference(operators, lineBytes: lineBytes, codeOffsetLines: codeOffsetLines)
      .steadyTraffic(SeededCache(geometry, seed: seed), interface)
  }
}
