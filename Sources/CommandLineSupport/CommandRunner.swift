// What both programs do with arguments, documents and exit status. Knows nothing of benchmarks
// and models.

import ArgumentParser
import Support

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A program as a function of its arguments and two streams.
package enum CommandRunner {
  /// Runs one command line of `root`; returns the exit status: what the command says, 1 where results
  /// could not be written, 2 for wrong arguments.
  package static func run(
    _ root: any ParsableCommand.Type, arguments: [String], out: inout some TextStream,
    err: inout some TextStream, environment: Environment
  ) -> Int32 {
    var console = Console(environment: environment)
    let status = execute(root, arguments, &console)
    out.write(console.out)
    err.write(MessageText.lines(console.err))
    return status
  }

  private static func execute(
    _ root: any ParsableCommand.Type, _ arguments: [String], _ console: inout Console
  ) -> Int32 {
    do {
      try refuseUnknownCommand(root, arguments)
      var command = try root.parseAsRoot(arguments)
      if let ours = command as? any ConsoleCommand { return try ours.run(on: &console) }
      try command.run()
      return 0
    } catch let failure as CommandFailure {
      console.report(failure.diagnostic)
      return failure.status
    } catch {
      let text = root.fullMessage(for: error)
      if root.exitCode(for: error).isSuccess {
        console.out += text + "\n"
        return 0
      }
      console.err += text + "\n"
      return 2
    }
  }

  /// Without a default subcommand the first word must be one; the parser would blame what follows.
  private static func refuseUnknownCommand(
    _ root: any ParsableCommand.Type, _ arguments: [String]
  ) throws(CommandFailure) {
    let configuration = root.configuration
    guard configuration.defaultSubcommand == nil, let first = arguments.first,
      !first.hasPrefix("-"), first != "help"
    else { return }
    let names = configuration.subcommands.compactMap { $0.configuration.commandName }
    guard !names.contains(first) else { return }
    let name = configuration.commandName ?? ""
    throw CommandFailure.usage(
      "there is no subcommand '\(first)'",
      remedy: "'\(name) --help' lists them.")
  }

  /// The process: arguments and streams of the operating system around `run`; never returns.
  package static func main(_ root: any ParsableCommand.Type) -> Never {
    StandardDescriptors.open()
    let environment = Environment.process()
    var out = StandardStream(descriptor: STDOUT_FILENO)
    var err = StandardStream(descriptor: STDERR_FILENO)
    let status = run(
      root, arguments: SystemPath.arguments, out: &out, err: &err,
      environment: environment)
    exit(finish(status, out: &out, err: &err))
  }

  /// Writes what is pending; results that could not be written make a success a failure.
  package static func finish(
    _ status: Int32, out: inout StandardStream, err: inout StandardStream
  ) -> Int32 {
    out.flush()
    defer { err.flush() }
    guard let number = out.failure else { return status }
    err.write("error: standard output could not be written: \(OutputFiles.words(number))\n")
    return status == 0 ? 1 : status
  }
}
