import Models
import Testing

@testable import Interpreter
@testable import Models
@testable import Quantizer
@testable import modelgen

/// What CONTRIBUTING says of a new operator: one that is run stands in every other list, too.
struct OperatorListTests {
  private static let run = Set(KindPreparations.all.map(\.kind.name))

  @Test func whatIsRunIsComparedWithTFLM() throws {
    let compared = try OracleFamily.all.map {
      try $0.oracleCase(seed: 1, number: 0).graph.operators[0].kind.name
    }
    #expect(Set(compared) == Self.run)
  }

  @Test func whatIsRunHasAMethodOfTheResolver() throws {
    for family in OracleFamily.all {
      #expect(try ResolverMethods.of(family.oracleCase(seed: 1, number: 0).graph).count == 1)
    }
  }

  @Test func whatIsRunIsMadeInt8ButForTwo() {
    // These two change the dtype itself.
    #expect(
      Self.run.subtracting(QuantizationRule.kinds.map(\.name)) == ["QUANTIZE", "DEQUANTIZE"])
  }
}
