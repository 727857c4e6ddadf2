/// How much may come out of one file: so that a small one cannot keep the reader busy for hours.
///
/// Streams are unpacked in bounded memory, so this bounds time alone.
package final class UnpackLimit: @unchecked Sendable {
  // `@unchecked`: a stream is read by one thread at a time.
  /// So many bytes may come out of any file.
  private let free: Int
  /// More than those only as so many times what is packed. Logs of random ticks shrink about eightfold.
  private let ratio: Int
  private var packed = 0

  package init(free: Int = 1 << 30, ratio: Int = 100) { (self.free, self.ratio) = (free, ratio) }

  /// Counts bytes that were taken from the file itself.
  func took(_ count: Int) { packed += count }

  /// Why no more than `count` bytes are unpacked; nil where more may come.
  func failure(at count: Int) -> Diagnostic? {
    guard count > free, count / ratio > packed else { return nil }
    return Diagnostic(
      "unpacked-size",
      "unpacks to more than \(Format.grouped(free >> 20)) MiB and \(ratio) times its size; what came before was read",
      remedy: "Unpack it yourself if this is meant, and name what comes out.")
  }
}
