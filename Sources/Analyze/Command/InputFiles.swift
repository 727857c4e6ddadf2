extension InputOptions {
  /// The files that are read: logs, a reference and models.
  var files: [String] { logs.filter { $0 != "-" } + [reference].compactMap { $0 } + models }
}
