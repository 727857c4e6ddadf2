@testable import FirmwareLogic

/// A board whose clock goes on as told: by each byte that it sends, and by what the runner does.
final class FakeBoard: Board {
  var ticks: UInt64 = 1000
  /// What sending one byte takes.
  var ticksOfByte: UInt64
  var state = BoardState()
  var freeBytes: UInt64 = 400_000
  var cores: UInt32 = 2
  var canChange = true
  var sent: [UInt8] = []
  /// What the host sends, and the number of inferences before it does.
  var typed: [(after: Int, bytes: [UInt8])] = []
  var inferences = 0
  var toggles = 0
  var changes: [String] = []
  /// Where bytes go to and come from besides.
  var line: SerialLine?

  init(ticksOfByte: UInt64 = 0) {
    self.ticksOfByte = ticksOfByte
    state.clockHertz = 150_000_000
    state.flashClockHertz = 50_000_000
    state.flashWidth = 4
    state.flashDivisor = 3
    state.qmiTiming = 0x6000_7303
    state.jedec = 0x00ef_4016
    state.cache = true
  }

  var description: BoardDescription {
    BoardDescription(
      board: Text("pico2"), mcu: Text("rp2350"), origin: .measured, unit: Text("cycles"),
      cores: cores, consoleBaud: 115_200)
  }

  func now() -> UInt64 { ticks }
  func elapsed(_ ticks: UInt64) -> UInt64 { ticks }

  func setClock(_ hertz: UInt32) -> Bool {
    guard canChange else { return false }
    changes.append("clock \(hertz)")
    state.clockHertz = hertz
    state.flashClockHertz = hertz / state.flashDivisor
    return true
  }

  func setFlashDivisor(_ divisor: UInt32) -> Bool {
    guard canChange else { return false }
    changes.append("divisor \(divisor)")
    state.flashDivisor = divisor
    state.flashClockHertz = state.clockHertz / divisor
    return true
  }

  func setCache(_ on: Bool) -> Bool {
    guard canChange else { return false }
    changes.append("cache \(on)")
    state.cache = on
    return true
  }

  func put(_ byte: UInt8) {
    sent.append(byte)
    line?.put(byte)
    ticks += ticksOfByte
  }

  func flush() {}

  func get() -> UInt8? {
    if let line { return line.get() }
    guard let first = typed.first, first.after <= inferences else { return nil }
    guard let byte = first.bytes.first else {
      typed.removeFirst()
      return get()
    }
    typed[0].bytes.removeFirst()
    return byte
  }

  func toggleLED() { toggles += 1 }
}

/// Micro-benchmarks that take less from repetition to repetition.
final class FakeBenchmarks: MicroBenchmarks {
  private let board: FakeBoard
  private var calls: UInt64 = 0

  init(board: FakeBoard) { self.board = board }

  var count: Int { 3 }

  func name(_ index: Int) -> Text { [Text("clock"), Text("int8_smlad"), Text("dma")][index] }

  func measure(_ index: Int) -> BenchSample? {
    if index == 2 { return nil }
    calls += 1
    let ticks = 1000 - calls % 7
    board.ticks += ticks
    return BenchSample(ticks: ticks, macs: index == 1 ? 512 : 0, bytes: 0, access: 4, miss: 1)
  }
}
