import Core
import Support

/// The first line of a part: format, program, length of what follows, and a checksum of both.
struct PartHeader {
  /// What the rest of a part looks like; raise it with every change of a stored field.
  static let version = 3
  /// No header is longer.
  static let longest = 256
  private static let magic = #"{"part":"pico2-benchmark.part/"#

  /// Who wrote it, as in "analyze 0.1.0".
  let program: String
  /// Bytes behind the header.
  let length: Int
  private let crc32: UInt32

  /// The header of a body.
  init(program: String, body: String) {
    let length = body.utf8.count
    var body = body
    let crc32 = body.withUTF8 { Self.checksum(Self.text(program, length, 0), $0.span) }
    self.init(program: program, length: length, crc32: crc32)
  }

  private init(program: String, length: Int, crc32: UInt32) {
    (self.program, self.length, self.crc32) = (program, length, crc32)
  }

  /// The line with its end.
  var text: String { Self.text(program, length, crc32) }

  /// Whether the body is that of the checksum, and the header, too.
  func fits(_ body: ArraySlice<UInt8>) -> Bool {
    Self.checksum(Self.text(program, length, 0), body.span) == crc32
  }

  /// Whether a file with this beginning is a part, of whatever version.
  static func begins(_ bytes: some Sequence<UInt8>) -> Bool { bytes.starts(with: magic.utf8) }

  /// The header at the start of `bytes`.
  static func read(_ bytes: ArraySlice<UInt8>) throws(Diagnostic) -> PartHeader {
    guard !bytes.isEmpty else { throw PartRule.cutOff.broken("is empty", remedy: copyAgain) }
    guard begins(bytes) else {
      throw PartRule.notAPart.broken(
        "is not a part of logs", remedy: "Make one of the log first: analyze reduce LOG -o X.part.")
    }
    guard let end = bytes.prefix(longest).firstIndex(of: UInt8(ascii: "\n")) else {
      throw bytes.count < longest
        ? PartRule.cutOff.broken("ends in its first line", remedy: copyAgain) : damaged
    }
    let fields = String(decoding: bytes[..<end], as: UTF8.self).dropFirst(magic.utf8.count)
      .split(separator: "\"", omittingEmptySubsequences: false)
    // 1 , program : analyze 0.1.0 , bytes :812, crc32 : 0123abcd }, at each quote.
    guard fields.count == 12, let version = Int(fields[0]) else { throw damaged }
    guard version == Self.version else {
      throw PartRule.version.broken(
        "is a part of format \(version); this program reads format \(Self.version)",
        remedy: "Merge it with the version of analyze that wrote it, or reduce its logs again.")
    }
    guard let length = Int(fields[7].filter { $0 != ":" && $0 != "," }), length >= 0,
      let crc32 = UInt32(fields[10], radix: 16)
    else { throw damaged }
    let header = PartHeader(program: String(fields[4]), length: length, crc32: crc32)
    guard header.text.utf8.elementsEqual(bytes[...end]) else { throw damaged }
    return header
  }

  static let copyAgain = "Copy the part again, or reduce its logs again."

  static var damaged: Diagnostic {
    PartRule.damaged.broken(
      "is damaged: its content is not that of its checksum; nothing of it is used",
      remedy: copyAgain)
  }

  private static func text(_ program: String, _ length: Int, _ crc32: UInt32) -> String {
    magic + "\(version)\",\"program\":\"\(program)\",\"bytes\":\(length),\"crc32\":\""
      + Format.hex(crc32) + "\"}\n"
  }

  /// Of the header, with a checksum of 0, and what follows it.
  private static func checksum(_ header: String, _ body: Span<UInt8>) -> UInt32 {
    let header = Array(header.utf8)
    var crc = CRC32()
    crc.add(header.span, by: table.span)
    crc.add(body, by: table.span)
    return crc.value
  }

  private static let table = CRC32.eightByteTable(polynomial: CRC32.polynomial)
}

/// What a part must be.
package enum PartRule: String, DiagnosticRule {
  case notAPart = "not-a-part"
  case version = "part-version"
  case damaged = "damaged-part"
  case cutOff = "part-cut-off"
  case otherProgram = "part-of-other-program"
}
