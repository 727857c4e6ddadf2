import Support

/// Bounds-checked access to a FlatBuffer (https://flatbuffers.dev/internals): little-endian, every
/// scalar at a multiple of its size, offsets unsigned and forward except the one to a vtable.
///
/// Every read is checked against the bytes that exist, so nothing here can reach outside them.
/// Tables and vectors may be shared, even overlap; `spend` bounds what that can cost: reading an
/// unshared file takes no more units of work than it has bytes.
final class FlatBuffer {
  let bytes: [UInt8]
  private var workLeft: Int
  /// Bytes at which texts start that were no UTF-8: such bytes are replaced by U+FFFD.
  private(set) var repairedTexts: [Int] = []

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    // Twice the bytes, as writers share strings, shapes and vtables; 64 K more for tiny files.
    workLeft = 2 * bytes.count + (1 << 16)
  }

  /// Takes `units` from the work allowed.
  func spend(_ units: Int, at offset: Int) throws(Diagnostic) {
    guard units <= workLeft else {
      throw broken(
        "work-limit",
        "the same bytes are used over and over: more is referred to than the file holds",
        at: offset)
    }
    workLeft -= units
  }

  /// The little-endian integer at `offset`.
  func integer<T: FixedWidthInteger>(
    _: T.Type = T.self, at offset: Int, _ what: @autoclosure () -> String
  )
    throws(Diagnostic) -> T
  {
    let width = T.bitWidth / 8
    guard offset >= 0, offset <= bytes.count - width else {
      throw broken(
        "out-of-range", "\(what()) needs \(width) bytes, the file ends at byte \(bytes.count)",
        at: offset)
    }
    guard offset % width == 0 else {
      throw broken(
        "alignment", "\(what()) stands at a byte that is no multiple of \(width)", at: offset)
    }
    var value: UInt64 = 0
    for i in 0..<width { value |= UInt64(bytes[offset + i]) << UInt64(8 * i) }
    return T(truncatingIfNeeded: value)
  }

  /// The bytes of `range`, which lies inside the file, as text.
  func text(_ range: Range<Int>) -> String {
    if let text = String(validating: bytes[range], as: UTF8.self) { return text }
    repairedTexts.append(range.lowerBound)
    return String(decoding: bytes[range], as: UTF8.self)
  }

  /// Where the unsigned offset at `offset` leads.
  func target(at offset: Int, _ what: @autoclosure () -> String) throws(Diagnostic) -> Int {
    let distance = Int(try integer(UInt32.self, at: offset, "the offset of \(what())"))
    // Not the sum of two 32-bit values: Int has 64 bits, and `offset` is inside the file.
    guard distance > 0, distance < bytes.count - offset else {
      throw broken(
        "offset", "the offset of \(what()) is \(distance), which leads out of the file or nowhere",
        at: offset)
    }
    return offset + distance
  }

  /// A broken rule of the container.
  func broken(_ rule: String, _ message: String, at offset: Int) -> Diagnostic {
    Diagnostic(
      rule, message, remedy: "The file is damaged or cut short: copy or convert it again.",
      place: Place(offset: offset))
  }
}
