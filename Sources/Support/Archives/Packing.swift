/// How bytes are packed, by the first of them.
package enum Packing: String, CaseIterable, Sendable {
  case gzip, xz
  case bzip2 = "bz2"
  case zstd = "zst"
  case zip, tar
  /// Known by name alone.
  case sevenZip = "7z"
  case rar, lz4, compress

  /// So many bytes tell.
  package static let headLength = 512

  /// What the first bytes of a file or stream say; nil where they are not packed.
  package init?(of head: ArraySlice<UInt8>) {
    guard let found = Self.allCases.first(where: { $0.begins(head) }) else { return nil }
    self = found
  }

  /// Whether it holds files, and not bytes.
  package var holdsFiles: Bool { self == .zip || self == .tar }

  /// Whether it is unpacked here.
  package var isRead: Bool {
    switch self {
    case .gzip, .xz, .bzip2, .zstd, .zip, .tar: true
    case .sevenZip, .rar, .lz4, .compress: false
    }
  }

  private func begins(_ head: ArraySlice<UInt8>) -> Bool {
    func starts(_ magic: [UInt8]) -> Bool { head.starts(with: magic) }
    let text = { (text: StaticString) in text.withUTF8Buffer { Array($0) } }
    return switch self {
    case .gzip: starts([0x1F, 0x8B])
    case .xz: starts([0xFD] + text("7zXZ") + [0])
    // A digit for the size of blocks, then the first block or the end.
    case .bzip2:
      starts(text("BZh"))
        && ([[0x31, 0x41, 0x59, 0x26, 0x53, 0x59], [0x17, 0x72, 0x45, 0x38, 0x50, 0x90]]
          .contains { head.dropFirst(4).starts(with: $0) })
    case .zstd: starts([0x28, 0xB5, 0x2F, 0xFD])
    case .zip: starts(text("PK") + [3, 4]) || starts(text("PK") + [5, 6])
    case .tar: head.dropFirst(257).starts(with: text("ustar"))
    case .sevenZip: starts(text("7z") + [0xBC, 0xAF, 0x27, 0x1C])
    case .rar: starts(text("Rar!") + [0x1A, 7])
    case .lz4: starts([4, 0x22, 0x4D, 0x18])
    case .compress: starts([0x1F, 0x9D])
    }
  }

  /// The ending that files packed so have, in the order in which they are tried.
  private static let endings = [".gz", ".xz", ".bz2", ".zst", ".zip"]

  /// A file name without the ending that says how the file is packed.
  package static func withoutEnding(_ name: Substring) -> Substring {
    let lower = name.lowercased()
    guard let ending = endings.first(where: lower.hasSuffix), lower.utf8.count == name.utf8.count
    else { return name }
    return name.dropLast(ending.count)
  }
}
