import Capture
import Ingest
import Performance
import Support

/// What is said of a recording when it has ended, and its exit status.
struct CaptureSummary {
  private let result: CaptureResult
  private let target: String

  init(_ result: CaptureResult, target: String) {
    self.result = result
    self.target = target
  }

  private var progress: CaptureProgress { result.progress }
  private var name: String { target == "-" ? "standard output" : MessageText.line(target) }

  /// 1 when nothing came, or the time-out struck before a whole log had come.
  var status: Int32 {
    progress.bytes == 0 || result.reason == .timeout && progress.wholeLogs == 0 ? 1 : 0
  }

  /// What was recorded, what is wrong with it, what to do next.
  var words: String {
    guard progress.bytes > 0 else {
      return "error: nothing came, so nothing was written: \(reason)\n"
        + "  Check the port and the speed; a board that waits needs --send or a reset.\n"
    }
    var counts = ["\(Format.grouped(progress.bytes)) bytes"]
    counts.append(counted(progress.lines, "line", grouped: true))
    if progress.isBenchLog {
      counts.append(counted(progress.runs, "run", grouped: true))
      counts.append(counted(progress.inferences, "inference", grouped: true))
      if progress.benches > 0 {
        counts.append(counted(progress.benches, "micro-benchmark", grouped: true))
      }
      counts.append(counted(progress.damaged, "damaged line", grouped: true))
    }
    counts.append(counted(result.reconnects, "reconnect", grouped: true))
    var lines = ["\(name): " + counts.joined(separator: ", ")]
    let begin = status == 0 ? "" : "error: "
    lines.append(
      "  \(begin)\(reason)" + (notes.isEmpty ? "" : "; " + notes.joined(separator: "; ")))
    if target != "-" { lines.append("  Read it with: analyze \(Self.quoted(name))") }
    return lines.joined(separator: "\n") + "\n"
  }

  private var reason: String {
    switch result.reason {
    case .endLine: "stopped behind the end line"
    case .stopSignal: "stopped as asked"
    case .timeout: "gave up at --timeout"
    case .endOfInput: "standard input ended"
    }
  }

  private var notes: [String] {
    var notes: [String] = []
    if progress.startedLate { notes.append("the log began before the recording") }
    if progress.missing > 0 {
      notes.append("\(counted(progress.missing, "line", grouped: true)) of the log did not come")
    }
    if progress.restarts > 0 {
      notes.append("the board booted again \(counted(progress.restarts, "time", grouped: true))")
    }
    if progress.refused > 0 {
      notes.append("the board refused \(counted(progress.refused, "run", grouped: true))")
    }
    if progress.newer > 0 {
      notes.append("the log is of a newer format: upgrade analyze to read it")
    }
    if progress.isBenchLog, progress.newer == 0, !progress.isAtEnd {
      notes.append("no end line came")
    }
    if result.unsent > 0 {
      notes.append("\(counted(result.unsent, "byte", grouped: true)) of --send could not be sent")
    }
    return notes
  }

  /// As a shell takes it.
  private static func quoted(_ path: String) -> String {
    let isPlain = path.utf8.allSatisfy { byte in
      byte >= 0x80 || byte > 0x20 && !#"'"\$`*?[]{}()<>|&;#~!"#.utf8.contains(byte)
    }
    return isPlain
      ? path
      : "'"
        + path.split(separator: "'", omittingEmptySubsequences: false)
        .joined(separator: #"'\''"#) + "'"
  }
}
