import Models
import Support

extension Console {
  /// Writes a diagnostic to standard error: where and what, and on a second line what to do.
  mutating func report(_ diagnostic: ModelDiagnostic, severity: String, of name: String = "") {
    let place = diagnostic.place.description
    let file = diagnostic.file.isEmpty ? name : diagnostic.file
    let head = [file, place].filter { !$0.isEmpty }.joined(separator: ": ")
    let start = head.isEmpty ? "" : head + ": "
    err += MessageText.line("\(start)\(severity): \(diagnostic.message)") + "\n"
    err += "  " + MessageText.line(diagnostic.remedy) + "\n"
  }

  /// The same of each.
  mutating func report(_ diagnostics: [ModelDiagnostic], severity: String, of name: String) {
    for each in diagnostics { report(each, severity: severity, of: name) }
  }
}
