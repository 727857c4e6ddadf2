import Models

/// Files of a SavedModel folder.
enum SavedModelFile {
  /// All bytes of a file that must be there.
  static func bytes(_ path: String) throws(ModelDiagnostic) -> [UInt8] {
    guard InputFile.kind(path) != nil else {
      throw ModelDiagnostic(
        "saved-model-file", "is missing",
        remedy: "A SavedModel is a folder with saved_model.pb and variables/: copy all of it.",
        file: path)
    }
    return try InputFile.bytes(path: path)
  }
}

extension ModelDiagnostic {
  /// The same, of that file unless it names one.
  func named(_ path: String) -> ModelDiagnostic {
    guard file.isEmpty else { return self }
    var result = self
    result.file = path
    return result
  }
}
