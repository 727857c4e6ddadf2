import Foundation
import Models
import TestSupport
import Testing

@testable import Interpreter
@testable import ModelFormats
@testable import ModelFormats
@testable import Quantizer
@testable import modelgen

/// The lists in docs/models.md are made from the tables of the sources.
struct DocumentTests {
  private static let path = Checkout.path("docs/models.md")
  private static let start = "from the tables of the sources. -->\n\n"
  private static let end = "<!-- End of what is made. -->"

  /// Names in backquotes with commas between them, in lines of 120 characters.
  private static func paragraph(_ head: String, _ names: some Sequence<String>) -> String {
    var lines = head.components(separatedBy: "\n")
    for (position, name) in names.sorted().enumerated() {
      let word = (position == 0 ? "" : ", ") + "`\(name)`"
      // With the point or comma that follows.
      if lines[lines.count - 1].count + word.count + 1 <= 120 {
        lines[lines.count - 1] += (position == 0 ? " " : "") + word
      } else {
        if position > 0 { lines[lines.count - 1] += "," }
        lines.append("`\(name)`")
      }
    }
    return lines.joined(separator: "\n") + ".\n"
  }

  private static func names(_ result: OperatorRule.Result) -> [String] {
    OperatorTable.rules.filter { $0.value.result == result }.map(\.key)
  }

  private static var made: String {
    var rows = ["| ONNX | TFLite |", "|---|---|"]
    for (name, rule) in OperatorTable.rules.sorted(by: { $0.key < $1.key }) {
      guard case .operators(let kinds) = rule.result else { continue }
      rows.append("| `\(name)` | " + kinds.map { "`\($0.name)`" }.joined(separator: ", ") + " |")
    }
    let run = Set(KindPreparations.all.map(\.kind.name))
    let quantized = Set(QuantizationRule.kinds.map(\.name))
    return [
      "ONNX operators and what becomes of them, with `TRANSPOSE` where another layout is needed:\n",
      rows.joined(separator: "\n") + "\n",
      paragraph(
        "ONNX operators of constants and shapes, evaluated as the file is read; there is no kernel "
          + "for them, and on data\nthey are refused:", names(.constant)),
      paragraph("ONNX operators that change nothing and are left out:", names(.nothing)),
      paragraph("Keras layers:", KerasOperation.computing.keys),
      paragraph("Keras layers that do nothing at inference:", KerasOperation.trainingOnly),
      paragraph("Keras activations:", KerasActivation.allCases.map(\.rawValue)),
      paragraph(
        "Kinds that are run, by `modelgen run`, calibration and the firmware's engine:", run),
      paragraph("Kinds that are made int8: all of these but", run.subtracting(quantized)),
    ].joined(separator: "\n") + "\n"
  }

  @Test func listsAreCurrent() throws {
    let text = try Files.text(Self.path)
    let start = try #require(text.firstRange(of: Self.start)).upperBound
    let end = try #require(text.firstRange(of: Self.end)).lowerBound
    var renewed = text
    renewed.replaceSubrange(start..<end, with: Self.made)
    if Golden.isRenewed {
      try Files.write(Array(renewed.utf8), Self.path)
    } else {
      #expect(
        renewed == text, "docs/models.md is not current; renew it with Scripts/renew-goldens")
    }
  }

  /// What is made int8 can be calibrated, and what is read can be run.
  @Test func everyKindThatIsReadHasAKernel() {
    let run = Set(KindPreparations.all.map(\.kind))
    #expect(run.isSuperset(of: QuantizationRule.kinds))
    for (name, rule) in OperatorTable.rules {
      guard case .operators(let kinds) = rule.result else { continue }
      #expect(!kinds.isEmpty && run.isSuperset(of: kinds), "\(name)")
    }
    for activation in KerasActivation.allCases {
      #expect(activation.kind.map { run.contains($0.0) } ?? true, "\(activation)")
    }
  }

  @Test func opsetsAreThoseOfTheReader() throws {
    let text = try Files.text(Self.path)
    #expect(
      text.contains("opset \(ONNXReader.opsets.lowerBound) to \(ONNXReader.opsets.upperBound),"))
  }
}
