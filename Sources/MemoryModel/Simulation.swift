/// Line fills of whole inferences.
public struct Simulation: Sendable {
  /// The cache in front of flash; nil for none.
  public var geometry: CacheGeometry?
  /// Bytes of one fill.
  public var lineBytes: Int
  /// When transfers end.
  public var interface: FlashInterface

  /// A simulation; without a cache every read fetches `lineBytes`.
  public init(geometry: CacheGeometry?, lineBytes: Int = 8, interface: FlashInterface) {
    self.geometry = geometry
    self.lineBytes = geometry?.lineBytes ?? max(lineBytes, 1)
    self.interface = interface
  }

  /// Traffic of each operator in one inference of many: the cache holds what the inference before left.
  ///
  /// Two ways with random replacement give the exact expectation. Any other number of ways is played
  /// with draws from `seed`; one way and LRU draw nothing.
  public func steadyTraffic(_ operators: [WeightReader], seed: UInt64 = 1) -> [LineTraffic] {
    let code = codeLines(operators)
    guard let geometry else { return walk(operators, NoCache(), code) }
    if let cache = ExpectedCache(geometry, lines: code.upperBound) {
      return walk(operators, cache, code)
    }
    return walk(operators, SeededCache(geometry, seed: seed), code)
  }

  /// The same by a simulation that draws every replacement from `seed`.
  public func sampledTraffic(_ operators: [WeightReader], seed: UInt64) -> [LineTraffic] {
    guard let geometry else { return steadyTraffic(operators) }
    return walk(operators, SeededCache(geometry, seed: seed), codeLines(operators))
  }

  /// Lines of the longest code, behind all weights.
  private func codeLines(_ operators: [WeightReader]) -> Range<Int> {
    let end = operators.reduce(0) { max($0, $1.endAddress) }
    let first = (end + lineBytes - 1) / lineBytes
    let bytes = operators.map(\.codeBytes).max() ?? 0
    return first..<first + (bytes + lineBytes - 1) / lineBytes
  }

  private func walk(
    _ operators: [WeightReader], _ cache: some LineCache, _ code: Range<Int>
  ) -> [LineTraffic] {
    var stream = FillStream(cache, lineBytes: lineBytes, interface: interface)
    var result: [LineTraffic] = []
    for inference in 0..<2 {
      // The first one only leaves behind what the second finds: two passes over the weights do that.
      stream.walkedPasses = inference == 0 ? 2 : .max
      for reader in operators {
        let before = stream.traffic
        let lines = (reader.codeBytes + lineBytes - 1) / lineBytes
        KernelWalk(reader: reader, code: code.prefix(lines)).run(&stream)
        if inference == 1 { result.append(stream.traffic - before) }
      }
    }
    return result
  }
}
