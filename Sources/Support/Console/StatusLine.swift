#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A line on standard error that each drawing replaces.
package struct StatusLine {
  private static let start = "\r\u{1B}[K"

  package private(set) var isShown = false

  package init() {}

  /// Shows a text without control characters.
  package mutating func draw(_ text: String) {
    isShown = true
    write(Self.start + text)
  }

  /// Removes the line.
  package mutating func clear() {
    guard isShown else { return }
    isShown = false
    write(Self.start)
  }

  private func write(_ text: String) {
    var stream = StandardStream(descriptor: STDERR_FILENO)
    stream.write(text)
  }
}
