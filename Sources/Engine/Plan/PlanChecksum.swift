/// CRC-32 as zlib has it (reflected polynomial 0xEDB88320), half a byte at a time: 16 words of table
/// on the stack, a quarter of the time of single bits.
public enum PlanChecksum {
  private typealias Row = (UInt32, UInt32, UInt32, UInt32)

  /// The checksum of `count` bytes, which must be readable.
  public static func of(_ bytes: UnsafeRawPointer, count: Int) -> UInt32 {
    var table: (Row, Row, Row, Row) = ((0, 0, 0, 0), (0, 0, 0, 0), (0, 0, 0, 0), (0, 0, 0, 0))
    return withUnsafeMutableBytes(of: &table) { memory -> UInt32 in
      guard let base = memory.baseAddress else { return 0 }
      let remainders = base.assumingMemoryBound(to: UInt32.self)
      // Bounds: a half byte is one of 16, the table has as many words.
      for half in 0..<16 {
        var value = UInt32(truncatingIfNeeded: half)
        for _ in 0..<4 { value = (value &>> 1) ^ (value & 1 == 1 ? 0xEDB8_8320 : 0) }
        remainders[half] = value
      }
      var register = UInt32.max
      let input = bytes.assumingMemoryBound(to: UInt8.self)
      var index = 0
      while index < count {
        register ^= UInt32(input[index])
        register = (register &>> 4) ^ remainders[Int(register & 15)]
        register = (register &>> 4) ^ remainders[Int(register & 15)]
        index &+= 1
      }
      return ~register
    }
  }
}
