import Models
import Support

/// Recognises files that are no .onnx by their first bytes, so that the message can say what they
/// are. ONNX has no magic number: a file starts with any field of ModelProto.
enum ForeignONNX {
  static func refuse(_ bytes: [UInt8]) throws(Diagnostic) {
    guard let first = bytes.first else { throw refusal("the file is empty", "Export it again.") }
    if bytes.dropFirst(4).prefix(4).elementsEqual("TFL3".utf8) {
      throw refusal("the file is a .tflite file, not an .onnx file", "Name it with its ending.")
    }
    for (magic, name) in magics where bytes.starts(with: magic) {
      throw refusal("the file is \(name), not an .onnx file", "Export the model to ONNX first.")
    }
    // Field number and wire type; numbers 1 to 26 are ModelProto's, types 0 and 2 those in use.
    guard (1...26).contains(fieldNumber(bytes)), first & 7 == 0 || first & 7 == 2 else {
      throw refusal(
        "the first byte, \(first), starts no field of an ONNX model", "Name the .onnx file.")
    }
  }

  private static func fieldNumber(_ bytes: [UInt8]) -> Int {
    guard bytes[0] >= 0x80, bytes.count > 1 else { return Int(bytes[0]) >> 3 }
    return (Int(bytes[0] & 0x7F) | Int(bytes[1]) << 7) >> 3
  }

  private static func refusal(_ message: String, _ remedy: String) -> Diagnostic {
    Diagnostic("not-onnx", message, remedy: remedy, place: Place(offset: 0))
  }

  private static let magics: [(magic: [UInt8], name: String)] = [
    ([0x89, 0x48, 0x44, 0x46], "HDF5, as Keras writes to .h5"),
    (Array("PK\u{3}\u{4}".utf8), "a zip archive, as are .keras, .npz and PyTorch's .pt"),
    ([0x1F, 0x8B], "compressed with gzip"),
    ([0x08, 0x01, 0x12], "a TensorFlow SavedModel"),
  ]
}
