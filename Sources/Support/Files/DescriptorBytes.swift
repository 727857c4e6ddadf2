#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Bytes of an open file, which is closed in the end. A regular file is read from any place of it, by any
/// number of threads; anything else is a stream.
package final class DescriptorBytes: ReadableBytes {
  private let descriptor: Int32
  /// Where a regular file begins: standard input may have been read in part.
  private let start: Int
  package let size: Int?

  /// The bytes of `descriptor`, which belongs to this from now on.
  package init(closing descriptor: Int32) {
    self.descriptor = descriptor
    var status = stat()
    let position = Int(lseek(descriptor, 0, SEEK_CUR))
    let isPlain =
      fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && position >= 0
    start = isPlain ? position : 0
    size = isPlain ? max(Int(status.st_size) - position, 0) : nil
  }

  deinit { close(descriptor) }

  package func read(
    into buffer: UnsafeMutableRawBufferPointer, at offset: Int
  ) throws(Diagnostic) -> Int {
    var filled = 0
    while filled < buffer.count {
      // Bounds: both write at most the rest of the buffer from `filled` on.
      let free = (buffer.baseAddress?.advanced(by: filled), buffer.count - filled)
      let count =
        size == nil
        ? readNext(descriptor, free.0, free.1)
        : pread(descriptor, free.0, free.1, start + offset + filled)
      if count > 0 {
        filled += count
      } else if count == 0 || filled > 0 {
        break
      } else if errno != EINTR {
        throw Diagnostic(
          "read-failure", "cannot be read further: \(String(cString: strerror(errno)))",
          remedy: "Check the medium.")
      }
    }
    if let size, filled == 0, offset < size {
      throw Diagnostic(
        "read-failure", "the file became shorter while it was read; what came before was read",
        remedy: "Read it again when nothing writes to it.")
    }
    return filled
  }
}

/// Outside of the class, whose own `read` hides the system's.
private func readNext(
  _ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ most: Int
) -> Int {
  read(descriptor, buffer, most)
}
