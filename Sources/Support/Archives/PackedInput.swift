/// Packed bytes, a step at a time. What an unpacker holds is lost where it meets damage, so a step is small.
final class PackedInput {
  private static let step = 1 << 13

  private let bytes: any ReadableBytes
  /// Counts what is taken, where the bytes are those of the file itself.
  private let limit: UnpackLimit?
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: step, alignment: 16)
  private(set) var position = 0
  /// Whether the end was seen.
  private(set) var isExhausted = false
  /// Why the bytes ended.
  private(set) var failure: Diagnostic?

  init(_ bytes: any ReadableBytes, counting limit: UnpackLimit?) {
    (self.bytes, self.limit) = (bytes, limit)
  }

  deinit { buffer.deallocate() }

  var size: Int? { bytes.size }

  /// The next bytes, good until the next call; none at the end and behind a failure.
  func next() -> UnsafeRawBufferPointer {
    guard failure == nil else { return UnsafeRawBufferPointer(start: nil, count: 0) }
    var count = 0
    do throws(Diagnostic) {
      count = try bytes.read(into: buffer, at: position)
    } catch {
      failure = error
    }
    position += count
    limit?.took(count)
    isExhausted = isExhausted || count == 0
    return UnsafeRawBufferPointer(rebasing: buffer.prefix(count))
  }

  /// Goes to that place of bytes that have a size.
  func move(to place: Int) { position = min(max(place, 0), size ?? 0) }
}
