import Models
import Support

/// Files of a SavedModel by path: on disk, or in memory where many are tried.
struct SavedModelFiles {
  /// True, unless damage is to get past checksums to what they protect, as in fuzzing.
  var verifiesChecksums = true
  /// All files there are; nil where they are on disk.
  var memory: [String: [UInt8]]?

  func contains(_ path: String) -> Bool {
    memory.map { $0[path] != nil } ?? (OutputFiles.kind(of: path) != nil)
  }

  /// All bytes of a file that must be there.
  func bytes(_ path: String) throws(Diagnostic) -> [UInt8] {
    guard contains(path) else {
      throw Diagnostic(
        "saved-model-file", "is missing",
        remedy: "A SavedModel is a folder with saved_model.pb and variables/: copy all of it.",
        file: path)
    }
    if let memory { return memory[path] ?? [] }
    return try ModelFile.bytes(path: path, kind: "SavedModel") { _ in }
  }
}
