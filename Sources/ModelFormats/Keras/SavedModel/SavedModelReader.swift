import Models
import Support

/// Reads SavedModel folders that Keras 2 wrote: the layers that `KerasOperation` names.
///
/// The model comes from Keras' own metadata, not from TensorFlow's functions, and the weights from the
/// checkpoint in `variables/`, its checksums verified. The draft is as that of `KerasH5Reader`.
public enum SavedModelReader {
  /// Reads the folder, or the folder of a `saved_model.pb`, at `path`.
  public static func read(path folder: String) throws(Diagnostic) -> ImportedDraft {
    do throws(Diagnostic) {
      var result = try read(try root(folder), in: SavedModelFiles())
      result.remarks = result.remarks.map { $0.of(folder) }
      return result
    } catch {
      throw error.within(file: folder)
    }
  }

  private static func root(_ path: String) throws(Diagnostic) -> String {
    switch OutputFiles.kind(of: path) {
    case nil:
      throw Diagnostic("unreadable", "there is no such folder", remedy: "Check the name.")
    case .folder?: return path.hasSuffix("/") ? path : path + "/"
    case _ where path.hasSuffix("/saved_model.pb"): return String(path.dropLast(14))
    case _ where path == "saved_model.pb": return ""
    default:
      throw Diagnostic(
        "folder", "is no folder; a SavedModel is one, with saved_model.pb in it",
        remedy: "Name the folder.")
    }
  }

  /// Reads what stands below `root`, which is empty or ends in a slash.
  static func read(
    _ root: String, in files: SavedModelFiles
  ) throws(Diagnostic) -> ImportedDraft {
    let path = root + "saved_model.pb"
    let objects = try objects(root, path, files)
    let model: KerasModel
    do throws(Diagnostic) {
      model = try KerasModel(objects.model)
    } catch {
      throw error.within(file: path)
    }
    let bundle = try TensorBundle(prefix: root + "variables/variables", in: files)
    return try KerasImporter.draft(model, try CheckpointWeights(bundle, edges: objects.edges))
  }

  private static func objects(
    _ root: String, _ path: String, _ files: SavedModelFiles
  ) throws(Diagnostic) -> KerasObjects {
    do throws(Diagnostic) {
      let message = try ProtoMessage.decode(
        Pico2Benchmark_SavedModel_SavedModel.self, try files.bytes(path)[...], "the model")
      let graphs = message.metaGraphs.map(\.objectGraphDef)
      guard let graph = graphs.first(where: { !$0.nodes.isEmpty }) else {
        throw Diagnostic(
          "saved-model-objects", "holds no graph of objects, as TensorFlow 2 writes it",
          remedy: "Save it again with Keras 2: model.save(FOLDER).")
      }
      let separate = root + "keras_metadata.pb"
      let metadata = files.contains(separate) ? try files.bytes(separate)[...] : nil
      return try KerasObjects(graph, separate: metadata)
    } catch {
      throw error.within(file: path)
    }
  }
}
