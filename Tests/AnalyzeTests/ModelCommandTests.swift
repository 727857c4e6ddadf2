import Foundation
import Testing

@testable import analyze

/// `analyze model`.
@Suite(.serialized) struct ModelCommandTests {
  @Test func showsOperatorsAndArena() throws {
    try ModelFilesTests.with(["net_int8.tflite": .network()]) { folder, _ in
      let path = folder + "/net_int8.tflite"
      let result = Harness.analyze("model", path)
      #expect(result.status == 0 && result.err.isEmpty, "\(result.err)")
      for word in ["Model net", "DEPTHWISE_CONV_2D", "816", "Arena", "Cortex-M33"] {
        #expect(result.out.contains(word), "\(word)")
      }
      #expect(result.out.split(separator: "\n").allSatisfy { $0.count <= 80 })
    }
  }

  @Test func jsonHoldsTheCosts() throws {
    try ModelFilesTests.with(["net.tflite": .network()]) { folder, _ in
      let out = Harness.analyze("model", folder + "/net.tflite", "--format", "json").out
      let document = try #require(
        try JSONSerialization.jsonObject(with: Data(out.utf8)) as? [String: Any])
      #expect(document["macs"] as? Int == ModelFilesTests.networkMACs)
      #expect(document["weight_bytes"] as? Int == ModelFilesTests.networkWeights)
      let crc32 = try ModelFilesTests.crc32(.network())
      #expect(document["crc32"] as? String == crc32)
      #expect((document["arena"] as? [String: Any])?["minimum_bytes"] as? Int != nil)
    }
  }

  @Test func endingOfTheOutputGivesTheForm() throws {
    try ModelFilesTests.with(["net.tflite": .network()]) { folder, _ in
      let starts = ["csv": "property,value", "md": "# Model net", "html": "<!doctype html>"]
      for (ending, start) in starts {
        let file = "\(folder)/net.\(ending)"
        let result = Harness.analyze("model", folder + "/net.tflite", "-o", file)
        #expect(result.status == 0 && result.out.isEmpty && result.err.isEmpty)
        let text = try String(contentsOfFile: file, encoding: .utf8)
        #expect(text.hasPrefix(start), "\(text.prefix(80))")
      }
    }
  }

  @Test func refusalsSayWhatToDo() throws {
    try ModelFilesTests.with(["net.tflite": .network()]) { folder, log in
      let path = folder + "/net.tflite"
      let before = try Data(contentsOf: URL(fileURLWithPath: path))
      let over = Harness.analyze("model", path, "-o", path, "--format", "text")
      #expect(over.status == 2 && over.err.contains("would replace the input"), "\(over.err)")
      #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
      for file in [folder + "/none", log, folder] {
        let result = Harness.analyze("model", file)
        #expect(result.status == 1 && result.out.isEmpty)
        let lines = result.err.split(separator: "\n")
        #expect(lines.count == 2 && lines[0].hasPrefix(file + ": error: "), "\(result.err)")
        #expect(lines[1].hasPrefix("  "))
      }
    }
  }
}
