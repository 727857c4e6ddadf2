import CZlib
import Support

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Bytes of a file, of standard input (`-`), or of either compressed with gzip, in bounded memory.
///
/// zlib's `gzread` passes plain files through and recognises gzip by its magic number, so there is
/// one path for all of them.
public struct ByteSource: ~Copyable {
  private static let step = 1 << 13
  private let handle: gzFile
  /// The path as given.
  public let path: String

  /// Opens `path`; `-` is standard input.
  public init(path: String) throws(Diagnostic) {
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
    guard let opened = gzdopen(descriptor, "rb") else {
      close(descriptor)
      throw Diagnostic(
        "unreadable-file", "cannot be read: out of memory", remedy: "Free some memory.")
    }
    handle = opened
    // What zlib has unpacked but not handed over is lost when it meets damage; so little at a time.
    gzbuffer(handle, UInt32(Self.step))
  }

  deinit { gzclose_r(handle) }

  /// Whether a descriptor is open for reading. In place of a closed standard input stands one that is not,
  /// see `StandardDescriptors`.
  static func canRead(_ descriptor: Int32) -> Bool {
    let flags = fcntl(descriptor, F_GETFL)
    return flags >= 0 && flags & O_ACCMODE != O_WRONLY
  }

  /// True when what is being read was compressed.
  public var isCompressed: Bool { gzdirect(handle) == 0 }

  /// Fills `buffer` from its start; returns the number of bytes, 0 at the end. A failure is thrown
  /// once all bytes before it were returned.
  public func read(into buffer: inout [UInt8]) throws(Diagnostic) -> Int {
    let count = buffer.withUnsafeMutableBytes { raw -> Int in
      var filled = 0
      while filled < raw.count {
        let wanted = min(raw.count - filled, Self.step)
        // Bounds: gzread writes at most `wanted` bytes from `filled` on, and both are within `raw`.
        let n = Int(gzread(handle, raw.baseAddress?.advanced(by: filled), UInt32(wanted)))
        // A failure behind good bytes comes again at the next call.
        if n < 0 { return filled > 0 ? filled : n }
        filled += n
        if n < wanted { break }
      }
      return filled
    }
    guard count >= 0 else {
      var code: Int32 = 0
      let text = gzerror(handle, &code).map { String(cString: $0) } ?? "unknown error"
      if code == Z_BUF_ERROR {
        throw Diagnostic(
          "read-failure", "the compressed data ends too early; what came before was read",
          remedy: "Copy the file again, or take the log from its source.")
      }
      throw Diagnostic(
        "read-failure", "cannot be read further: \(text)",
        remedy: "Check the medium, or unpack the file with gzip -d to see where it is damaged.")
    }
    return count
  }

  /// A truncated gzip stream ends without an error from `gzread`; this tells.
  public func endFailure() -> Diagnostic? {
    var code: Int32 = 0
    _ = gzerror(handle, &code)
    guard code == Z_BUF_ERROR else { return nil }
    return Diagnostic(
      "read-failure", "the compressed data ends too early; what came before was read",
      remedy: "Copy the file again, or take the log from its source.")
  }
}
