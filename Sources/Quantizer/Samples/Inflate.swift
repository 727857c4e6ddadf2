import CZlib
import Models

/// Unpacks what a .zip file's method 8 packed (RFC 1951), with zlib.
enum Inflate {
  /// What came out, or why nothing did.
  enum Failure: Error {
    case damaged, wrongLength
  }

  /// Exactly `length` bytes out of all of `packed`. The caller bounds `length`.
  static func bytes(_ packed: ArraySlice<UInt8>, length: Int) throws(Failure) -> [UInt8] {
    var stream = z_stream()
    // Negative: no header, as zip has its own.
    guard
      inflateInit2_(
        &stream, -MAX_WBITS, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { throw .damaged }
    defer { inflateEnd(&stream) }
    var input = Array(packed)
    // One more, so that too long a member is told from one of the right length.
    let capacity = length + 1
    var status = Z_OK
    let result = [UInt8](unsafeUninitializedCapacity: capacity) { output, filled in
      input.withUnsafeMutableBufferPointer { source in
        // Bounds: zlib reads at most `avail_in` and writes at most `avail_out` bytes, which are the
        // sizes of the buffers; both are below 2^31, and neither outlives this closure.
        stream.next_in = source.baseAddress
        stream.avail_in = UInt32(source.count)
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(capacity)
        status = inflate(&stream, Z_FINISH)
        filled = capacity - Int(stream.avail_out)
      }
    }
    if result.count > length { throw .wrongLength }
    guard status == Z_STREAM_END else { throw .damaged }
    guard result.count == length else { throw .wrongLength }
    return result
  }
}
