/// How far a long work is, on standard error; drawn when its text changes.
package final class Progress {
  private let isEnabled: Bool
  private var line = StatusLine()
  private var shown = ""

  package init(enabled: Bool) { isEnabled = enabled }

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
