#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A file that is read as a whole, and whose name may come from somebody else.
package enum SmallFile {
  /// The bytes of a plain file, no link, of at most `limit` bytes; nil for anything else. Never waits
  /// for a pipe.
  package static func bytes(of path: String, atMost limit: Int) -> [UInt8]? {
    let descriptor = path.withSystemPath {
      open($0, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    }
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      status.st_size >= 0, status.st_size <= limit
    else { return nil }
    let size = Int(status.st_size)
    var bytes: [UInt8] = []
    while bytes.count < size {
      guard let piece = Descriptor.next(descriptor, atMost: size - bytes.count), !piece.isEmpty
      else { return nil }
      bytes += piece
    }
    return bytes
  }
}
