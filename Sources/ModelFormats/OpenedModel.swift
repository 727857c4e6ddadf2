import Models

/// How a model is stored.
public enum ModelFormat: String, Sendable, CaseIterable {
  case tflite = "TFLite"
  case onnx = "ONNX"
  case kerasH5 = "Keras .h5"
  case savedModel = "SavedModel"
}

/// A model of any format as a graph of TFLite operators.
public struct OpenedModel: Sendable {
  /// As the user gave it.
  public var path: String
  /// How it is stored.
  public var format: ModelFormat
  /// What a converter would write; of a .tflite file its own graph.
  public var graph: Graph
  /// What was changed, left out or taken on trust on the way.
  public var remarks: [ModelDiagnostic]
  /// How many changes each transform made, for those that made any.
  public var changes: [(pass: String, count: Int)]

  /// The model's name: that of the file without folder, ending and `_fp32` or `_int8`.
  public var name: String { ModelFileName.stem(path) }
}

/// What a path says of a model.
public enum ModelFileName {
  /// The last component without its ending and without the dtype at its end.
  public static func stem(_ path: String) -> String {
    var name = path.split(separator: "/").last.map(String.init) ?? ""
    for ending in [".tflite", ".onnx", ".h5", ".hdf5", ".keras"]
    where name.lowercased().hasSuffix(ending) && name.count > ending.count {
      name.removeLast(ending.count)
    }
    for dtype in ["_int8", "_fp32"] where name.hasSuffix(dtype) && name.count > dtype.count {
      name.removeLast(dtype.count)
    }
    return name.isEmpty ? "model" : name
  }
}
