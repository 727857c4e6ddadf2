extension InputOptions {
  /// The files that are read: logs, references and models.
  var files: [String] {
    let references = reference.flatMap { (try? ReferenceFolder.files($0)) ?? [$0] }
    return (logs + references).filter { $0 != "-" } + models
  }
}
