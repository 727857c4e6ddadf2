import CZlib
import Support

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Bytes of a file, of standard input (`-`), or of either compressed with gzip, in bounded memory.
///
/// A plain file is read from any place of it, by any number of threads. A stream, and what is compressed,
/// goes through zlib's `gzread`, which recognises gzip by its magic number and passes the rest through.
package final class ByteSource: LogBytes {
  private enum Kind: @unchecked Sendable {
    /// A file of that many bytes when it was opened, read from `start` on.
    case plain(Int32, start: Int, size: Int)
    /// `@unchecked`: `read(into:)` alone uses it, which no two threads may call at a time.
    case stream(gzFile)
  }

  private static let step = 1 << 13
  private let kind: Kind
  /// The path as given.
  package let path: String

  /// Opens `path`; `-` is standard input.
  package init(path: String) throws(Diagnostic) {
    self.path = path
    let descriptor: Int32
    if path == "-" {
      guard Self.canRead(STDIN_FILENO) else {
        throw Diagnostic(
          "unreadable-file", "standard input is closed",
          remedy: "Pipe a log into it, as in gzip -cd log.gz | analyze -, or name a file.")
      }
      descriptor = dup(STDIN_FILENO)
    } else {
      if OutputFiles.isFolder(path) {
        throw Diagnostic(
          "unreadable-file", "is a folder, not a log",
          remedy: "Name the files in it, as in \(path)/*.txt.")
      }
      descriptor = open(path, O_RDONLY | O_CLOEXEC)
    }
    guard descriptor >= 0 else {
      let reason = String(cString: strerror(errno))
      throw Diagnostic(
        "unreadable-file", "cannot be opened: \(reason)",
        remedy: "Check the name and its permissions.")
    }
    if let plain = Self.plain(descriptor) {
      kind = plain
      return
    }
    guard let opened = gzdopen(descriptor, "rb") else {
      close(descriptor)
      throw Diagnostic(
        "unreadable-file", "cannot be read: out of memory", remedy: "Free some memory.")
    }
    kind = .stream(opened)
    // What zlib has unpacked but not handed over is lost when it meets damage; so little at a time.
    gzbuffer(opened, UInt32(Self.step))
  }

  deinit {
    switch kind {
    case .plain(let descriptor, _, _): close(descriptor)
    case .stream(let handle): gzclose_r(handle)
    }
  }

  /// A regular file that is not compressed.
  private static func plain(_ descriptor: Int32) -> Kind? {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    // Standard input may have been read in part.
    let start = Int(lseek(descriptor, 0, SEEK_CUR))
    var magic: (UInt8, UInt8) = (0, 0)
    let count = withUnsafeMutableBytes(of: &magic) { pread(descriptor, $0.baseAddress, 2, start) }
    guard start >= 0, count >= 0, count < 2 || magic != (0x1f, 0x8b) else { return nil }
    return .plain(descriptor, start: start, size: max(Int(status.st_size) - start, 0))
  }

  /// Whether a descriptor is open for reading. In place of a closed standard input stands one that is not,
  /// see `StandardDescriptors`.
  static func canRead(_ descriptor: Int32) -> Bool {
    let flags = fcntl(descriptor, F_GETFL)
    return flags >= 0 && flags & O_ACCMODE != O_WRONLY
  }

  /// True when what is being read was compressed.
  package var isCompressed: Bool {
    if case .stream(let handle) = kind { gzdirect(handle) == 0 } else { false }
  }

  package var size: Int? {
    if case .plain(_, _, let size) = kind { size } else { nil }
  }

  package func read(
    into buffer: UnsafeMutableRawBufferPointer, at offset: Int
  ) throws(Diagnostic) -> Int {
    switch kind {
    case .plain(let descriptor, let start, let size):
      var filled = 0
      while filled < buffer.count {
        // Bounds: pread writes at most the rest of the buffer from `filled` on.
        let count = pread(
          descriptor, buffer.baseAddress?.advanced(by: filled), buffer.count - filled,
          start + offset + filled)
        if count > 0 {
          filled += count
        } else if count == 0 || filled > 0 {
          break
        } else if errno != EINTR {
          throw Self.failure(String(cString: strerror(errno)))
        }
      }
      guard filled > 0 || offset >= size else {
        throw Diagnostic(
          "read-failure", "the file became shorter while it was read; what came before was read",
          remedy: "Read it again when nothing writes to it.")
      }
      return filled
    case .stream(let handle):
      return try Self.read(handle, into: buffer)
    }
  }

  private static func read(
    _ handle: gzFile, into buffer: UnsafeMutableRawBufferPointer
  ) throws(Diagnostic) -> Int {
    var filled = 0
    while filled < buffer.count {
      let wanted = min(buffer.count - filled, Self.step)
      // Bounds: gzread writes at most `wanted` bytes from `filled` on, and both are within the buffer.
      let count = Int(gzread(handle, buffer.baseAddress?.advanced(by: filled), UInt32(wanted)))
      if count < 0 {
        // A failure behind good bytes comes again at the next call.
        if filled > 0 { return filled }
        var code: Int32 = 0
        let text = gzerror(handle, &code).map { String(cString: $0) } ?? "unknown error"
        throw code == Z_BUF_ERROR ? endsTooEarly : failure(text)
      }
      filled += count
      if count < wanted { break }
    }
    var code: Int32 = 0
    _ = gzerror(handle, &code)
    // A truncated gzip stream ends without an error from `gzread`; this tells.
    if filled == 0, code == Z_BUF_ERROR { throw endsTooEarly }
    return filled
  }

  private static var endsTooEarly: Diagnostic {
    Diagnostic(
      "read-failure", "the compressed data ends too early; what came before was read",
      remedy: "Copy the file again, or take the log from its source.")
  }

  private static func failure(_ reason: String) -> Diagnostic {
    Diagnostic(
      "read-failure", "cannot be read further: \(reason)",
      remedy: "Check the medium, or unpack the file with gzip -d to see where it is damaged.")
  }
}
