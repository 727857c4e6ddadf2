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
    exit(finish(status, out: &out, err: &err))
  }

  /// Writes what is pending; results that could not be written make a success a failure.
  static func finish(
    _ status: Int32, out: inout StandardStream, err: inout StandardStream
  ) -> Int32 {
    out.flush()
    defer { err.flush() }
    guard let number = out.failure else { return status }
    let reason = String(cString: strerror(number))
    err.write("error: standard output could not be written: \(reason)\n")
    return status == 0 ? 1 : status
  }
}
