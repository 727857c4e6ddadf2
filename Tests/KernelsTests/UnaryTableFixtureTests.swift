import Kernels
import TestSupport
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// All 256 results of operators of one int8 input against what TFLM gave, over many scales and zero
/// points; see Tests/Oracles/single_operators.py.
struct UnaryTableFixtureTests {
  private struct Line {
    let kind: String
    let input: AffineInt8
    let output: AffineInt8?
    let digest: UInt32

    init?(_ text: Substring) {
      let words = text.split(separator: " ")
      guard words.count == 6, let scale = UInt32(words[1], radix: 16),
        let zeroPoint = Int32(words[2]), let outputZeroPoint = Int32(words[4]),
        let digest = UInt32(words[5], radix: 16)
      else { return nil }
      kind = String(words[0])
      input = AffineInt8(scale: Float(bitPattern: scale), zeroPoint: zeroPoint)
      output = UInt32(words[3], radix: 16).map {
        AffineInt8(scale: Float(bitPattern: $0), zeroPoint: outputZeroPoint)
      }
      self.digest = digest
    }
  }

  private func lines() throws -> [Line] {
    let texts = try Checkout.text("Tests/KernelsTests/Fixtures/unary_tables.txt")
      .split(separator: "\n").filter { !$0.hasPrefix("#") }
    return try texts.map { try #require(Line($0)) }
  }

  private func results(_ line: Line) throws -> [UInt8] {
    func elements(
      _ body: (UnsafePointer<Int8>, UnsafeMutablePointer<Int8>) -> Void
    ) -> [UInt8] {
      applied(to: everyInt8, count: 256, zero: 0, body).map { UInt8(bitPattern: $0) }
    }
    switch line.kind {
    case "TANH":
      return elements { tanhInt8(CurveParameters(line.input), count: 256, input: $0, output: $1) }
    case "LOGISTIC":
      return elements {
        logisticInt8(CurveParameters(line.input), count: 256, input: $0, output: $1)
      }
    case "RELU":
      let output = try #require(line.output)
      let parameters = try #require(RequantizationParameters(rectifying: line.input, to: output))
      return elements { requantizeInt8(parameters, count: 256, input: $0, output: $1) }
    case "RELU6":
      let range = Int8Range(lowest: line.input.zeroPoint, highest: line.input.element(6))
      return elements { clampInt8(range, count: 256, input: $0, output: $1) }
    case "QUANTIZE":
      let output = try #require(line.output)
      let parameters = try #require(RequantizationParameters(quantizing: line.input, to: output))
      return elements { requantizeInt8(parameters, count: 256, input: $0, output: $1) }
    default:
      try #require(line.kind == "DEQUANTIZE")
      let numbers = applied(to: everyInt8, count: 256, zero: Float(0)) {
        dequantizeInt8(line.input, count: 256, input: $0, output: $1)
      }
      return numbers.flatMap { withUnsafeBytes(of: $0.bitPattern.littleEndian, Array.init) }
    }
  }

  @Test func everyElementHasTheBitsOfTFLM() throws {
    let lines = try lines()
    #expect(lines.count >= 6 * 20)
    #expect(Set(lines.map(\.kind)).count == 6)
    for line in lines {
      let digest = naiveCRC32(try results(line))
      #expect(
        digest == line.digest,
        "\(line.kind), scale \(line.input.scale), zero point \(line.input.zeroPoint)")
    }
  }

  @Test func tablesHaveTheBitsOfTheKernels() throws {
    for line in try lines() {
      var table = [Int8](repeating: 0, count: 256)
      switch line.kind {
      case "TANH": fillTanhTable(CurveParameters(line.input), table: &table)
      case "LOGISTIC": fillLogisticTable(CurveParameters(line.input), table: &table)
      case "RELU":
        let output = try #require(line.output)
        fillRequantizationTable(
          try #require(RequantizationParameters(rectifying: line.input, to: output)),
          table: &table)
      default: continue
      }
      let found = applied(to: everyInt8, count: 256, zero: Int8(0)) {
        lookUpInt8(table: table, count: 256, input: $0, output: $1)
      }
      #expect(found.map { UInt8(bitPattern: $0) } == (try results(line)))
    }
  }
}
