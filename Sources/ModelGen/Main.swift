// The command `modelgen`: options, and what is written where. Models are made below.

import CommandLineSupport

/// The process.
@main
enum Main {
  static func main() { CommandRunner.main(ModelGenCommand.self) }
}
