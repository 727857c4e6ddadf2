import Core
import FirmwareInterface
import FirmwareLogic

/// The board that the program was linked for.
struct Port: Board {
  var description: BoardDescription {
    let port = port_describe().pointee
    return BoardDescription(
      board: Text(cString: port.board), mcu: Text(cString: port.mcu),
      origin: Origin(Text(cString: port.origin).bytes.span), unit: Text(cString: port.unit),
      cores: port.cores,
      consoleBaud: port.console_baud)
  }

  var state: BoardState {
    let port = port_read_state()
    var state = BoardState()
    state.clockHertz = port.clock_hz
    state.flashClockHertz = port.flash_clock_hz
    state.flashWidth = port.flash_width
    state.flashDivisor = port.flash_divisor
    state.qmiTiming = port.qmi_timing
    state.qmiReadFormat = port.qmi_rfmt
    state.qmiReadCommand = port.qmi_rcmd
    state.jedec = port.jedec
    state.cache = port.xip_cache == 0 ? nil : port.xip_cache == 1
    return state
  }

  var freeBytes: UInt64 { UInt64(FreeMemory().bytes) }
  var hasCounters: Bool { port_describe().pointee.has_counters != 0 }

  func now() -> UInt64 { port_clock() }
  func elapsed(_ ticks: UInt64) -> UInt64 { port_elapsed(ticks) }
  func setClock(_ hertz: UInt32) -> Bool { port_set_clock(hertz) == 0 }
  func setFlashDivisor(_ divisor: UInt32) -> Bool { port_set_flash_divisor(divisor) == 0 }
  func setCache(_ on: Bool) -> Bool { port_set_xip_cache(on ? 1 : 0) == 0 }
  func put(_ byte: UInt8) { port_put(byte) }
  func flush() { port_flush() }
  func get() -> UInt8? { UInt8(exactly: port_get()) }
  func toggleLED() { port_toggle_led() }
}

/// The board's free memory from its first multiple of 16 on.
struct FreeMemory {
  let base: UnsafeMutableRawPointer
  let bytes: Int

  init() {
    let all = port_free_memory()
    base = all.base.alignedUp(toMultipleOf: 16)
    bytes = max(Int(all.bytes) - (base - all.base), 0)
  }
}

extension Text {
  /// Words of the C side, which are linked in and end with a zero.
  init(cString: UnsafePointer<CChar>) {
    var count = 0
    while cString[count] != 0 { count += 1 }
    // CChar and UInt8 have the same layout.
    let start = UnsafeRawPointer(cString).assumingMemoryBound(to: UInt8.self)
    self.init(UnsafeBufferPointer(start: start, count: count))
  }
}
