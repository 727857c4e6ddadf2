import ArgumentParser
import CommandLineSupport
import Support
import Testing

/// Says what the command line names, or refuses it.
private struct Say: ParsableCommand, ConsoleCommand {
  static let configuration = CommandConfiguration(commandName: "say")
  @Argument var words: String

  func run(on console: inout Console) throws -> Int32 {
    switch words {
    case "usage": throw CommandFailure.usage("'usage' is refused", remedy: "Say less.")
    case "output": throw CommandFailure.output("nothing is written", remedy: "Look there.")
    default: console.out += words + "\n"
    }
    return 0
  }
}

private struct Root: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "root", subcommands: [Say.self])
}

/// Exit status and streams of a command line.
@Suite struct CommandRunnerTests {
  private func run(_ arguments: String...) -> (status: Int32, out: String, err: String) {
    var out = MemoryStream()
    var err = MemoryStream()
    let status = CommandRunner.run(
      Root.self, arguments: arguments, out: &out, err: &err, environment: Environment())
    return (status, out.text, err.text)
  }

  @Test func resultsGoToTheOutput() {
    let result = run("say", "hello")
    #expect(result == (0, "hello\n", ""))
  }

  @Test func failuresHaveAStatusAndARemedy() {
    #expect(run("say", "usage") == (2, "", "error: 'usage' is refused\n  Say less.\n"))
    #expect(run("say", "output") == (1, "", "error: nothing is written\n  Look there.\n"))
    #expect(run("say").status == 2)
  }

  @Test func anUnknownSubcommandIsNamed() {
    let result = run("nonsense")
    #expect(result.status == 2)
    #expect(
      result.err == "error: there is no subcommand 'nonsense'\n  'root --help' lists them.\n")
    #expect(run("help").status == 0 && run("--help").status == 0)
  }
}
