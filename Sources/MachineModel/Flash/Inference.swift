/// One inference, to be repeated until it no longer depends on what was in the cache at first.
struct Inference {
  private let operators: [WeightReader]
  private let lineBytes: Int
  /// Lines of the longest code, behind all constants.
  private let code: Range<Int>

  init(_ operators: [WeightReader], lineBytes: Int, codeOffsetLines: Int = 0) {
    self.operators = operators
    self.lineBytes = lineBytes
    let walkable = operators.filter(\.isWalkable)
    let end = walkable.reduce(0) { max($0, $1.endAddress) }
    let first = (end + lineBytes - 1) / lineBytes + codeOffsetLines
    let bytes = walkable.map(\.codeBytes).max() ?? 0
    code = first..<first + (bytes + lineBytes - 1) / lineBytes
  }

  /// Lines of all constants and of the code.
  var lineCount: Int { code.upperBound }

  /// Traffic of each operator once inferences repeat each other.
  ///
  /// The first inference begins with nothing of its own in the cache. What a later one finds of the one
  /// before are lines at their first reads; where these are next to none, the first inference is like
  /// every other. Where they are code alone, only the operators differ that run it first, up to one after
  /// all of it that fetches what it fetched before. Else inferences are walked until two are alike.
  func steadyTraffic(
    _ cache: consuming some LineCache & ~Copyable, _ interface: FlashInterface
  ) -> [LineTraffic] {
    var stream = FillStream(cache, lineBytes: lineBytes, interface: interface)
    var result = walkAll(&stream)
    if stream.cache.drawsLots { return walkAll(&stream) }
    let constantsStay = zip(operators, result).contains { reader, traffic in
      reader.isWalkable
        && (stays(reader.weights, stream.cache, traffic)
          || stays(reader.biases, stream.cache, traffic))
    }
    if constantsStay {
      for _ in 1..<Self.mostInferences {
        let previous = result
        result = walkAll(&stream)
        if zip(result, previous).allSatisfy({ $0.matches($1) }) { break }
      }
    } else if stream.cache.linesKeptAtMost(code) > 0 {
      stream.endTransfer()
      var codeBytes = 0
      for (index, reader) in operators.enumerated() where reader.isWalkable {
        let previous = result[index]
        result[index] = walk(reader, &stream)
        codeBytes = max(codeBytes, reader.codeBytes)
        if codeBytes > (code.count - 1) * lineBytes, result[index].matches(previous) { break }
      }
    }
    return result
  }

  /// Traffic of one inference after so many others.
  func traffic(
    after others: Int, _ cache: consuming some LineCache & ~Copyable, _ interface: FlashInterface
  ) -> [LineTraffic] {
    var stream = FillStream(cache, lineBytes: lineBytes, interface: interface)
    for _ in 0..<max(others, 0) { _ = walkAll(&stream) }
    return walkAll(&stream)
  }

  /// Each inference forgets at least half of what the one before it left.
  private static let mostInferences = 64

  /// Whether an operator may find so many of its lines that it shows.
  private func stays(
    _ bytes: Range<Int>, _ cache: borrowing some LineCache & ~Copyable, _ traffic: LineTraffic
  ) -> Bool {
    guard !bytes.isEmpty else { return false }
    let lines = bytes.lowerBound / lineBytes..<(bytes.upperBound - 1) / lineBytes + 1
    return cache.linesKeptAtMost(lines) > 1e-6 * (1 + traffic.fills)
  }

  private func walkAll<Cache: ~Copyable>(_ stream: inout FillStream<Cache>) -> [LineTraffic] {
    stream.endTransfer()
    return operators.map { walk($0, &stream) }
  }

  private func walk<Cache: ~Copyable>(
    _ reader: WeightReader, _ stream: inout FillStream<Cache>
  ) -> LineTraffic {
    guard reader.isWalkable else { return LineTraffic() }
    let before = stream.traffic
    let lines = (reader.codeBytes + lineBytes - 1) / lineBytes
    KernelWalk(reader: reader, code: code.prefix(lines)).run(&stream)
    return stream.traffic - before
  }
}
