/// What a command writes to, and what it knows of its surroundings.
package struct Console {
  package var out = ""
  package var err = ""
  package let environment: Environment

  package init(environment: Environment) { self.environment = environment }
}

/// A command that runs on a console, so that tests can call it in process.
package protocol ConsoleCommand {
  func run(on console: inout Console) throws -> Int32
}
