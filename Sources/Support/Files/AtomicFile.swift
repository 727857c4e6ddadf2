#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Replaces a file as a whole: who reads it meanwhile, or after a failure halfway, sees the old one.
///
/// The new content is written beside the file and then takes its name (rename(2) is atomic within a
/// file system). What a new file could not stand for is written in place: devices and pipes, files
/// with several names, files of other owners, links to nothing.
package enum AtomicFile {
  private static let attempts = 100

  /// Writes the file; its folder must exist.
  ///
  /// - Throws: `SystemFailure` with what stands in the way.
  package static func write(_ bytes: [UInt8], to path: String) throws(SystemFailure) {
    if let open = openDescriptor(path) {
      let descriptor = dup(open)
      guard descriptor >= 0 else { throw SystemFailure(errno) }
      return try fill(descriptor, bytes)
    }
    // The file that a link leads to is replaced, not the link.
    let target = resolved(path)
    var status = stat()
    let exists = target.withSystemPath { stat($0, &status) } == 0
    if exists {
      let isPlain =
        status.st_mode & S_IFMT == S_IFREG && status.st_nlink == 1 && status.st_uid == geteuid()
      guard isPlain else { return try inPlace(bytes, target) }
      guard target.withSystemPath({ access($0, W_OK) }) == 0 else { throw SystemFailure(errno) }
    } else if target.withSystemPath({ lstat($0, &status) }) == 0 {
      return try inPlace(bytes, target)  // a link to nothing
    }
    guard let (descriptor, temporary) = try create(beside: target) else {
      return try inPlace(bytes, target)
    }
    // Keeps the lock until the file has its name.
    let lock = dup(descriptor)
    defer { close(lock) }
    do throws(SystemFailure) {
      if exists { _ = fchmod(descriptor, status.st_mode & 0o7777) }
      try fill(descriptor, bytes)
      guard temporary.withSystemPath({ from in target.withSystemPath { rename(from, $0) } }) == 0
      else { throw SystemFailure(errno) }
    } catch {
      _ = temporary.withSystemPath { unlink($0) }
      throw error
    }
  }

  /// The descriptor that a path such as `/dev/stdout` names. It is written to as it is: opened by its
  /// name, a file behind it would be emptied.
  private static func openDescriptor(_ path: String) -> Int32? {
    switch path {
    case "/dev/stdout": return STDOUT_FILENO
    case "/dev/stderr": return STDERR_FILENO
    default:
      for folder in ["/dev/fd/", "/proc/self/fd/"] where path.hasPrefix(folder) {
        return Int32(path.dropFirst(folder.count))
      }
      return nil
    }
  }

  /// A new file in the folder of `path`, locked as long as it is open; nil when the folder takes none,
  /// though the file itself may be writable.
  private static func create(
    beside path: String
  ) throws(SystemFailure) -> (descriptor: Int32, path: String)? {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    TemporaryFiles.removeAbandoned(in: folder.isEmpty ? "." : folder)
    for attempt in 0..<attempts {
      let name = folder + TemporaryFiles.name(attempt)
      // The kernel applies the umask.
      let descriptor = name.withSystemPath {
        open($0, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      }
      if descriptor >= 0 {
        if TemporaryFiles.claim(descriptor) { return (descriptor, name) }
        close(descriptor)
      } else if errno != EEXIST {
        break
      }
    }
    return nil
  }

  private static func inPlace(_ bytes: [UInt8], _ path: String) throws(SystemFailure) {
    let descriptor = path.withSystemPath {
      open($0, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    }
    guard descriptor >= 0 else { throw SystemFailure(errno) }
    try fill(descriptor, bytes)
  }

  /// Writes everything and closes.
  private static func fill(_ descriptor: Int32, _ bytes: [UInt8]) throws(SystemFailure) {
    var stream = StandardStream(descriptor: descriptor)
    stream.write(bytes)
    stream.flush()
    let closed = close(descriptor) == 0 ? nil : errno
    if let number = stream.failure ?? closed { throw SystemFailure(number) }
  }

  /// The path without links, when it leads to something.
  private static func resolved(_ path: String) -> String {
    guard let found = path.withSystemPath({ realpath($0, nil) }) else { return path }
    defer { free(found) }
    return SystemPath.text(of: found)
  }
}

extension SystemFailure {
  /// A failure by its error number.
  package init(_ number: Int32) { self.init(words: OutputFiles.words(number)) }
}
