@testable import ModelFormats
import Models
import ModelFormats
import Support

extension Target {
  /// .onnx files: a draft that can be lowered, or a message.
  static let onnx = Target(name: "onnx") { bytes in
    guard let found = outcome({ () throws(Diagnostic) in try ONNXReader.read(bytes: bytes) })
    else { return }
    checkImport(found, .channelsLast, ModelUse(bytes))
  }

  /// .h5 files, and Keras' JSON by itself, whose layers have no weights then.
  static let keras = Target(name: "keras") { bytes in
    let found = outcome { () throws(Diagnostic) in
      guard bytes.first == UInt8(ascii: "{") else { return try KerasH5Reader.read(bytes: bytes) }
      let json = try JSONParser.parse(String(decoding: bytes, as: UTF8.self), "the input")
      return try KerasImporter.draft(try KerasModel(json), NoWeights())
    }
    if let found { checkImport(found, .unchanged, ModelUse(bytes)) }
  }

  /// SavedModel folders, their files in one: see `SavedModelBundle`.
  static let savedModel = Target(name: "savedmodel") { bytes in
    let found = outcome { () throws(Diagnostic) in
      try SavedModelReader.read("", in: SavedModelBundle.files(bytes))
    }
    if let found { checkImport(found, .unchanged, ModelUse(bytes)) }
  }
}

private struct NoWeights: WeightSource {
  func arrays(of layer: String) -> [String: WeightArray] { [:] }
}

/// A folder in one piece: a byte for choices, then files, `separator` between them.
private enum SavedModelBundle {
  static let separator: [UInt8] = Array("|\u{1}FILE\u{2}|".utf8)
  static let names = [
    "saved_model.pb", "variables/variables.index", "variables/variables.data-00000-of-00001",
    "keras_metadata.pb",
  ]

  /// Checksums count where the first byte is odd.
  static func files(_ bytes: [UInt8]) -> SavedModelFiles {
    var parts: [[UInt8]] = [[]]
    var place = min(1, bytes.count)
    while place < bytes.count {
      let isEnd = bytes[place] == separator[0] && bytes[place...].starts(with: separator)
      if isEnd, parts.count < names.count {
        parts.append([])
        place += separator.count
      } else {
        parts[parts.count - 1].append(bytes[place])
        place += 1
      }
    }
    let files = Dictionary(zip(names, parts), uniquingKeysWith: { first, _ in first })
    return SavedModelFiles(verifiesChecksums: (bytes.first ?? 0) % 2 == 1, memory: files)
  }
}

private func checkImport(
  _ imported: ImportedDraft, _ boundary: TransposeFolding.Boundary, _ use: ModelUse
) {
  imported.remarks.forEach(checkText)
  guard let graph = outcome({ () throws(Diagnostic) in try imported.draft.graph() }) else {
    return
  }
  _ = graph.costs
  do throws(Diagnostic) {
    let lowered = try Lowering.lower(imported.draft, options: .init(boundary: boundary))
    lowered.remarks.forEach(checkText)
    checkUses(lowered.graph, use, isLowered: true)
    if use == .comparing { checkMeaning(imported.draft) }
  } catch {
    checkText(error)
    require(false, "a sound draft cannot be lowered: \(error.headline)")
  }
}
