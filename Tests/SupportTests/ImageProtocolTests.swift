import Support
import Testing

/// What is known of a terminal by its variables.
@Suite struct ImageProtocolTests {
  private typealias Case = (environment: [String: String], expected: ImageProtocol?)

  @Test func terminalsAreKnownByTheirVariables() {
    let cases: [Case] = [
      ([:], nil),
      (["TERM": "xterm-256color"], nil),
      (["TERM": "xterm-kitty"], .kitty),
      (["TERM": "xterm-ghostty"], .kitty),
      (["TERM": "xterm-256color", "KITTY_WINDOW_ID": "1"], .kitty),
      (["TERM": "xterm-256color", "TERM_PROGRAM": "ghostty"], .kitty),
      (["TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"], .iterm2),
      (["TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app"], .iterm2),
      (["TERM": "xterm-256color", "LC_TERMINAL": "iTerm2"], .iterm2),
      // Started from kitty, but another terminal.
      (["TERM": "xterm-256color", "TERM_PROGRAM": "vscode", "KITTY_WINDOW_ID": "1"], nil),
      (["TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"], nil),
      // Multiplexers.
      (["TERM": "xterm-kitty", "TMUX": "/tmp/tmux-0/default,1,0"], nil),
      (["TERM": "tmux-256color", "KITTY_WINDOW_ID": "1"], nil),
      (["TERM": "screen.xterm-256color", "LC_TERMINAL": "iTerm2"], nil),
      (["TERM": "xterm-256color", "STY": "1.pts", "TERM_PROGRAM": "WezTerm"], nil),
      (["TERM": "dumb", "KITTY_WINDOW_ID": "1"], nil),
      (["KITTY_WINDOW_ID": "1"], nil),
      (["TERM": "xterm-kitty", "TMUX": ""], .kitty),
      // The override.
      (["TERM": "xterm-256color", "PICO2_BENCHMARK_IMAGES": "kitty"], .kitty),
      (["TERM": "xterm-kitty", "PICO2_BENCHMARK_IMAGES": "iterm2"], .iterm2),
      (["TERM": "xterm-kitty", "PICO2_BENCHMARK_IMAGES": "none"], nil),
      (["TERM": "xterm-kitty", "PICO2_BENCHMARK_IMAGES": "ktty"], nil),
      (["TERM": "xterm-kitty", "PICO2_BENCHMARK_IMAGES": ""], .kitty),
      (["TERM": "tmux-256color", "TMUX": "x", "PICO2_BENCHMARK_IMAGES": "kitty"], .kitty),
    ]
    for (environment, expected) in cases {
      #expect(
        ImageProtocol.detected(in: environment, isTerminal: true) == expected, "\(environment)")
      #expect(ImageProtocol.detected(in: environment, isTerminal: false) == nil)
      // All that is looked at is on the list.
      #expect(Set(environment.keys).isSubset(of: ImageProtocol.variables))
    }
  }

  @Test(arguments: [
    (nil, false), ("", false), ("15;0", true), ("0;15", false), ("15;default;0", true),
    ("7;8", true), ("0;7", false), ("12;6", true), ("x", false), ("15;default", false),
  ])
  func background(value: String?, isDark: Bool) {
    #expect(TerminalBackground.isDark(value) == isDark)
  }
}
