import Ingest
import Support

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Where recorded bytes go. Each piece is handed to the system as it comes, so a crash of this
/// program loses none.
public final class CaptureFile {
  /// What becomes of a file that exists.
  public enum Existing: Sendable {
    case refuse, append, replace
  }

  /// The name as given; `-` is standard output.
  public let path: String
  private let descriptor: Int32
  private let isNew: Bool
  private var shallEmpty: Bool
  private var lacksLineEnd: Bool
  private var written: UInt64 = 0

  /// Opens the file; its folder must exist. A file that is replaced keeps its content until the
  /// first byte comes. Devices and pipes are written to as they are.
  public init(path: String, existing: Existing) throws(Diagnostic) {
    self.path = path
    if path == "-" {
      (descriptor, isNew, shallEmpty, lacksLineEnd) = (dup(STDOUT_FILENO), false, false, false)
      guard descriptor >= 0 else { throw Self.failure(path, errno) }
      return
    }
    let made = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    if made >= 0 {
      (descriptor, isNew, shallEmpty, lacksLineEnd) = (made, true, false, false)
      return
    }
    guard errno == EEXIST else { throw Self.failure(path, errno) }
    var status = stat()
    let isPlain = stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    if isPlain, existing == .refuse {
      throw CaptureRule.usage.broken(
        "'\(path)' exists",
        remedy: "Add --append to record behind it, --force to replace it, or name another file.")
    }
    let appends = isPlain && existing == .append
    lacksLineEnd = appends && Self.lacksLineEnd(path)
    // O_CREAT for a link to nothing.
    descriptor = open(
      path, O_WRONLY | O_CREAT | O_NOCTTY | O_CLOEXEC | (appends ? O_APPEND : 0), 0o666)
    guard descriptor >= 0 else { throw Self.failure(path, errno) }
    isNew = false
    shallEmpty = isPlain && existing == .replace
  }

  deinit { close(descriptor) }

  /// Writes all of `bytes`.
  func write(_ bytes: Span<UInt8>) throws(Diagnostic) {
    guard bytes.count > 0 else { return }
    if shallEmpty {
      shallEmpty = false
      guard ftruncate(descriptor, 0) == 0 else { throw failure(errno) }
    }
    if lacksLineEnd {
      lacksLineEnd = false
      let lineBreak: [UInt8] = [UInt8(ascii: "\n")]
      try put(lineBreak.span)
    }
    try put(bytes)
    written += UInt64(bytes.count)
  }

  /// Nothing more comes: what was written reaches the disk, and a new file without content goes.
  func finish() throws(Diagnostic) {
    if written == 0 {
      if isNew { unlink(path) }
      return
    }
    // Not before: a slow card could hold up reading for longer than the system keeps bytes of a
    // UART. Streams and some file systems cannot; then there is nothing to wait for.
    if fsync(descriptor) != 0, errno == EIO || errno == ENOSPC || errno == EDQUOT {
      throw failure(errno)
    }
  }

  private func put(_ bytes: Span<UInt8>) throws(Diagnostic) {
    let number = bytes.withUnsafeBytes { raw -> Int32? in
      var start = 0
      while start < raw.count {
        // Bounds: start < raw.count.
        let count = systemWrite(
          descriptor, raw.baseAddress.map { $0 + start }, raw.count - start)
        if count >= 0 {
          start += count
        } else if errno == EAGAIN {
          var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
          _ = poll(&wait, 1, -1)
        } else if errno != EINTR {
          return errno
        }
      }
      return nil
    }
    if let number { throw failure(number) }
  }

  private func failure(_ number: Int32) -> Diagnostic { Self.failure(path, number, written) }

  private static func failure(
    _ path: String, _ number: Int32, _ written: UInt64 = 0
  ) -> Diagnostic {
    let name = path == "-" ? "standard output" : "'\(path)'"
    let kept = written == 0 ? "" : "; the first \(written) bytes are in it"
    return CaptureRule.output.broken(
      "\(name) cannot be written: \(words(ofError: number))\(kept)",
      remedy: "Name a place with room that may be written with -o.")
  }

  private static func lacksLineEnd(_ path: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var byte: UInt8 = 0
    guard lseek(descriptor, -1, SEEK_END) >= 0, read(descriptor, &byte, 1) == 1 else {
      return false
    }
    return byte != UInt8(ascii: "\n") && byte != UInt8(ascii: "\r")
  }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}
