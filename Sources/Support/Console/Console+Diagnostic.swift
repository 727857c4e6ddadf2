extension Console {
  /// Writes a diagnostic to standard error: where and what, and on a second line what to do.
  package mutating func report(_ diagnostic: Diagnostic) { err += "\(diagnostic)\n" }
}
