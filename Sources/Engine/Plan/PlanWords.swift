/// Words of a plan, at a multiple of 4.
///
/// Bounds: whoever makes one knows how many words there are; positions are constants of `PlanFormat`
/// or were compared with that number.
struct PlanWords {
  let base: UnsafeRawPointer

  @inline(__always)
  subscript(_ index: Int) -> UInt32 {
    UInt32(littleEndian: base.load(fromByteOffset: index &* 4, as: UInt32.self))
  }

  /// Two words, the lower one first.
  @inline(__always)
  func wide(_ index: Int) -> UInt64 {
    UInt64(self[index]) | UInt64(self[index &+ 1]) &<< 32
  }
}

/// Where an operand is: so many bytes in the arena or among the constants.
public struct PlanOperand: Sendable, Equatable {
  /// What stands for an operand that is left out.
  public static var absent: UInt32 { .max }
  /// The bit of a place among the constants.
  public static var constantBit: UInt32 { 1 << 31 }

  /// Bytes from the start of the area, with `constantBit` or without; `absent` where there is none.
  public let place: UInt32
  /// Of all elements.
  public let bytes: UInt32

  /// Names both.
  public init(place: UInt32, bytes: UInt32) {
    self.place = place
    self.bytes = bytes
  }

  /// None.
  public static var none: PlanOperand { PlanOperand(place: absent, bytes: 0) }

  /// Whether there is one.
  public var isThere: Bool { place != Self.absent }
  /// Whether it is a constant.
  public var isConstant: Bool { place & Self.constantBit != 0 }
  /// Bytes from the start of the area.
  public var offset: Int { Int(place & ~Self.constantBit) }
}
