import Synchronization

/// How far the reading of some files is, on standard error: bytes, bytes per second, and the time that is
/// left. Any thread may tell what it has read.
package final class ReadingProgress: Sendable {
  private let isEnabled: Bool
  private let what: String
  private let total: Int?
  private let start = ContinuousClock.now
  private let state = Mutex(State())

  private struct State {
    var done = 0
    var line = StatusLine()
    var next = ReadingProgress.step
  }

  /// Between two drawings; what takes less is not shown.
  private static let step = Duration.milliseconds(200)

  /// Of `what`, as in "a.txt" or "12 logs", with so many bytes; nil where that is not known.
  package init(enabled: Bool, what: String, total: Int?) {
    (isEnabled, self.what, self.total) = (enabled, what, total)
  }

  /// So many more bytes were read.
  package func add(_ bytes: Int) {
    guard isEnabled else { return }
    let elapsed = start.duration(to: .now)
    state.withLock { state in
      state.done += bytes
      guard elapsed >= state.next else { return }
      state.next = elapsed + Self.step
      state.line.draw(
        MessageText.line(Self.text(what, state.done, of: total, in: elapsed / .seconds(1))))
    }
  }

  /// Removes the line.
  package func clear() { state.withLock { $0.line.clear() } }

  /// "reading a.txt: 1.25 of 5.00 GB, 640 MB/s, 6 s left".
  static func text(_ what: String, _ done: Int, of total: Int?, in seconds: Double) -> String {
    let rate = Double(done) / seconds
    let known = total.flatMap { $0 >= done && done > 0 ? $0 : nil }
    let (divisor, unit) = max(done, known ?? 0) < 1_000_000_000 ? (1e6, "MB") : (1e9, "GB")
    func amount(_ bytes: Int) -> String { Format.significant(Double(bytes) / divisor, digits: 3) }
    let left = known.map { ", \(Int((Double($0 - done) / rate).rounded(.up))) s left" } ?? ""
    return "reading \(what): \(amount(done)) \(known.map { "of \(amount($0)) " } ?? "")\(unit), "
      + "\(Format.significant(rate / 1e6, digits: 3)) MB/s\(left)"
  }
}
