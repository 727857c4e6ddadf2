import Models
import Support

/// Reads models that Keras 2, or Keras 3 in its legacy format, saved as `.h5`: Sequential and
/// Functional models of the layers that `KerasOperation` names.
///
/// The draft is float32 and has Keras' order of operators: an activation is an operator of its own,
/// batch normalisation a MUL and an ADD; transforms join them. A batch of unknown size becomes 1.
public enum KerasH5Reader {
  /// Reads the file at `path`.
  public static func read(path: String) throws(Diagnostic) -> ImportedDraft {
    if OutputFiles.isFolder(path) {
      throw Diagnostic(
        "folder", "is a folder, not a .h5 file",
        remedy: "Name the .h5 file; a SavedModel is a folder that holds saved_model.pb.", file: path
      )
    }
    return try read(bytes: try ModelFile.bytes(path: path, kind: ".h5") { _ in }, path: path)
  }

  /// Reads a file's bytes; `path` is for messages.
  public static func read(
    bytes: [UInt8], path: String = ""
  ) throws(Diagnostic) -> ImportedDraft {
    do throws(Diagnostic) {
      var result = try read(bytes)
      result.remarks = result.remarks.map { $0.of(path) }
      return result
    } catch {
      throw error.of(path)
    }
  }

  private static func read(_ bytes: [UInt8]) throws(Diagnostic) -> ImportedDraft {
    if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
      throw Diagnostic(
        "keras-archive", "is a zip archive, as Keras 3's .keras files are; .h5 files are read",
        remedy: "Load it in Keras and save it with model.save('NAME.h5').")
    }
    let file = try HDF5File(bytes)
    guard let text = try file.texts("model_config", of: file.superblock.root)?.first else {
      throw Diagnostic(
        "keras-no-model",
        "has no attribute `model_config`: it holds weights without a model, or is not Keras'",
        remedy: "Save the whole model with model.save('NAME.h5').")
    }
    let model = try KerasModel(try JSONParser.parse(text, "the attribute `model_config`"))
    return try KerasImporter.draft(model, try H5Weights(file))
  }
}
