// Opens a model of any format by one call: ONNX (also written), Keras .h5, SavedModel, .tflite.
// Knows nothing of quantization.

import Models
import Support

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Opens models of all formats, told apart by their first bytes, not by their names.
public enum ModelOpener {
  /// The model at `path`: a file, or the folder of a SavedModel. Throws what is wrong with it.
  public static func open(_ path: String) throws(Diagnostic) -> OpenedModel {
    switch try format(of: path) {
    case .tflite:
      let graph: Graph
      do throws(Diagnostic) {
        graph = try TFLiteReader.read(path: path)
      } catch {
        throw error.rule == "not-tflite" ? refusal(error) : error
      }
      return OpenedModel(
        path: path, format: .tflite, graph: graph, remarks: graph.remarks, changes: [])
    case .onnx: return try lowered(try ONNXReader.read(path: path), .onnx, path)
    case .kerasH5: return try lowered(try KerasH5Reader.read(path: path), .kerasH5, path)
    case .savedModel: return try lowered(try SavedModelReader.read(path: path), .savedModel, path)
    }
  }

  /// What TFLite's reader says of a file of another kind, with all that may be named.
  private static func refusal(_ found: Diagnostic) -> Diagnostic {
    var result = found
    result.message = found.message.replacing("not a .tflite file", with: "not a model")
    if !found.remedy.hasPrefix("Copy") {
      result.remedy = "Name a .tflite, .onnx or .h5 file, or the folder of a SavedModel."
    }
    return result
  }

  private static func lowered(
    _ imported: ImportedDraft, _ format: ModelFormat, _ path: String
  ) throws(Diagnostic) -> OpenedModel {
    let result: LoweredGraph
    do throws(Diagnostic) {
      // Only ONNX has channels first; a Permute of a Keras model is meant as it stands.
      result = try Lowering.lower(
        imported.draft, options: .init(boundary: format == .onnx ? .channelsLast : .unchanged))
    } catch {
      throw error.of(path)
    }
    return OpenedModel(
      path: path, format: format, graph: result.graph,
      remarks: imported.remarks + result.remarks + notFinite(result.graph),
      changes: result.changes.map { ($0.pass, $0.changes) })
  }

  /// Weights that are infinite or no number: one remark, at the first operator that has any.
  private static func notFinite(_ graph: Graph) -> [Diagnostic] {
    for (index, each) in graph.operators.enumerated() {
      for case let tensor? in each.inputs {
        let bad = graph.tensors[tensor].floatValues?.count { !$0.isFinite } ?? 0
        guard bad > 0 else { continue }
        return [
          Diagnostic(
            "not-finite", "\(bad) of its constants are infinite or no number",
            remedy: "Train or export the model again: its results will be no numbers either.",
            place: Place(
              operatorIndex: index, operatorKind: each.kind.name, tensorIndex: tensor),
            severity: .note)
        ]
      }
    }
    return []
  }

  /// Which reader a path is for.
  static func format(of path: String) throws(Diagnostic) -> ModelFormat {
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw Diagnostic(
        "unreadable", "cannot be opened: \(String(cString: strerror(errno)))",
        remedy: "Check the name and its permissions.", file: path)
    }
    if status.st_mode & S_IFMT == S_IFDIR {
      guard access(path + "/saved_model.pb", F_OK) == 0 else {
        throw Diagnostic(
          "folder", "is a folder without saved_model.pb, so no SavedModel",
          remedy: "Name a model file, or the folder that holds saved_model.pb.", file: path)
      }
      return .savedModel
    }
    try ModelFile.refusePipe(path)
    return try format(of: head(path), path: path)
  }

  /// Which reader a file's first bytes are for.
  static func format(of head: [UInt8], path: String) throws(Diagnostic) -> ModelFormat {
    func refusal(_ message: String, _ remedy: String) -> Diagnostic {
      Diagnostic("format", message, remedy: remedy, file: path)
    }
    if head.dropFirst(4).prefix(4).elementsEqual("TFL3".utf8) { return .tflite }
    if head.starts(with: [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]) { return .kerasH5 }
    if head.starts(with: "PK\u{3}\u{4}".utf8) {
      throw refusal(
        "is a zip archive, as Keras 3 writes .keras and PyTorch .pt",
        "Save it as HDF5 with model.save('model.h5'), or export it as ONNX.")
    }
    let name = path.lowercased()
    // ONNX and SavedModel are protocol buffers, which have no magic number; both start with field 1.
    if head.starts(with: [0x08, 0x01, 0x12]), name.hasSuffix(".pb") {
      throw refusal(
        "is the graph of a SavedModel, whose weights stand beside it",
        "Name the folder that holds it.")
    }
    if head.first == 0x08 || name.hasSuffix(".onnx") { return .onnx }
    // TFLite's reader knows best what else a file may be.
    return .tflite
  }

  private static func head(_ path: String) throws(Diagnostic) -> [UInt8] {
    let descriptor = openForReading(path)
    guard descriptor >= 0 else {
      throw Diagnostic(
        "unreadable", "cannot be opened: \(String(cString: strerror(errno)))",
        remedy: "Check the name and its permissions.", file: path)
    }
    defer { close(descriptor) }
    return Descriptor.next(descriptor, atMost: 16) ?? []
  }
}

private func openForReading(_ path: String) -> Int32 { open(path, O_RDONLY | O_CLOEXEC) }
