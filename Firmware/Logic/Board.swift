import Core

/// What a board is, in the words of the log.
public struct BoardDescription {
  /// As in data/machines.
  public var board: Text
  /// The microcontroller.
  public var mcu: Text
  /// Of its numbers: measured or emulated; nil where nothing is said.
  public var origin: Origin?
  /// Of what `Board.elapsed` gives: "cycles" or "instructions".
  public var unit: Text
  /// Cores that there are.
  public var cores: UInt32
  /// Bits per second of the console; 0 where that means nothing.
  public var consoleBaud: UInt32

  /// A board with all that is known of it.
  public init(
    board: Text, mcu: Text, origin: Origin?, unit: Text, cores: UInt32, consoleBaud: UInt32
  ) {
    self.board = board
    self.mcu = mcu
    self.origin = origin
    self.unit = unit
    self.cores = cores
    self.consoleBaud = consoleBaud
  }
}

/// What of a board can change and times depend on; 0 where it has no such thing.
public struct BoardState: Equatable, Sendable {
  /// CPU clock, Hz.
  public var clockHertz: UInt32 = 0
  /// Flash clock SCK, Hz.
  public var flashClockHertz: UInt32 = 0
  /// Data lines of a flash read: 1, 2 or 4.
  public var flashWidth: UInt32 = 0
  /// CPU clock / SCK.
  public var flashDivisor: UInt32 = 0
  /// Raw register QMI M0_TIMING.
  public var qmiTiming: UInt32 = 0
  /// Raw register QMI M0_RFMT.
  public var qmiReadFormat: UInt32 = 0
  /// Raw register QMI M0_RCMD.
  public var qmiReadCommand: UInt32 = 0
  /// Manufacturer, type and capacity of the flash chip.
  public var jedec: UInt32 = 0
  /// Whether the XIP cache is on; nil where there is none.
  public var cache: Bool?

  /// A board without any of it.
  public init() {}
}

/// A board, as the measuring program needs it.
public protocol Board {
  /// What it is.
  var description: BoardDescription { get }
  /// What it is in now.
  var state: BoardState { get }
  /// Memory for activations and copies of weights.
  var freeBytes: UInt64 { get }
  /// Ticks of its clock.
  func now() -> UInt64
  /// Units of so many ticks.
  func elapsed(_ ticks: UInt64) -> UInt64
  /// Changes the CPU clock; false where the board cannot.
  func setClock(_ hertz: UInt32) -> Bool
  /// Changes the flash clock; false where the board cannot.
  func setFlashDivisor(_ divisor: UInt32) -> Bool
  /// Switches the XIP cache; false where the board cannot.
  func setCache(_ on: Bool) -> Bool
  /// Sends a byte.
  func put(_ byte: UInt8)
  /// Waits until all bytes are sent.
  func flush()
  /// A byte from the host, if there is one.
  func get() -> UInt8?
  /// Shows that there is a result.
  func toggleLED()
}
