import Models

/// Files of a SavedModel folder.
enum SavedModelFile {
  /// All bytes of a file that must be there.
  static func bytes(_ path: String) throws(ModelDiagnostic) -> [UInt8] {
    guard PathKind(path) != nil else {
      throw ModelDiagnostic(
        "saved-model-file", "is missing",
        remedy: "A SavedModel is a folder with saved_model.pb and variables/: copy all of it.",
        file: path)
    }
    return try ModelFile.bytes(path: path, kind: "SavedModel") { _ in }
  }
}

extension ModelDiagnostic {
  /// The same, of that file unless it names one.
  func ofFile(_ path: String) -> ModelDiagnostic {
    file.isEmpty ? of(path) : self
  }
}
