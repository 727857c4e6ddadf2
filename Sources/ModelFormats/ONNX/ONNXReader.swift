import Support

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
import Models
import SwiftProtobuf

/// Reads .onnx files: the operators of opset 7 to 21 that a small network is made of
/// (https://onnx.ai/onnx/operators).
///
/// The draft holds TFLite's operators. Inputs and outputs keep the order of the file, [N, C, H, W]
/// for images: a TRANSPOSE stands before and after each operator on images, weights are transposed
/// here. Nothing in the file is trusted: sizes are checked before they are used, and work and memory
/// are bounded by the size of the file.
public enum ONNXReader {
  /// Versions of the default operator domain that are read.
  public static let opsets = 7...21

  /// The model of the file at `path`; `-` is standard input. Throws what is wrong with the file.
  public static func read(path: String) throws(Diagnostic) -> ImportedDraft {
    let bytes: [UInt8]
    do throws(Diagnostic) {
      bytes = try ModelFile.bytes(path: path, kind: ".onnx") { (head) throws(Diagnostic) in
        try ForeignONNX.refuse(head)
      }
    } catch {
      throw error.of(path)
    }
    return try read(bytes: bytes, path: path)
  }

  /// The model of a file's bytes. `path` is only named in diagnostics.
  public static func read(bytes: [UInt8], path: String = "") throws(Diagnostic)
    -> ImportedDraft
  {
    do throws(Diagnostic) {
      try ForeignONNX.refuse(bytes)
      return try Importer.imported(decode(bytes), fileSize: bytes.count)
    } catch {
      throw error.of(path)
    }
  }

  private static func decode(_ bytes: [UInt8]) throws(Diagnostic) -> ONNXModelProto {
    guard bytes.count <= largest else {
      throw Diagnostic(
        "file-size", "has \(bytes.count) bytes; up to \(largest) are read",
        remedy: "A model for a microcontroller is a few MB at most: check the name.",
        place: Place(offset: largest))
    }
    try WireScan.check(bytes)
    var options = BinaryDecodingOptions()
    options.discardUnknownFields = true
    do {
      return try ONNXModelProto(serializedBytes: bytes, options: options)
    } catch {
      throw Diagnostic(
        "not-onnx", "the file is damaged, or no ONNX file: a field is not of its type",
        remedy: "Copy or export the model again.")
    }
  }

  /// 256 MiB; constants are held twice while they are decoded.
  private static let largest = 256 << 20
}
