import CKernelIntrinsics

/// Whether this build has the DSP extension, and so takes the paths made of its instructions.
/// Without it those paths run too, bit for bit the same, but slower than plain arithmetic.
@inline(__always)
var hasDSP: Bool { KERNEL_HAS_DSP != 0 }

/// The scale of one output channel, prepared for several results; `requantizedOutput` in four or
/// five instructions.
struct DSPRequantizer {
  private var doubled: Int32
  private var right: Int32
  private var multiplier: Int32
  private var shift: Int32
  private var isPlain: Bool

  @inline(__always)
  init(multiplier: Int32, shift: Int32) {
    self.multiplier = multiplier
    self.shift = shift
    doubled = multiplier &<< 1
    right = 0 &- shift
    isPlain = Self.isPlain(multiplier: multiplier, shift: shift)
  }

  /// What quantizedMultiplier(of:) gives for a scale below a half.
  @inline(__always)
  static func isPlain(multiplier: Int32, shift: Int32) -> Bool {
    multiplier >= 1 << 30 && shift < 0
  }

  @inline(__always)
  func output(_ sum: Int32, _ range: OutputRange) -> Int8 {
    guard isPlain else { return rareOutput(sum, multiplier: multiplier, shift: shift, range) }
    return Self.plainOutput(sum, doubled: doubled, right: right, range)
  }

  /// Rounding the high half of value x multiplier x 2 is the first rounding. The doubled multiplier
  /// is 2^32 more than what its bits say with sign, so the value is added once more to the high
  /// word: exact for every value. Then, as in `requantize`, one step down for negative numbers and
  /// a shift that rounds half upwards; it takes the offset along.
  @inline(__always)
  static func plainOutput(
    _ sum: Int32, doubled: Int32, right: Int32, _ range: OutputRange
  ) -> Int8 {
    let high = kernel_smmlar(sum, doubled, sum)
    let scaled = kernel_shift_round_add(high &+ (high &>> 31), right, range.offset)
    if range.isWhole { return Int8(truncatingIfNeeded: kernel_ssat8(scaled)) }
    let bounded = scaled < range.min ? range.min : scaled
    return Int8(truncatingIfNeeded: bounded > range.max ? range.max : bounded)
  }
}

/// Out of line, so that the common case stays small.
@inline(never)
private func rareOutput(
  _ sum: Int32, multiplier: Int32, shift: Int32, _ range: OutputRange
) -> Int8 {
  requantizedOutput(
    sum, multiplier: multiplier, shift: shift, offset: range.offset, min: range.min,
    max: range.max)
}

/// Zero point and fused activation of an int8 result.
struct OutputRange {
  var offset: Int32
  var min: Int32
  var max: Int32
  /// All int8 values, which is what ReLU asks for too when zero is the least of them.
  var isWhole: Bool

  @inline(__always)
  init(offset: Int32, min: Int32, max: Int32) {
    self.offset = offset
    self.min = min
    self.max = max
    isWhole = min == -128 && max == 127
  }
}

/// Four bytes as a word, aligned or not; all four are inside the tensor.
@inline(__always)
func word(_ bytes: UnsafePointer<Int8>) -> UInt32 {
  UnsafeRawPointer(bytes).loadUnaligned(as: UInt32.self)
}

/// The first `count` bytes, 1 ... 3, as a word whose others are 0; it reads no more than those.
@inline(__always)
func partialWord(_ bytes: UnsafePointer<Int8>, _ count: Int) -> UInt32 {
  var result = UInt32(UInt8(bitPattern: bytes[0]))
  if count > 1 { result |= UInt32(UInt8(bitPattern: bytes[1])) &<< 8 }
  if count > 2 { result |= UInt32(UInt8(bitPattern: bytes[2])) &<< 16 }
  return result
}

/// `value` in both halves of a word.
@inline(__always)
func halves(_ value: Int32) -> UInt32 {
  let low = UInt32(truncatingIfNeeded: value) & 0xffff
  return low | low &<< 16
}
