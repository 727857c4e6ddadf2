#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Where text goes: a stream of the process, or a string in a test.
protocol TextStream {
  mutating func write(_ text: String)
}

/// A stream in memory.
struct MemoryStream: TextStream {
  var text = ""
  mutating func write(_ text: String) { self.text += text }
}

/// Standard output or standard error, buffered.
struct StandardStream: TextStream {
  let descriptor: Int32
  private var pending: [UInt8] = []
  /// Error number of the first write that failed; nothing is written after it. A closed pipe
  /// (`analyze ... | head`) is no failure.
  private(set) var failure: Int32?
  private var isClosed = false

  init(descriptor: Int32) { self.descriptor = descriptor }

  mutating func write(_ text: String) {
    pending.append(contentsOf: text.utf8)
    if pending.count > 1 << 16 || descriptor == STDERR_FILENO { flush() }
  }

  /// Hands everything to the system.
  mutating func flush() {
    var start = 0
    while start < pending.count, !isClosed {
      let written = pending.withUnsafeBytes { raw in
        // Bounds: start < pending.count = raw.count.
        systemWrite(descriptor, raw.baseAddress.map { $0 + start }, raw.count - start)
      }
      if written < 0 {
        let number = errno
        if number == EINTR { continue }
        if number == EAGAIN {
          // Somebody else made the descriptor non-blocking: wait until it takes more.
          var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
          _ = poll(&wait, 1, -1)
          continue
        }
        isClosed = true
        if number != EPIPE { failure = number }
        break
      }
      start += written
    }
    pending.removeAll(keepingCapacity: true)
  }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}

/// What the program knows of its surroundings.
struct Environment: Sendable {
  /// Width of standard output in columns.
  var width = 80
  /// ANSI colours may be written to standard output.
  var colour = false
  /// Standard output can show more than ASCII.
  var unicode = true
  /// Progress may be drawn on standard error.
  var progress = false

  /// That of the process.
  static func process() -> Environment {
    var result = Environment()
    let terminal = isatty(STDOUT_FILENO) == 1
    let dumb = variable("TERM") == "dumb"
    result.colour = terminal && variable("NO_COLOR")?.isEmpty ?? true && !dumb
    result.progress = isatty(STDERR_FILENO) == 1 && !dumb
    let locale = variable("LC_ALL") ?? variable("LC_CTYPE") ?? variable("LANG") ?? ""
    result.unicode =
      !terminal || locale.isEmpty || locale.lowercased().contains("utf")
    if let columns = variable("COLUMNS").flatMap({ Int($0) }), (20...1000).contains(columns) {
      result.width = columns
    } else if terminal {
      var size = winsize()
      if ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col >= 20 {
        result.width = Int(size.ws_col)
      }
    }
    return result
  }

  private static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }
}
