import Ingest
import TestSupport
import Testing

@testable import Performance

/// Operators that are sums over a kind stand for no single node anywhere.
@Suite struct SumsOfKindsTests {
  private func sums(_ dtype: String, _ times: [(String, Double)]) -> Run {
    makeRun(
      onRP2350("kws", dtype, "sram"), times: [times.reduce(0) { $0 + $1.1 }], kind: .operatorSum,
      operators: times.map { kind, time in
        var one = makeOperator(kind, [time], index: nil)
        one.isSumOfKind = true
        return one
      })
  }

  private var int8: Run {
    sums("int8", [("SOFTMAX", 91e-6), ("CONV_2D", 41350e-6), ("DEPTHWISE_CONV_2D", 190400e-6)])
  }
  private var fp32: Run {
    sums("fp32", [("CONV_2D", 41200e-6), ("DEPTHWISE_CONV_2D", 22610e-6), ("SOFTMAX", 90e-6)])
  }

  @Test func theyAlignByKindInAnyOrder() throws {
    let rows = try analyse([int8, fp32]).comparison.precision.filter { $0.operatorWords != nil }
    #expect(rows.map(\.kind) == ["SOFTMAX", "CONV_2D", "DEPTHWISE_CONV_2D"])
    #expect(rows.allSatisfy { $0.isSumOfKind && $0.operatorIndex == nil })
    #expect(rows[2].operatorWords == "DEPTHWISE_CONV_2D (sum over kind)")
    #expect(isClose(rows[2].ratio.value, 190400.0 / 22610))
  }

  @Test func theFindingNamesTheKind() throws {
    let finding = try #require(
      Int8SlowerThanFP32.findings(in: try analyse([int8, fp32])).first)
    #expect(
      finding.evidence.last
        == "Of the 167.9 ms more, DEPTHWISE_CONV_2D (sum over kind) takes 167.8 ms (99.9 %): 8.42 times "
        + "as much as in fp32.")
    #expect(finding.action == "Check the kernel of DEPTHWISE_CONV_2D, which takes most of it.")
  }

  @Test func theyAreNotSetAgainstSingleOperators() throws {
    let single = makeRun(
      onRP2350("kws", "fp32", "sram"), times: [0.06], kind: .operatorSum,
      operators: [makeOperator("CONV_2D", [0.04]), makeOperator("SOFTMAX", [0.02], index: 1)])
    let analysis = try analyse([int8, single])
    #expect(analysis.comparison.precision.map(\.kind) == ["INVOKE"])
    #expect(analysis.comparison.unaligned.isEmpty)
    let finding = try #require(Int8SlowerThanFP32.findings(in: analysis).first)
    #expect(finding.action.contains("of both runs in the same way"))
  }

  @Test func theyHaveNoCostsAndNoPlaceOnARoofline() throws {
    let analysis = try analyse([int8])
    let run = try #require(analysis.selection.runs.first)
    #expect(
      run.operators.allSatisfy { $0.macs == nil && $0.costsReason.contains("sum over a kind") })
    #expect(analysis.roofline.points.filter { $0.operatorPosition != nil }.isEmpty)
    #expect(analysis.roofline.leftOut.contains { $0.operators == 3 })
  }
}
