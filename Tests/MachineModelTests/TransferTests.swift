import Testing

@testable import MachineModel

@Suite struct TransferTests {
  /// Reads with so many cycles of work after each, without a cache.
  static func count(
    _ reads: [(line: Int, work: Double)], cooldown: Double? = nil, page: Int? = nil
  ) -> LineTraffic {
    var stream = FillStream(
      NoCache(), lineBytes: 8,
      interface: FlashInterface(cooldownCycles: cooldown, pageBreakBytes: page))
    for (line, work) in reads {
      stream.read(line: line)
      stream.work(work)
    }
    return stream.traffic
  }

  @Test func theNextLineGoesOn() {
    let found = Self.count([(5, 0), (6, 0), (7, 0), (9, 0), (8, 0), (9, 0)])
    #expect(found == LineTraffic(fills: 6, newTransfers: 3, cutTransfers: 2))
    #expect(found.sequential == 3)
  }

  /// 64 cycles are waited for, 65 are not; a transfer that has ended cannot be cut.
  @Test func transfersEndWithTheCoolDown() {
    let reads = [(5, 64.0), (6, 65), (7, 64), (20, 65), (40, 0)]
    #expect(
      Self.count(reads, cooldown: 64) == LineTraffic(fills: 5, newTransfers: 4, cutTransfers: 1))
    #expect(Self.count(reads) == LineTraffic(fills: 5, newTransfers: 3, cutTransfers: 2))
  }

  /// 1024 bytes are 128 lines.
  @Test func transfersEndAtPages() {
    let reads = (120..<390).map { ($0, 0.0) }
    #expect(Self.count(reads, page: 1024).newTransfers == 4)
    #expect(Self.count(reads).newTransfers == 1)
    #expect(Self.count(reads, page: 1024).cutTransfers == 3)
  }

  @Test func aPageOfOneLineOrLessEndsEverywhere() {
    let reads = (0..<9).map { ($0, 0.0) }
    for page in [1, 4, 8] { #expect(Self.count(reads, page: page).newTransfers == 9) }
    #expect(Self.count(reads, page: 16).newTransfers == 5)
    for page in [0, -1, Int.min] { #expect(Self.count(reads, page: page).newTransfers == 1) }
  }

  /// A page that is no power of two is taken as the power below it.
  @Test func otherPagesAreRoundedDown() {
    let reads = (0..<32).map { ($0, 0.0) }
    #expect(Self.count(reads, page: 100).newTransfers == Self.count(reads, page: 64).newTransfers)
  }

  @Test func anEndedTransferIsNeitherContinuedNorCut() {
    var stream = FillStream(NoCache(), lineBytes: 8, interface: FlashInterface())
    stream.read(line: 1)
    stream.endTransfer()
    stream.read(line: 2)
    #expect(stream.traffic == LineTraffic(fills: 2, newTransfers: 2, cutTransfers: 0))
  }

  /// One set of two ways, one line each of 8 bytes: what 1/2 and 1/4 come from.
  @Test func uncertainTransfersByHand() {
    var stream = FillStream(
      expectedCache(geometry(bytes: 32), lines: 8), lineBytes: 8, interface: FlashInterface())
    // Even and odd lines have a set each. 0 1 2 3 are new, one transfer.
    for line in 0..<4 { stream.read(line: line) }
    #expect(stream.traffic == LineTraffic(fills: 4, newTransfers: 1, cutTransfers: 0))
    // 0 misses with 1/2, as 2 evicted it or not; 1 likewise, and goes on if 0 missed.
    stream.read(line: 0)
    #expect(stream.traffic.fills == 4.5)
    #expect(stream.traffic.newTransfers == 1.5)
    #expect(stream.traffic.cutTransfers == 0.5)
    stream.read(line: 1)
    #expect(stream.traffic.fills == 5)
    #expect(stream.traffic.newTransfers == 1.75)
    #expect(stream.traffic.cutTransfers == 0.75)
  }

  /// Work within a line counts by the byte: 8 bytes in two reads take as long as in one.
  @Test func workIsCountedByTheByte() {
    var stream = FillStream(
      NoCache(), lineBytes: 8, interface: FlashInterface(cooldownCycles: 16))
    stream.read(address: 0, bytes: 4, cyclesPerByte: 2)
    stream.read(address: 4, bytes: 8, cyclesPerByte: 2)
    stream.read(address: 12, bytes: 8, cyclesPerByte: 2)
    #expect(stream.traffic == LineTraffic(fills: 3, newTransfers: 1))
    stream.work(1)
    stream.read(address: 20, bytes: 20, cyclesPerByte: 2)
    // 4 bytes and one cycle after line 2 came, then 2 x 8 bytes.
    #expect(stream.traffic == LineTraffic(fills: 5, newTransfers: 2))
  }
}
