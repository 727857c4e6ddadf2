import ArgumentParser

/// The program as a function of its arguments and two streams.
enum Analyze {
  /// Runs one command line; returns the exit status of `design.md`: 0 all read, 1 an error in the
  /// input (or, under `--strict`, a finding of severity warning or above), 2 wrong arguments.
  static func run(
    arguments: [String], out: inout some TextStream, err: inout some TextStream,
    environment: Environment
  ) -> Int32 {
    var console = Console(environment: environment)
    let status = execute(arguments, &console)
    out.write(console.out)
    err.write(console.err)
    return status
  }

  private static func execute(_ arguments: [String], _ console: inout Console) -> Int32 {
    do {
      var command = try AnalyzeCommand.parseAsRoot(arguments)
      if let ours = command as? any ConsoleCommand {
        return try ours.run(on: &console)
      }
      try command.run()
      return 0
    } catch let failure as UsageFailure {
      console.err += "error: \(failure.message)\n  \(failure.remedy)\n"
      return 2
    } catch let failure as OutputFailure {
      console.err += "error: \(failure.message)\n  \(failure.remedy)\n"
      return 1
    } catch {
      let text = AnalyzeCommand.fullMessage(for: error)
      if AnalyzeCommand.exitCode(for: error).isSuccess {
        console.out += text + "\n"
        return 0
      }
      console.err += text + "\n"
      return 2
    }
  }
}

/// What a command writes to, and what it knows of its surroundings.
struct Console {
  var out = ""
  var err = ""
  let environment: Environment

  init(environment: Environment) { self.environment = environment }
}

/// A command that runs on a console, so that tests can call it in process.
protocol ConsoleCommand {
  func run(on console: inout Console) throws -> Int32
}

/// Arguments that make no sense together; exit status 2.
struct UsageFailure: Error {
  var message: String
  var remedy: String
}

/// Results that could not be written; exit status 1.
struct OutputFailure: Error {
  var message: String
  var remedy: String
}
