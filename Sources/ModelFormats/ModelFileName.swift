import Core

/// What the path of a model says of it: `models/KWS_int8.tflite` is of the model `KWS` in int8. A
/// SavedModel is a folder, whose name counts as a file's does.
public struct ModelFileName: Sendable, Equatable {
  /// The last component; "model" for a path that has none.
  public let file: String
  /// Without the ending of a model file.
  public let base: String
  /// Without the words for a dtype behind it either, in the letters of the file.
  public let stem: String
  /// By the last of those words.
  public let dtype: Dtype?

  private static let endings = [".tflite", ".lite", ".onnx", ".h5", ".hdf5", ".keras"]
  private static let dtypes: [String: Dtype] = [
    "int8": .int8, "fp32": .fp32, "f32": .fp32, "float32": .fp32, "float": .fp32,
  ]

  /// Takes `path` apart; something always remains, so `.onnx` and `_int8.tflite` keep their names.
  public init(_ path: String) {
    file = path.split(separator: "/").last.map(String.init) ?? "model"
    var name = file
    while let ending = Self.endings.first(where: { Self.ends(name, with: $0) }) {
      name.removeLast(ending.count)
    }
    base = name
    var words: [Dtype] = []
    while let split = name.lastIndex(where: { "_-".contains($0) }), split != name.startIndex,
      let dtype = Self.dtypes[name[name.index(after: split)...].lowercased()]
    {
      words.append(dtype)
      name = String(name[..<split])
    }
    stem = name
    dtype = words.first
  }

  private static func ends(_ name: String, with ending: String) -> Bool {
    name.count > ending.count && name.lowercased().hasSuffix(ending)
  }
}
