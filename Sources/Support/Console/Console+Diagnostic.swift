extension Console {
  /// Writes a diagnostic to standard error: where and what, and on a second line what to do.
  package mutating func report(_ diagnostic: Diagnostic) {
    err += MessageText.line(diagnostic.headline) + "\n"
    if !diagnostic.remedy.isEmpty { err += "  " + MessageText.line(diagnostic.remedy) + "\n" }
  }
}
