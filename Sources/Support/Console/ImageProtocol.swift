/// How a terminal is sent images in the middle of text.
public enum ImageProtocol: String, Sendable, CaseIterable {
  /// kitty's graphics protocol: https://sw.kovidgoyal.net/kitty/graphics-protocol/
  case kitty
  /// iTerm2's inline images: https://iterm2.com/documentation-images.html
  case iterm2

  /// The variable that overrides what is found out: `kitty`, `iterm2`; anything else is none.
  public static let overridingVariable = "PICO2_BENCHMARK_IMAGES"

  /// The environment variables that are looked at.
  public static let variables = [
    overridingVariable, "TERM", "TERM_PROGRAM", "LC_TERMINAL", "KITTY_WINDOW_ID", "TMUX", "STY",
  ]

  /// The protocol that the terminal around this process is known to understand.
  ///
  /// A program in a window inherits variables from the terminal it was started from, so what every
  /// terminal sets itself (`TERM`, then `TERM_PROGRAM`) counts more than what one kind sets.
  ///
  /// - Parameters:
  ///   - environment: the environment variables.
  ///   - isTerminal: whether the output is a terminal; a file or a pipe gets no image in any case.
  public static func detected(
    in environment: [String: String], isTerminal: Bool
  ) -> ImageProtocol? {
    guard isTerminal else { return nil }
    func variable(_ name: String) -> String? {
      environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
    if let wanted = variable(overridingVariable) { return ImageProtocol(rawValue: wanted) }
    let term = variable("TERM") ?? "dumb"
    // A multiplexer draws the screen itself and would drop or garble the sequences.
    let isMultiplexed =
      variable("TMUX") != nil || variable("STY") != nil || term.hasPrefix("screen")
      || term.hasPrefix("tmux")
    guard !isMultiplexed, term != "dumb" else { return nil }
    if term == "xterm-kitty" || term == "xterm-ghostty" { return .kitty }
    switch variable("TERM_PROGRAM") {
    case "ghostty": return .kitty
    // WezTerm speaks kitty's protocol too, but a second unnumbered image removes the first.
    case "iTerm.app", "WezTerm": return .iterm2
    case .some: return nil
    case nil: break
    }
    if variable("KITTY_WINDOW_ID") != nil { return .kitty }
    // Handed on by ssh, where TERM_PROGRAM is not.
    return variable("LC_TERMINAL") == "iTerm2" ? .iterm2 : nil
  }
}

/// The colours of a terminal.
public enum TerminalBackground {
  /// The environment variable that is looked at, as rxvt, Konsole and others set it.
  public static let variable = "COLORFGBG"

  /// Whether `COLORFGBG` ("15;0", "15;default;0") names a dark background: black, one of the dark
  /// colours or dark grey of the sixteen. Unknown is light.
  public static func isDark(_ value: String?) -> Bool {
    guard let last = value?.split(separator: ";").last, let colour = Int(last) else { return false }
    return (0...6).contains(colour) || colour == 8
  }
}
