import Support

extension Console {
  /// Writes each diagnostic to standard error, of that file unless it names one.
  mutating func report(_ diagnostics: [Diagnostic], of file: String) {
    for each in diagnostics { report(each.within(file: file)) }
  }
}
