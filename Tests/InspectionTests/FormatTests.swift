import Foundation
import Models
import ModelFormats
import Support
import TestSupport
import Testing

@testable import Inspection
@testable import ModelFormats

/// Formats are told apart by bytes, names count only where there is no magic number.
struct FormatTests {
  @Test func firstBytesDecide() throws {
    let hdf5: [UInt8] = [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A, 0]
    let tflite = [0x1C, 0, 0, 0] + Array("TFL3".utf8)
    for name in ["m", "m.onnx", "m.tflite", "m.h5", "m.pb"] {
      try #expect(ModelOpener.format(of: hdf5, path: name) == .kerasH5)
      try #expect(ModelOpener.format(of: tflite, path: name) == .tflite)
    }
    try #expect(ModelOpener.format(of: [0x08, 0x06, 0x12], path: "m") == .onnx)
    try #expect(ModelOpener.format(of: [0x3A, 1], path: "M.ONNX") == .onnx)
    try #expect(ModelOpener.format(of: [], path: "m") == .tflite)
  }

  @Test func otherFormatsAreNamed() {
    let zip = refusal { () throws(Diagnostic) in
      try ModelOpener.format(of: Array("PK\u{3}\u{4}rest".utf8), path: "m.keras")
    }
    #expect(zip?.rule == "format" && zip?.message.contains("zip archive") == true)
    #expect(zip?.remedy.contains("model.h5") == true && zip?.file == "m.keras")
    let graph = refusal { () throws(Diagnostic) in
      try ModelOpener.format(of: [0x08, 0x01, 0x12, 0x05], path: "saved_model.pb")
    }
    #expect(graph?.remedy == "Name the folder that holds it.")
  }

  @Test func pathsAreLookedAtFirst() throws {
    try withFolder { folder in
      let missing = refusal { () throws(Diagnostic) in
        try ModelOpener.open(folder + "/none.tflite")
      }
      #expect(missing?.rule == "unreadable" && missing?.file == folder + "/none.tflite")
      let empty = refusal { () throws(Diagnostic) in try ModelOpener.open(folder) }
      #expect(empty?.rule == "folder" && empty?.message.contains("saved_model.pb") == true)
      try Files.write([1, 2], folder + "/saved_model.pb")
      try #expect(ModelOpener.format(of: folder) == .savedModel)
      let damaged = refusal { () throws(Diagnostic) in try ModelOpener.open(folder) }
      #expect(damaged?.remedy.isEmpty == false)
    }
  }

  /// Whatever a file holds, it is a model or a refusal that names it.
  @Test func anyBytesEndWell() throws {
    let heads: [[UInt8]] = [
      [], [0x08], [0x08, 0x07], [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A],
      [0x14, 0, 0, 0] + Array("TFL3".utf8), Array("PK\u{3}\u{4}".utf8), Array("{\"a\"".utf8),
    ]
    var random = SplitMix(11)
    try withFolder { folder in
      let path = folder + "/m"
      for head in heads {
        for length in [0, 1, 9, 64, 5000] {
          let rest = (0..<length).map { _ in UInt8(truncatingIfNeeded: random.next() >> 24) }
          try Files.write(head + rest, path)
          let found = refusal { () throws(Diagnostic) in try ModelOpener.open(path) }
          #expect(found?.file == path && found?.remedy.isEmpty == false, "\(head) \(length)")
        }
      }
    }
  }
}
