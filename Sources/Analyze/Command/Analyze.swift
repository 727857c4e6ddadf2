import CommandLineSupport
import Support

/// The program as a function of its arguments and two streams.
enum Analyze {
  /// Runs one command line; returns the exit status of `design.md`: 0 all read, 1 an error in the
  /// input (or, under `--strict`, a finding of severity warning or above), 2 wrong arguments.
  static func run(
    arguments: [String], out: inout some TextStream, err: inout some TextStream,
    environment: Environment
  ) -> Int32 {
    CommandRunner.run(
      AnalyzeCommand.self, arguments: arguments, out: &out, err: &err, environment: environment)
  }
}
