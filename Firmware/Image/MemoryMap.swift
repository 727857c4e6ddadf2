/// The bytes of an image by the addresses at which they are stored.
struct MemoryMap: Sendable {
  private let bytes: [UInt8]
  /// Sorted by address; where two overlap, the first is read.
  private let segments: [ELFFile.Segment]

  init(_ file: ELFFile) {
    bytes = file.bytes
    segments = file.segments
  }

  func byte(at address: UInt32) -> UInt8? {
    for segment in segments where address >= segment.storedAt {
      let offset = Int(address - segment.storedAt)
      if offset < segment.bytes.count { return bytes[segment.bytes.lowerBound + offset] }
    }
    return nil
  }

  func word(at address: UInt32) -> UInt32? {
    var word: UInt32 = 0
    for index in 0..<4 as Range<UInt32> {
      let (place, overflow) = address.addingReportingOverflow(index)
      guard !overflow, let byte = byte(at: place) else { return nil }
      word |= UInt32(byte) << (8 * index)
    }
    return word
  }
}
