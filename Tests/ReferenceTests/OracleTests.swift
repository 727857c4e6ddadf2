import Models
import TestSupport
import Testing

@testable import Reference

/// Row by row against the files that the figures were taken from.
@Suite(.shared("oracles")) struct OracleTests {
  @Test func instructionsAreThoseOfTheEmulator() throws {
    // Those of the firmware's second engine are from a run of ours, which no oracle has.
    let counts = try ReferenceData.bundled().instructions.filter {
      $0.source == "emulated-instructions"
    }
    var checked = 0
    for row in try oracle("tflm_instructions.tsv") {
      guard counts.contains(where: { $0.model == row[0] }) else { continue }
      let index = Int(row[2])
      #expect((index == nil) == (row[2] == "invoke"), "\(row)")
      let match = counts.first {
        $0.model == row[0] && "\($0.dtype)" == row[1] && $0.index == index
      }
      #expect(match?.kind == (index == nil ? "INVOKE" : row[3]), "\(row)")
      #expect(match?.instructions == UInt64(row[4]), "\(row)")
      checked += 1
    }
    #expect(checked == counts.count)
  }

  /// Names of the graphs in the oracle for a model, dtype and source of the table.
  private func graph(_ cost: ModelCost) -> String? {
    let model = cost.model.uppercased()
    switch cost.source {
    case "mlperf-tiny-models": return "\(model)_\(cost.dtype)"
    case "original-conversion": return "original_\(model)_tf2.13.1"
    // Derived from the int8 graph, with four bytes per weight.
    case "derived-kws-fp32": return "original_KWS_tf2.13.1"
    default: return nil
    }
  }

  @Test func costsAreThoseOfTheFiles() throws {
    let rows = try oracle("tinyml_ops.tsv")
    for cost in try ReferenceData.bundled().costs {
      let name = try #require(graph(cost), "\(cost.source)")
      let operators = rows.filter { $0[0] == name && $0[1] != "TOTAL" }
      try #require(operators.count == cost.operators.count, "\(name)")
      for (row, one) in zip(operators, cost.operators) {
        try expect(one, matches: row, scale: cost.source == "derived-kws-fp32" ? 4 : 1)
      }
    }
  }

  private func expect(_ one: OperatorCost, matches row: [String], scale: UInt64) throws {
    let words: Comment = "\(row)"
    let weighted = ["CONV_2D", "DEPTHWISE_CONV_2D", "FULLY_CONNECTED"].contains(one.kind)
    #expect("\(one.index)" == row[1], words)
    #expect(one.kind == row[2], words)
    #expect(text(one.input) == row[4], words)
    #expect(text(one.output) == row[6], words)
    #expect(UInt64(row[11]) == one.macs, words)
    let bytes = try #require(UInt64(row[9]))
    let constants = try #require(UInt64(row[10]))
    if weighted {
      #expect(text(one.weights) == row[8].split(separator: ":").first.map(String.init), words)
      #expect(one.weightBytes == bytes * scale, words)
      #expect(one.constantBytes == constants, words)
    } else {
      // The oracle counts a RESHAPE's shape as a weight; it is a constant.
      #expect(one.weights.isEmpty && one.weightBytes == 0, words)
      #expect(one.constantBytes == bytes + constants, words)
    }
    let options = row.count > 12 ? row[12].split(separator: " ").map(String.init) : []
    func option(_ name: String) -> String? {
      options.first { $0.hasPrefix(name + "=") }.map { String($0.dropFirst(name.count + 1)) }
    }
    #expect(one.padding == option("padding")?.lowercased(), words)
    let stride = option("strideH").flatMap { h in option("strideW").map { "\(h)x\($0)" } }
    #expect(text(one.stride) == stride ?? "", words)
  }

  private func text(_ shape: [Int]) -> String { shape.map(String.init).joined(separator: "x") }
}
