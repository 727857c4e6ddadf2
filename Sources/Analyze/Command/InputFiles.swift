extension InputOptions {
  /// The files that are read: logs, references and models.
  var files: [String] { (logs + reference).filter { $0 != "-" } + models }
}
