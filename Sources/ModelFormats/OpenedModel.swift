import Models
import Support

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
  public var remarks: [Diagnostic]
  /// How many changes each transform made, for those that made any.
  public var changes: [(pass: String, count: Int)]

  /// The model's name: that of the file without folder, ending and dtype.
  public var name: String { ModelFileName(path).stem }
}
