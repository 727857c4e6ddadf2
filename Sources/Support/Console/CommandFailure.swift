/// Why a command ends without what it was asked for, and the exit status that says so.
package struct CommandFailure: Error {
  package var diagnostic: Diagnostic
  package var status: Int32

  package init(_ diagnostic: Diagnostic, status: Int32) {
    self.diagnostic = diagnostic
    self.status = status
  }

  /// Arguments that make no sense together.
  package static func usage(_ message: String, remedy: String) -> CommandFailure {
    CommandFailure(Diagnostic("usage", message, remedy: remedy), status: 2)
  }

  /// Results that could not be written.
  package static func output(_ message: String, remedy: String) -> CommandFailure {
    CommandFailure(Diagnostic("output", message, remedy: remedy), status: 1)
  }
}
