/// How far a long work is, on standard error; drawn when its text changes.
package final class Progress {
  private let isEnabled: Bool
  private var line = StatusLine()
  private var shown = ""

  package init(enabled: Bool) { isEnabled = enabled }

  /// Shows how much of a file is read, in steps of 16 MiB; nothing for small ones.
  package func show(reading path: String, _ bytes: UInt64) {
    let steps = bytes >> 24
    if steps > 0 { draw("reading \(path)", "\(steps << 4) MiB") }
  }

  /// Shows that `done` of `total` are done.
  package func show(_ what: String, _ done: Int, of total: Int) {
    if total > 0 { draw(what, "\(100 * done / total) %") }
  }

  private func draw(_ what: String, _ amount: String) {
    let text = "\(what): \(amount)"
    guard isEnabled, text != shown else { return }
    shown = text
    line.draw(MessageText.line(text))
  }

  /// Removes the line.
  package func clear() {
    shown = ""
    line.clear()
  }
}
