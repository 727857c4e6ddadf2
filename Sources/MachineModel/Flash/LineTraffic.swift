/// Lines that a sequence of reads fetches from flash; expectations, so not whole numbers.
public struct LineTraffic: Sendable, Equatable {
  /// Lines fetched.
  public var fills: Double
  /// Those of them that need a transfer of their own: they do not go on where the fill before ended.
  public var newTransfers: Double
  /// Those of the new transfers that first have to end another: chip select was still low.
  var cutTransfers: Double

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

  /// Differences between passes below this share count as none. What is left after n passes at least
  /// halves with every further pass (`ExpectedCache`), so all further ones together differ by no more
  /// than the last two did: the sum is as exact as this.
  static let tolerance = 1e-5

  /// Whether two passes fetched the same, within `tolerance` of each count, or of one line.
  func matches(_ other: Self) -> Bool {
    abs(fills - other.fills) <= Self.tolerance * (1 + fills)
      && abs(newTransfers - other.newTransfers) <= Self.tolerance * (1 + newTransfers)
      && abs(cutTransfers - other.cutTransfers) <= Self.tolerance * (1 + cutTransfers)
  }
}
