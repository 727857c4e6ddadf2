import CommandLineSupport

/// The process.
@main
enum Main {
  static func main() { CommandRunner.main(ModelGenCommand.self) }
}
