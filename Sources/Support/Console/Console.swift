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

/// Arguments that make no sense together; exit status 2.
package struct UsageFailure: Error {
  package var message: String
  package var remedy: String

  package init(message: String, remedy: String) {
    self.message = message
    self.remedy = remedy
  }
}

/// Results that could not be written; exit status 1.
package struct OutputFailure: Error {
  package var message: String
  package var remedy: String

  package init(message: String, remedy: String) {
    self.message = message
    self.remedy = remedy
  }
}
