#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// One line on standard error that counts; drawn when the percentage changes.
package final class CountProgress {
  private let enabled: Bool
  private var shown = ""

  package init(enabled: Bool) { self.enabled = enabled }

  /// Shows that `done` of `total` are done.
  package func show(_ what: String, _ done: Int, of total: Int) {
    guard enabled, total > 0 else { return }
    let text = "\(SafeText.line(what)): \(100 * done / total) %"
    guard text != shown else { return }
    shown = text
    var stream = StandardStream(descriptor: STDERR_FILENO)
    stream.write("\r\u{1B}[K\(text)")
  }

  /// Removes the line.
  package func clear() {
    guard !shown.isEmpty else { return }
    shown = ""
    var stream = StandardStream(descriptor: STDERR_FILENO)
    stream.write("\r\u{1B}[K")
  }
}
