#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// What the program knows of its surroundings.
package struct Environment: Sendable {
  /// Width of standard output in columns.
  package var width = 80
  /// ANSI colours may be written to standard output.
  package var colour = false
  /// Standard output can show more than ASCII.
  package var unicode = true
  /// Progress may be drawn on standard error.
  package var progress = false
  /// Somebody may read standard error while the command runs: what it says there must not wait.
  package var isLive = false
  /// How standard output is sent images; nil when it shows none.
  package var images: ImageProtocol?
  /// The background of standard output is dark.
  package var isDark = false

  /// Where the MLPerf Tiny models are, by $TINYML_DIR.
  package var tinyMLFolder: String?
  /// Where files of the user's are kept from one call to the next, by $XDG_DATA_HOME and $HOME.
  package var dataFolder: String?

  package init() {}

  /// What a file gets: no colours, no images, every character.
  package var forFile: Environment {
    var result = Environment()
    result.width = width
    return result
  }
}

extension Environment {
  /// The variables that are looked at.
  private static let variables =
    [
      "NO_COLOR", "LC_ALL", "LC_CTYPE", "LANG", "COLUMNS", "TINYML_DIR", "XDG_DATA_HOME", "HOME",
      TerminalBackground.variable,
    ]
    + ImageProtocol.variables

  /// That of the process.
  package static func process() -> Environment {
    var values: [String: String] = [:]
    for name in variables { values[name] = getenv(name).map { String(cString: $0) } }
    var size = winsize()
    let hasSize = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0
    var environment = Environment(
      variables: values, isOutTerminal: isatty(STDOUT_FILENO) == 1,
      isErrTerminal: isatty(STDERR_FILENO) == 1, terminalWidth: hasSize ? Int(size.ws_col) : nil)
    environment.isLive = true
    return environment
  }

  /// What follows from variables and streams; an empty variable is as good as none (POSIX.1, 8.2).
  package init(
    variables: [String: String], isOutTerminal: Bool, isErrTerminal: Bool, terminalWidth: Int?
  ) {
    let values = variables.filter { !$0.value.isEmpty }
    let isDumb = values["TERM"] == "dumb"
    colour = isOutTerminal && values["NO_COLOR"] == nil && !isDumb
    progress = isErrTerminal && !isDumb
    let locale = values["LC_ALL"] ?? values["LC_CTYPE"] ?? values["LANG"] ?? ""
    unicode = !isOutTerminal || locale.isEmpty || locale.lowercased().contains("utf")
    if let columns = values["COLUMNS"].flatMap({ Int($0) }), (20...1000).contains(columns) {
      width = columns
    } else if isOutTerminal, let terminalWidth, terminalWidth >= 20 {
      width = terminalWidth
    }
    tinyMLFolder = values["TINYML_DIR"]
    // A relative path is to be ignored (XDG Base Directory Specification).
    dataFolder =
      (values["XDG_DATA_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
      ?? values["HOME"].map { $0 + "/.local/share" }).map { $0 + "/pico2-benchmark" }
    images = ImageProtocol.detected(in: values, isTerminal: isOutTerminal)
    isDark = TerminalBackground.isDark(values[TerminalBackground.variable])
  }
}
