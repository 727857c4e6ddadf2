import Support
import Testing

/// What follows from variables and streams.
@Suite struct EnvironmentTests {
  private func terminal(_ variables: [String: String], width: Int? = 100) -> Environment {
    Environment(
      variables: variables, isOutTerminal: true, isErrTerminal: true, terminalWidth: width)
  }

  @Test func terminalHasColoursUnlessRefused() {
    #expect(terminal(["TERM": "xterm"]).colour)
    #expect(terminal(["TERM": "xterm", "NO_COLOR": ""]).colour)
    #expect(!terminal(["TERM": "xterm", "NO_COLOR": "1"]).colour)
    #expect(!terminal(["TERM": "dumb"]).colour && !terminal(["TERM": "dumb"]).progress)
  }

  @Test(arguments: [
    (["XDG_DATA_HOME": "/data", "HOME": "/home/me"], "/data/pico2-benchmark"),
    (["XDG_DATA_HOME": "data", "HOME": "/home/me"], "/home/me/.local/share/pico2-benchmark"),
    (["XDG_DATA_HOME": "", "HOME": "/home/me"], "/home/me/.local/share/pico2-benchmark"),
    ([:], nil),
  ])
  func dataIsKeptWhereTheDesktopSays(variables: [String: String], folder: String?) {
    #expect(terminal(variables).dataFolder == folder)
  }

  @Test func localeSaysWhatCanBeShown() {
    #expect(terminal([:]).unicode)
    #expect(terminal(["LANG": "de_DE.UTF-8"]).unicode)
    #expect(!terminal(["LANG": "C"]).unicode)
    #expect(!terminal(["LC_ALL": "C", "LANG": "de_DE.UTF-8"]).unicode)
    #expect(terminal(["LC_ALL": "", "LC_CTYPE": "C.utf8", "LANG": "C"]).unicode)
  }

  @Test func widthIsThatOfTheTerminal() {
    #expect(terminal([:]).width == 100)
    #expect(terminal(["COLUMNS": "60"]).width == 60)
    #expect(terminal(["COLUMNS": "5"]).width == 100)
    #expect(terminal([:], width: 0).width == 80)
    #expect(terminal([:], width: nil).width == 80)
  }

  @Test func imagesFollowTheTerminal() {
    let kitty = terminal(["TERM": "xterm-kitty", "COLORFGBG": "15;0"])
    #expect(kitty.images == .kitty && kitty.isDark)
    #expect(terminal(["TERM": "xterm-kitty", "NO_COLOR": "1"]).images == .kitty)
    #expect(terminal(["TERM": "xterm-kitty", "PICO2_BENCHMARK_IMAGES": "none"]).images == nil)
    #expect(kitty.forFile.images == nil && !kitty.forFile.colour && kitty.forFile.width == 100)
  }

  @Test func pipeGetsPlainText() {
    let pipe = Environment(
      variables: [
        "TERM": "xterm-kitty", "LANG": "C", "PICO2_BENCHMARK_IMAGES": "kitty",
      ], isOutTerminal: false, isErrTerminal: false, terminalWidth: 100)
    #expect(!pipe.colour && pipe.unicode && !pipe.progress && pipe.images == nil)
    #expect(pipe.width == 80)
  }
}
