#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// An open file, as the system counts it.
package enum Descriptor {
  /// The next bytes, at most `most`; none at the end, nil when they cannot be read, which errno explains.
  package static func next(_ descriptor: Int32, atMost most: Int) -> [UInt8]? {
    var count = 0
    let piece = [UInt8](unsafeUninitializedCapacity: most) { buffer, filled in
      // Bounds: read() writes at most `most` bytes, and `filled` of them are initialised.
      repeat {
        count = read(descriptor, buffer.baseAddress, most)
      } while count < 0 && errno == EINTR
      filled = max(count, 0)
    }
    return count < 0 ? nil : piece
  }
}
