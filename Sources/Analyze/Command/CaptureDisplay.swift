import Capture
import Ingest
import Performance
import Support

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// What is seen on standard error while a log is recorded: a line that counts, and messages.
final class CaptureDisplay {
  /// Between two drawings of the line; more is no use to an eye, and takes time from reading.
  static let interval = Duration.milliseconds(200)

  private let options: CaptureOptions
  private let target: String
  private let draws: Bool
  private let width: Int
  private let clock = ContinuousClock()
  private var drawn: ContinuousClock.Instant?
  private var line = StatusLine()
  private var wasConnected = false
  private var state = "waiting"
  private var progress = CaptureProgress()

  init(_ options: CaptureOptions, target: String, _ environment: Environment) {
    self.options = options
    self.target = target
    draws = environment.progress
    width = environment.width
  }

  /// Draws what the event changes; returns what must be said of it.
  func show(_ event: CaptureEvent) -> String {
    var words = ""
    switch event {
    case .connected(let path):
      words = connected(MessageText.line(path))
      state = "connected"
      drawn = nil
    case .lost(let path):
      words = "\(MessageText.line(path)) is gone: waiting for it\n"
      state = "waiting"
      drawn = nil
    case .waiting(let failure):
      // That a port is gone was said when it went.
      if !wasConnected || CaptureRule(rawValue: failure.rule) != .absent {
        words = Self.waiting(failure)
      }
    case .progress(let progress):
      if options.stopsAtEnd, progress.ends > self.progress.ends, progress.wholeLogs == 0 {
        words = Self.partOfLog
      }
      self.progress = progress
    }
    if draws { draw() }
    return words
  }

  /// Writes a message at once; the line that counts comes below it.
  func say(_ words: String) {
    guard !words.isEmpty else { return }
    clear()
    var stream = StandardStream(descriptor: STDERR_FILENO)
    stream.write(words)
    if draws { draw() }
  }

  /// Removes the line.
  func clear() {
    if line.isShown { drawn = nil }
    line.clear()
  }

  private func connected(_ path: String) -> String {
    defer { wasConnected = true }
    if wasConnected { return "\(path) is back\n" }
    let name = target == "-" ? "standard output" : MessageText.line(target)
    let end = options.stopsAtEnd ? "until its end line or ctrl-C" : "until ctrl-C"
    return "recording \(path) at \(options.baud.bitsPerSecond) baud into \(name), \(end)\n"
  }

  private static let partOfLog =
    "a log ended that began before the recording: waiting for a whole one\n"
    + "  Send the board start to have one, or stop with ctrl-C; what came is kept.\n"

  private static func waiting(_ failure: Diagnostic) -> String {
    "waiting: \(MessageText.line(failure.message))\n  \(failure.remedy)\n"
  }

  private func draw() {
    if let drawn, drawn.duration(to: clock.now) < Self.interval { return }
    drawn = clock.now
    line.draw(String(Self.line(state, progress).prefix(max(width - 1, 1))))
  }

  /// The line that counts.
  static func line(_ state: String, _ progress: CaptureProgress) -> String {
    var parts = [state]
    if progress.isBenchLog {
      if let run = progress.run { parts.append(words(run)) }
      parts.append(counted(progress.inferences, "inference", grouped: true))
      if progress.benches > 0 {
        parts.append(counted(progress.benches, "micro-benchmark", grouped: true))
      }
      if progress.operators > 0 {
        parts.append(counted(progress.operators, "operator", grouped: true))
      }
    }
    parts.append(counted(progress.lines, "line", grouped: true))
    if progress.damaged > 0 { parts.append("\(Format.grouped(progress.damaged)) damaged") }
    parts.append("\(Format.grouped(progress.bytes)) B")
    return parts.joined(separator: ", ")
  }

  private static func words(_ run: RunUnderWay) -> String {
    var words = "run \(run.id)"
    if !run.model.isEmpty { words += " (\(MessageText.line(run.model)))" }
    if let latency = run.latency {
      words += " \(Format.grouped(latency)) \(MessageText.line(run.unit))"
    }
    return words
  }
}
