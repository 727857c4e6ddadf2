/// The rules of one room, by the names that its diagnostics bear.
package protocol DiagnosticRule: RawRepresentable<String> {}

extension DiagnosticRule {
  /// Says that the rule is broken: what is there and what must be, and what to do.
  package func broken(_ message: String, remedy: String) -> Diagnostic {
    Diagnostic(rawValue, message, remedy: remedy)
  }
}
