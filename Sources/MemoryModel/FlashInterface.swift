/// When a fill may go on with the serial transfer of the fill before it.
public struct FlashInterface: Sendable, Equatable {
  /// CPU cycles for which chip select stays low after a transfer; nil: for as long as it likes.
  public var cooldownCycles: Double?
  /// A transfer ends where an address is a multiple of this; nil: nowhere.
  public var pageBreakBytes: Int?

  /// Transfers that only a jump in addresses ends, unless said otherwise.
  public init(cooldownCycles: Double? = nil, pageBreakBytes: Int? = nil) {
    self.cooldownCycles = cooldownCycles
    self.pageBreakBytes = pageBreakBytes
  }
}

/// Lines that a sequence of reads fetches from flash; expectations, so not whole numbers.
public struct LineTraffic: Sendable, Equatable {
  /// Lines fetched.
  public var fills: Double
  /// Those of them that need a transfer of their own: they do not go on where the fill before ended.
  public var newTransfers: Double
  /// Those of the new transfers that first have to end another: chip select was still low.
  public var cutTransfers: Double

  /// Traffic; none by default.
  public init(fills: Double = 0, newTransfers: Double = 0, cutTransfers: Double = 0) {
    self.fills = fills
    self.newTransfers = newTransfers
    self.cutTransfers = cutTransfers
  }

  /// Fills that go on with the transfer before them.
  public var sequential: Double { fills - newTransfers }

  static func + (a: Self, b: Self) -> Self {
    Self(
      fills: a.fills + b.fills, newTransfers: a.newTransfers + b.newTransfers,
      cutTransfers: a.cutTransfers + b.cutTransfers)
  }
  static func - (a: Self, b: Self) -> Self {
    Self(
      fills: a.fills - b.fills, newTransfers: a.newTransfers - b.newTransfers,
      cutTransfers: a.cutTransfers - b.cutTransfers)
  }
  static func * (a: Self, factor: Double) -> Self {
    Self(
      fills: a.fills * factor, newTransfers: a.newTransfers * factor,
      cutTransfers: a.cutTransfers * factor)
  }

  /// Whether two passes fetched the same but for a ten thousandth of a line per line.
  func matches(_ other: Self) -> Bool {
    abs(fills - other.fills) <= 1e-4 * (1 + fills) * 0.1
      && abs(newTransfers - other.newTransfers) <= 1e-4 * (1 + newTransfers) * 0.1
  }
}
