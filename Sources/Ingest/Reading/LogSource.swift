import Support

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The bytes of a log as its lines are cut from them: unpacked, and in UTF-8.
package struct LogSource {
  /// The bytes.
  package let bytes: any ReadableBytes
  /// How they were packed and encoded, as in `gzip` or `xz, UTF-16`; nil for plain UTF-8, ASCII and what is
  /// like them.
  package let form: String?
  /// Where the bytes are those of files in an archive, that archive; its first file is next.
  let archive: ArchiveReader?

  /// Opens `path`; `-` is standard input. Of an archive the bytes are those of its only file.
  package static func only(path: String) throws(Diagnostic) -> LogSource {
    let source = try LogSource(path: path)
    guard let archive = source.archive, let member = try archive.next() else { return source }
    return try source.member(member)
  }

  /// Opens `path`; `-` is standard input.
  init(path: String) throws(Diagnostic) { try self.init(Self.opened(path)) }

  /// What is in `bytes`.
  init(
    _ bytes: any ReadableBytes, inArchive: Bool = false, limit: UnpackLimit = UnpackLimit()
  ) throws(Diagnostic) {
    let unpacked = try Unpacked(bytes, inArchive: inArchive, limit: limit)
    archive = unpacked.archive
    var forms = unpacked.packings.map(\.rawValue)
    if archive == nil {
      let head: ArraySlice<UInt8>
      var bytes = unpacked.bytes
      (head, bytes) = PeekedBytes.peek(bytes, atMost: Packing.headLength)
      if let (encoding, mark) = TextEncoding.of(head) {
        forms.append(encoding.rawValue)
        bytes = DecodedText(bytes, in: encoding, behind: mark)
      }
      self.bytes = bytes
    } else {
      self.bytes = unpacked.bytes
    }
    form = forms.isEmpty ? nil : forms.joined(separator: ", ")
  }

  /// How many bytes a plain text has; nil where that shows only when it is read.
  package static func size(of path: String) -> Int? { (try? LogSource(path: path))?.bytes.size }

  /// The file to which the archive went.
  func member(_ member: ArchiveReader.Member) throws(Diagnostic) -> LogSource {
    let source = try LogSource(bytes, inArchive: true)
    let forms = [form, source.form].compactMap { $0 }
    return LogSource(bytes: source.bytes, form: forms.joined(separator: ", "))
  }

  private init(bytes: any ReadableBytes, form: String?) {
    (self.bytes, self.form, archive) = (bytes, form, nil)
  }

  private static func opened(_ path: String) throws(Diagnostic) -> DescriptorBytes {
    let descriptor: Int32
    if path == "-" {
      guard canRead(STDIN_FILENO) else {
        throw Diagnostic(
          "unreadable-file", "standard input is closed",
          remedy: "Pipe a log into it, as in cat log.txt | analyze -, or name a file.")
      }
      descriptor = dup(STDIN_FILENO)
    } else {
      if OutputFiles.isFolder(path) {
        throw Diagnostic(
          "unreadable-file", "is a folder, not a log",
          remedy: "Name the files in it, as in \(path)/*.txt.")
      }
      descriptor = path.withSystemPath { open($0, O_RDONLY | O_CLOEXEC) }
    }
    guard descriptor >= 0 else {
      let reason = String(cString: strerror(errno))
      throw Diagnostic(
        "unreadable-file", "cannot be opened: \(reason)",
        remedy: "Check the name and its permissions.")
    }
    return DescriptorBytes(closing: descriptor)
  }

  /// Whether a descriptor is open for reading. In place of a closed standard input stands one that is not,
  /// see `StandardDescriptors`.
  private static func canRead(_ descriptor: Int32) -> Bool {
    let flags = fcntl(descriptor, F_GETFL)
    return flags >= 0 && flags & O_ACCMODE != O_WRONLY
  }
}
