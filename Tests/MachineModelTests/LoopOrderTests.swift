import TestSupport
import Testing

@testable import MachineModel

@Suite struct LoopOrderTests {
  /// The lines that a walk asks for, repetitions of one line in a row left out.
  static func recorded(_ reader: WeightReader, code: Range<Int>) -> [Int] {
    var stream = FillStream(Recorder(), lineBytes: 8, interface: FlashInterface())
    stream.walksAllPasses = true
    KernelWalk(reader: reader, code: code).run(&stream)
    return stream.cache.lines
  }

  @Test(arguments: LoopOrder.all)
  func everyReadInTheOrderOfPlainLoops(order: LoopOrder) {
    var generator = SplitMix(11)
    for _ in 0..<150 {
      let reader = WeightReader.random(order, &generator)
      let code = Bool.random(using: &generator) ? 1000..<1003 : 0..<0
      #expect(Self.recorded(reader, code: code) == NaiveWalk(reader, code: code).lines, "\(reader)")
    }
  }

  /// With a cache whose sets keep two rows apart, steps that read nothing new are left out.
  @Test(arguments: LoopOrder.all)
  func leavingOutRepeatedReadsChangesNothing(order: LoopOrder) {
    var generator = SplitMix(12)
    for size in [128, 1024, 16384] {
      for _ in 0..<40 {
        let reader = WeightReader.random(order, &generator, channels: 1...20, depths: 1...70)
        let cache = geometry(bytes: size)
        let walked = traffic(reader, expectedCache(cache, lines: 1 << 14))
        var naive = FillStream(
          expectedCache(cache, lines: 1 << 14), lineBytes: 8, interface: FlashInterface())
        for line in NaiveWalk(reader).lines { naive.read(line: line) }
        #expect(isClose(walked.fills, naive.traffic.fills, within: 1e-9), "\(reader)")
        #expect(isClose(walked.newTransfers, naive.traffic.newTransfers, within: 1e-9), "\(reader)")
      }
    }
  }

  /// 3x3 over 4x4 with SAME padding: 9 taps inside, 6 at the edges, 4 in the corners.
  @Test func tapsInThePaddingAreSkipped() {
    let reader = WeightReader.make(
      .everyPixel, input: (4, 4), filter: (3, 3), channels: 1, depth: 2)
    #expect(traffic(reader, NoCache()).fills == Double(4 * 9 + 8 * 6 + 4 * 4))
    let runs = reader.tapRuns
    #expect(runs.rows.map(\.count) == [1, 2, 1])
    #expect(runs.rows.map(\.taps) == [1..<3, 0..<3, 0..<2])
  }

  /// CMSIS-NN's 3x3 depthwise kernel skips the padding, the one for other filters does not.
  @Test func onlyTheSmallDepthwiseKernelSkipsPadding() {
    let small = WeightReader.make(
      .depthwiseQuads, input: (4, 4), filter: (3, 3), channels: 8)
    #expect(traffic(small, NoCache()).fills == Double(2 * (4 * 9 + 8 * 6 + 4 * 4) - 32 + 16 + 16))
    let large = WeightReader.make(.depthwiseQuads, input: (4, 4), filter: (1, 3), channels: 8)
    #expect(traffic(large, NoCache()).fills == 2 * 16 * 3)
  }

  /// 8 outputs of 1024 int8 weights: 1024 lines, two rows in turn.
  @Test func twoRowsInTurnNeverGoOn() {
    let reader = WeightReader.make(.rowPairs, channels: 8, depth: 1024)
    let found = traffic(reader, expectedCache(geometry(), lines: 1024))
    #expect(found.fills == 1024)
    // But for the first line of a pair, which follows the last of the pair before.
    #expect(found.newTransfers == 1024 - 3)
    let rows = WeightReader.make(.rows, channels: 8, depth: 256)
    #expect(traffic(rows, expectedCache(geometry(), lines: 1024)).newTransfers == 1)
  }

  /// 1x1 with 64 KiB of weights, four times the cache: once for all pixels of an image or a row.
  @Test func pairsOfRowsAreFetchedOncePerSweep() {
    let whole = WeightReader.make(
      .pairStationary(wholeImage: true), input: (6, 6), channels: 256, depth: 256)
    #expect(traffic(whole, expectedCache(geometry(), lines: 8192)).fills == 8192)
    let rows = WeightReader.make(
      .pairStationary(wholeImage: false), input: (12, 12), stride: (2, 2), channels: 256, depth: 256
    )
    let found = traffic(rows, expectedCache(geometry(), lines: 8192)).fills
    #expect(found <= 6 * 8192 && found > 5.9 * 8192)
  }

  /// Without a cache each pair of pixels fetches the pair of rows anew.
  @Test func withoutACacheNothingStays() {
    let reader = WeightReader.make(
      .pairStationary(wholeImage: true), input: (1, 4), channels: 2, depth: 16)
    // 16 bytes of each of two rows in turn, then 4 times 4 bytes of each, twice.
    #expect(traffic(reader, NoCache(), lineBytes: 4).fills == 32 + 2 * 8)
  }
}
