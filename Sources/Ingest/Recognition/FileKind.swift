/// Files that are no text, by their first bytes.
struct FileKind: Sendable, Equatable {
  var name: String
  var remedy: String

  private static let text = "Name the text that the board printed."
  private static let model =
    "Name a log; a model goes behind --models, or to 'modelgen inspect'."

  private static let magics: [(offset: Int, bytes: [UInt8], kind: FileKind)] = [
    (
      0, Array("%PDF-".utf8),
      .init(name: "a PDF", remedy: "Copy the log's text out of it into a file.")
    ),
    (0, [0x89, 0x50, 0x4E, 0x47], .init(name: "a PNG picture", remedy: text)),
    (0, [0xFF, 0xD8, 0xFF], .init(name: "a JPEG picture", remedy: text)),
    (0, Array("GIF8".utf8), .init(name: "a GIF picture", remedy: text)),
    (
      0, [0x7F, 0x45, 0x4C, 0x46],
      .init(name: "a program (ELF)", remedy: "Run it on the board and name what it prints.")
    ),
    (
      0, Array("UF2\n".utf8),
      .init(name: "a firmware image (UF2)", remedy: "Flash it and name what it prints.")
    ),
    (4, Array("TFL3".utf8), .init(name: "a TFLite model", remedy: model)),
    (
      0, [0x89, 0x48, 0x44, 0x46], .init(name: "an HDF5 file, a Keras model perhaps", remedy: model)
    ),
    (0, Array("SQLite format 3".utf8), .init(name: "an SQLite data base", remedy: text)),
    (0, Array("RIFF".utf8), .init(name: "a sound or a film", remedy: text)),
    (0, [0xD0, 0xCF, 0x11, 0xE0], .init(name: "an Office document", remedy: "Export its text.")),
    (0, Array("{\\rtf".utf8), .init(name: "a document (RTF)", remedy: "Save it as plain text.")),
  ]

  /// What the first bytes of a file show; nil for text and for what is not known.
  static func of(_ bytes: Span<UInt8>) -> FileKind? {
    for magic in magics where bytes.count >= magic.offset + magic.bytes.count {
      if magic.bytes.indices.allSatisfy({ bytes[magic.offset + $0] == magic.bytes[$0] }) {
        return magic.kind
      }
    }
    // Text has no NULs in its midst; a few are noise of a line.
    var zeros = 0
    let count = min(bytes.count, 4096)
    for i in 0..<count where bytes[i] == 0 { zeros += 1 }
    guard count >= 64, zeros * 10 > count else { return nil }
    return FileKind(name: "binary data", remedy: text)
  }
}
