/// When a fill may go on with the serial transfer of the fill before it.
public struct FlashInterface: Sendable, Equatable {
  /// CPU cycles for which chip select stays low after a transfer; nil: for as long as it likes.
  public var cooldownCycles: Double?
  /// A transfer ends where an address is a multiple of this, a power of two; nil: nowhere.
  public var pageBreakBytes: Int?

  /// Transfers that only a jump in addresses ends, unless said otherwise.
  public init(cooldownCycles: Double? = nil, pageBreakBytes: Int? = nil) {
    self.cooldownCycles = cooldownCycles
    self.pageBreakBytes = pageBreakBytes
  }

  /// A line whose number has none of these bits begins a page; no line but 0 does without page breaks.
  func pageMask(lineBytes: Int) -> Int {
    guard let bytes = pageBreakBytes, bytes > 0 else { return .max }
    let lines = max(bytes / lineBytes, 1)
    // The power of two at or below.
    return (1 << (Int.bitWidth - 1 - lines.leadingZeroBitCount)) - 1
  }
}
