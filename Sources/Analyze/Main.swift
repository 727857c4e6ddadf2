#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The process: arguments and streams of the operating system around `Analyze.run`.
@main
enum Main {
  static func main() {
    let environment = Environment.process()
    var out = StandardStream(descriptor: STDOUT_FILENO)
    var err = StandardStream(descriptor: STDERR_FILENO)
    let status = Analyze.run(
      arguments: Array(CommandLine.arguments.dropFirst()), out: &out, err: &err,
      environment: environment)
    out.flush()
    err.flush()
    exit(status)
  }
}
