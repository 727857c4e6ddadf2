import Support

/// Recognises files that are no .tflite by their first bytes, so that the message can say what they
/// are.
enum ForeignFormat {
  private static let convert = "Convert it to .tflite first."

  /// Throws what the file is unless it has TFLite's identifier at byte 4.
  static func refuse(_ bytes: [UInt8]) throws(Diagnostic) {
    guard !bytes.isEmpty else {
      throw refusal("the file is empty", "Copy or convert the model again.", at: 0)
    }
    let identifier = bytes.dropFirst(4).prefix(4)
    if identifier.elementsEqual(TFLiteSchema.identifier) { return }
    for (magic, name) in magics where bytes.starts(with: magic) {
      throw refusal("the file is \(name), not a .tflite file", convert, at: 0)
    }
    if let name = protocolBuffer(bytes) {
      throw refusal("the file is \(name), not a .tflite file", convert, at: 0)
    }
    if bytes.dropFirst(8).prefix(4).elementsEqual(TFLiteSchema.identifier) {
      throw refusal(
        "the file has its length before the FlatBuffer, so the identifier TFL3 is at byte 8, not 4",
        "Remove the first four bytes.", at: 8)
    }
    if isText(bytes) {
      let head = String(decoding: bytes.prefix(4096), as: UTF8.self)
      if head.contains("0x") && (head.contains("char") || head.contains("uint8_t")) {
        throw refusal(
          "the file is source code with a model as an array, not a .tflite file",
          "Name the .tflite file it was made from.", at: 0)
      }
      throw refusal("the file is text, not a .tflite file", "Name the .tflite file.", at: 0)
    }
    guard bytes.count >= 8 else {
      throw refusal(
        "the file has \(bytes.count) bytes; a .tflite file has a header of 8",
        "Copy or convert the model again.", at: bytes.count)
    }
    throw refusal(
      "the identifier at byte 4 is '\(printable(String(decoding: identifier, as: UTF8.self)))', "
        + "not 'TFL3'",
      "Name a .tflite file; one of another version has to be converted again.", at: 4)
  }

  private static func refusal(_ message: String, _ remedy: String, at offset: Int)
    -> Diagnostic
  {
    Diagnostic("not-tflite", message, remedy: remedy, place: Place(offset: offset))
  }

  private static let magics: [(magic: [UInt8], name: String)] = [
    ([0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A], "HDF5, as Keras writes to .h5"),
    (Array("PK\u{3}\u{4}".utf8), "a zip archive, as are .keras, .npz and PyTorch's .pt"),
    ([0x1F, 0x8B], "compressed with gzip"),
    ([0x93] + Array("NUMPY".utf8), "a NumPy array"),
    ([0x7F] + Array("ELF".utf8), "a program (ELF)"),
    (Array("UF2\n".utf8), "a firmware image (UF2)"),
    (Array("%PDF".utf8), "a PDF"),
  ]

  /// ONNX and SavedModel have no magic number. Both start with field 1, a small version: ONNX's IR
  /// version is 3 or more (onnx/onnx.proto, enum Version), SavedModel's is 1 and field 2 follows
  /// (tensorflow/core/protobuf/saved_model.proto).
  private static func protocolBuffer(_ bytes: [UInt8]) -> String? {
    guard bytes.count > 2, bytes[0] == 0x08 else { return nil }
    if bytes[1] == 1, bytes[2] == 0x12 { return "a TensorFlow SavedModel" }
    // Fields 2 to 8 of ModelProto: text, number or message.
    let fields: [UInt8] = [0x12, 0x1A, 0x22, 0x28, 0x32, 0x3A, 0x42]
    return (3...32).contains(bytes[1]) && fields.contains(bytes[2]) ? "an ONNX model" : nil
  }

  /// No control characters but white space; anything above ASCII may be UTF-8.
  private static func isText(_ bytes: [UInt8]) -> Bool {
    bytes.prefix(512).allSatisfy { $0 >= 0x20 && $0 != 0x7F || (0x09...0x0D).contains($0) }
  }
}
