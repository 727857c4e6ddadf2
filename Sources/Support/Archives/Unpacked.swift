/// Bytes without what they were packed in, whatever that was: the one opener of compressed and packed files.
package struct Unpacked {
  /// What comes out; of an archive that of the file to which `archive` went.
  package let bytes: any ReadableBytes
  /// The archive, where the bytes are those of files in one; its first file is next.
  package let archive: ArchiveReader?
  /// How they were packed, outermost first.
  package let packings: [Packing]

  /// Layers that a file may be packed in, as `.tar.gz` is in two.
  private static let deepest = 4

  /// Finds out how `bytes` are packed, if at all. What is not comes as it is.
  ///
  /// - Parameter inArchive: whether they come out of an archive, in which another one is not read.
  package init(
    _ bytes: any ReadableBytes, inArchive: Bool = false, limit: UnpackLimit = UnpackLimit()
  ) throws(Diagnostic) {
    var bytes = bytes
    var packings: [Packing] = []
    while true {
      let head: ArraySlice<UInt8>
      (head, bytes) = PeekedBytes.peek(bytes, atMost: Packing.headLength)
      guard let packing = Packing(of: head) else { break }
      guard packing.isRead, packings.count < Self.deepest, !inArchive || !packing.holdsFiles else {
        throw Self.unread(packing)
      }
      let isOutermost = packings.isEmpty && !inArchive
      packings.append(packing)
      let input = PackedInput(bytes, counting: isOutermost ? limit : nil)
      if packing == .gzip {
        bytes = try GzipBytes(input, limit: limit)
        continue
      }
      let reader = try ArchiveReader(input, as: packing, limit: limit)
      guard !packing.holdsFiles else {
        (self.bytes, archive, self.packings) = (reader, reader, packings)
        return
      }
      _ = try reader.next()
      bytes = reader
    }
    (self.bytes, archive, self.packings) = (bytes, nil, packings)
  }

  private static func unread(_ packing: Packing) -> Diagnostic {
    Diagnostic(
      "unreadable-file", "holds data packed as \(packing.rawValue), which is not read there",
      remedy: "Unpack it, and name what comes out.")
  }
}
