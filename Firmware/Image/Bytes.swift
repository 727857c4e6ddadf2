/// Little-endian numbers inside of bytes, nil outside.
extension [UInt8] {
  func byte(at offset: Int) -> UInt8? { indices.contains(offset) ? self[offset] : nil }

  func half(at offset: Int) -> UInt16? {
    guard let low = byte(at: offset), let high = byte(at: offset + 1) else { return nil }
    return UInt16(high) << 8 | UInt16(low)
  }

  func word(at offset: Int) -> UInt32? {
    guard let low = half(at: offset), let high = half(at: offset + 2) else { return nil }
    return UInt32(high) << 16 | UInt32(low)
  }

  mutating func append(word: UInt32) {
    for shift in [0, 8, 16, 24] as [UInt32] { append(UInt8(truncatingIfNeeded: word >> shift)) }
  }
}
