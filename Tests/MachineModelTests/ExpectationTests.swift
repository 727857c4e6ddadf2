import TestSupport
import Testing

@testable import MachineModel

/// The expectation against the mean of seeded simulations of the same cache.
@Suite struct ExpectationTests {
  /// Traffic of reads through a cache that is full of something else.
  static func seeded(
    _ geometry: CacheGeometry, seed: UInt64, _ reads: (inout FillStream<SeededCache>) -> Void
  ) -> LineTraffic {
    var cache = SeededCache(geometry, seed: seed)
    for line in 0..<2 * geometry.sets { _ = cache.read(line: 1 << 30 + line) }
    var stream = FillStream(cache, lineBytes: 8, interface: FlashInterface())
    stream.walksAllPasses = true
    reads(&stream)
    return stream.traffic
  }

  static func expected(
    _ geometry: CacheGeometry, _ reads: (inout FillStream<ExpectedCache>) -> Void
  ) -> LineTraffic {
    var stream = FillStream(
      expectedCache(geometry, lines: 1 << 14), lineBytes: 8, interface: FlashInterface())
    stream.walksAllPasses = true
    reads(&stream)
    return stream.traffic
  }

  /// How many standard errors the mean of `values` is off; at least a millionth counts as one.
  static func standardErrors(_ values: [Double], from expected: Double) -> Double {
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)
    return abs(mean - expected) / max((variance / n).squareRoot(), 1e-6 * (1 + expected))
  }

  static func compare(
    _ geometry: CacheGeometry, seeds: Int = 300, _ lines: [Int],
    _ comment: Comment, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let expected = expected(geometry) { stream in for line in lines { stream.read(line: line) } }
    let samples = (0..<seeds).map { seed in
      seeded(geometry, seed: UInt64(seed)) { stream in
        for line in lines { stream.read(line: line) }
      }
    }
    let fills = standardErrors(samples.map(\.fills), from: expected.fills)
    #expect(fills < 4, comment, sourceLocation: sourceLocation)
    let transfers = standardErrors(samples.map(\.newTransfers), from: expected.newTransfers)
    #expect(transfers < 4, comment, sourceLocation: sourceLocation)
  }

  @Test func randomReads() {
    var generator = SplitMix(3)
    for sets in [1, 4, 32] {
      let cache = geometry(bytes: sets * 16)
      for _ in 0..<4 {
        let span = Int.random(in: 2...6, using: &generator) * sets
        let reads = (0..<600).map { _ in Int.random(in: 0..<span, using: &generator) }
        let expected = Self.expected(cache) { s in for line in reads { s.read(line: line) } }
        let samples = (0..<400).map { seed in
          Self.seeded(cache, seed: UInt64(seed)) { s in for line in reads { s.read(line: line) } }
        }
        #expect(Self.standardErrors(samples.map(\.fills), from: expected.fills) < 4)
      }
    }
  }

  @Test(arguments: [40, 64, 72, 96, 129, 200, 320])
  func loops(lines: Int) {
    let reads = (0..<12).flatMap { _ in Array(0..<lines) }
    Self.compare(geometry(bytes: 512), reads, "a loop over \(lines) lines, 32 sets")
  }

  /// Two streams whose lines never share a set while both are candidates.
  @Test(arguments: [7, 13, 41, 75])
  func interleavedStreams(distance: Int) {
    let reads = (0..<6).flatMap { _ in (0..<90).flatMap { [$0, $0 + distance] } }
    Self.compare(geometry(bytes: 512), reads, "two streams \(distance) lines apart, 32 sets")
  }

  @Test(arguments: LoopOrder.all)
  func everyLoopOrder(order: LoopOrder) {
    var generator = SplitMix(5)
    let cache = geometry(bytes: 512)
    for _ in 0..<6 {
      var reader = WeightReader.random(order, &generator, channels: 4...24, depths: 5...17)
      // Images of a few pixels, whatever the order, so that weights are read again.
      reader.inputWidth = 7
      reader.outputWidth = (7 + reader.strideWidth - 1) / reader.strideWidth
      let expected = traffic(reader, expectedCache(cache, lines: 1 << 14))
      let samples = (0..<200).map { seed in
        Self.seeded(cache, seed: UInt64(seed)) { KernelWalk(reader: reader, code: 0..<0).run(&$0) }
      }
      let fills = Self.standardErrors(samples.map(\.fills), from: expected.fills)
      #expect(fills < 4, "\(fills) standard errors: \(reader)")
      for count in [\LineTraffic.newTransfers, \LineTraffic.cutTransfers] {
        let values = samples.map { $0[keyPath: count] }
        let off = Self.standardErrors(values, from: expected[keyPath: count])
        #expect(off < 4, "\(count): \(off) standard errors: \(reader)")
      }
    }
  }

  /// A whole model by draws, many inferences on, is what the expectation says.
  @Test func steadyStateOfASmallModel() {
    let operators = [
      WeightReader.make(.everyPixel, input: (5, 5), filter: (3, 3), channels: 4, depth: 3),
      WeightReader.make(.rows, channels: 10, depth: 20, address: 448),
      WeightReader.make(.rowPairs, channels: 9, depth: 60, address: 1248),
    ]
    let cache = geometry(bytes: 1024)
    let simulation = Simulation(geometry: cache, interface: FlashInterface())
    let steady = simulation.steadyTraffic(operators)
    var stream = FillStream(SeededCache(cache, seed: 7), lineBytes: 8, interface: FlashInterface())
    stream.walksAllPasses = true
    var samples = [[LineTraffic]](repeating: [], count: operators.count)
    for inference in 0..<500 {
      stream.endTransfer()
      for (index, reader) in operators.enumerated() {
        let before = stream.traffic
        KernelWalk(reader: reader, code: 0..<0).run(&stream)
        if inference >= 20 { samples[index].append(stream.traffic - before) }
      }
    }
    for (expected, samples) in zip(steady, samples) {
      #expect(Self.standardErrors(samples.map(\.fills), from: expected.fills) < 4)
      #expect(Self.standardErrors(samples.map(\.newTransfers), from: expected.newTransfers) < 4)
    }
  }
}
