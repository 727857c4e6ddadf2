import Core
import Ingest
import ModelFormats
import Models
import Performance
import Reference
import Support

/// The files of `--models`: which they are, and what the operators of their models cost. Which runs they
/// belong to is the business of `ModelClaims`.
struct ModelFiles {
  /// Those whose costs can be used.
  private(set) var models: [GivenModel] = []
  /// What is wrong with the files, or worth knowing of them.
  private(set) var problems: [Diagnostic] = []

  /// Reads all files that `given` names, folders included.
  init(_ given: [String], progress: Progress) throws(CommandFailure) {
    defer { progress.clear() }
    let paths = try Self.paths(given)
    for (done, path) in paths.enumerated() {
      progress.show("reading models", done, of: paths.count)
      read(path)
    }
  }

  /// `--models *.tflite` makes logs of all but the first.
  static func refuseAsLogs(_ logs: [String]) throws(CommandFailure) {
    guard let model = logs.first(where: { $0.lowercased().hasSuffix(".tflite") }) else { return }
    throw CommandFailure.usage(
      "'\(model)' is a model file, not a log",
      remedy: "Write --models before each model file, or name their folder: --models \(model).")
  }

  /// Files as they were named and, sorted, the `.tflite` files of folders; each path once.
  static func paths(_ given: [String]) throws(CommandFailure) -> [String] {
    var result: [String] = []
    for path in given {
      guard path != "-", let kind = OutputFiles.kind(of: path) else {
        throw CommandFailure.usage(
          "--models: there is no file or folder '\(path)'",
          remedy: "Name a .tflite file, or a folder of such files: --models my_model.tflite.")
      }
      let found = kind == .folder ? FolderTree.files(in: path, ending: ".tflite") : [path]
      guard !found.isEmpty else {
        throw CommandFailure.usage(
          "--models: the folder '\(path)' holds no .tflite file that can be listed",
          remedy:
            "Name a .tflite file, or another folder, at most \(FolderTree.deepest) folders above one."
        )
      }
      result += found
    }
    return result.uniqued()
  }

  private mutating func read(_ path: String) {
    let name = ModelFileName(path)
    let model = ModelName.canonical(name.stem)
    do throws(Diagnostic) {
      let graph = try TFLiteReader.read(path: path)
      // TFLM runs a graph with the shapes of the file, so a size that might change says nothing here.
      problems += graph.remarks.lazy.filter { $0.rule != "dynamic-shape" }.map { $0.of(path) }
      let isTaken = models.contains { $0.source.key == "file:\(name.file)" }
      let key = "file:" + (isTaken ? path : name.file)
      let cost = try ModelCost(graph, model: model, source: key)
      let crc32 = Format.hex(graph.crc32)
      models.append(
        GivenModel(
          path: path, crc32: crc32, cost: cost,
          source: Source(
            key: key, title: "\(name.file), given with --models", url: "",
            note: "\(cost.dtype), CRC-32 \(crc32).")))
      if let claimed = name.dtype, claimed != cost.dtype {
        add(
          .warning, path, "model-name-dtype",
          "is named \(claimed), but computes in \(cost.dtype); it is used as \(cost.dtype)",
          remedy: "Convert the model again if it was to be \(claimed); else rename the file.")
      }
    } catch {
      problems.append(error.of(path))
    }
  }

  private mutating func add(
    _ severity: Severity, _ file: String, _ rule: String, _ message: String, remedy: String
  ) {
    problems.append(
      Diagnostic(rule, message, remedy: remedy, file: file, severity: severity))
  }
}
