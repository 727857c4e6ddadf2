import Foundation
import Models
import Testing

@testable import Interpreter
@testable import Keras
@testable import ONNX
@testable import Quantizer
@testable import modelgen

/// The lists in docs/models.md are those of the sources.
struct DocumentTests {
  /// Words in backquotes of the paragraph that starts so.
  private func list(_ start: String) throws -> Set<String> {
    let text = try Harness.text(Harness.root.path + "/docs/models.md")
    let paragraphs = text.components(separatedBy: "\n\n")
    let paragraph = try #require(paragraphs.first { $0.hasPrefix(start) }, "\(start)")
    return Set(paragraph.matches(of: /`([A-Za-z0-9_]+)`/).map { String($0.output.1) })
  }

  @Test func listsAreThoseOfTheSources() throws {
    try #expect(list("ONNX operators:") == Set(OperatorTable.rules.keys))
    try #expect(list("Keras activations:") == Set(KerasActivation.allCases.map(\.rawValue)))
    try #expect(list("Kinds that can be run") == Set(KindPreparations.all.map(\.kind.name)))
    let quantized = QuantizationRule.kinds.components(separatedBy: ", ")
    try #expect(list("Kinds that can be quantized") == Set(quantized))
    for code in 0..<200 {
      let kind = OperatorKind(code: code)
      #expect((QuantizationRule.of(kind) != nil) == quantized.contains(kind.name), "\(kind.name)")
    }
  }

  @Test func layersAreThoseOfTheSource() throws {
    let source = try Harness.text(Harness.root.path + "/Sources/Keras/Layers/KerasOperation.swift")
    let start = try #require(source.firstRange(of: "switch config.className"))
    let end = try #require(source.firstRange(of: "case let name where Self.trainingOnly"))
    let read = source[start.upperBound..<end.lowerBound].matches(of: /case "([A-Za-z0-9]+)"/)
    let ignored = try #require(source.firstMatch(of: /trainingOnly: Set<String> = \[([^\]]*)\]/))
    let names =
      read.map { String($0.output.1) }
      + ignored.output.1.matches(of: /"([A-Za-z0-9]+)"/).map { String($0.output.1) }
    #expect(names.count > 16)
    try #expect(list("Keras layers:") == Set(names))
  }

  @Test func opsetsAreThoseOfTheReader() throws {
    let text = try Harness.text(Harness.root.path + "/docs/models.md")
    #expect(
      text.contains("opset \(ONNXReader.opsets.lowerBound) to \(ONNXReader.opsets.upperBound),"))
  }
}
