import Interpreter
import Models
import TestSupport
import Testing

@testable import modelgen

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Every kind that can be run, on models of one operator, against what TFLM gave for them; see
/// Tests/Oracles/single_operators.py.
struct OracleCasesTests {
  @Test func outputsHaveTheBitsOfTFLM() throws {
    let text = try Checkout.text("Tests/KernelsTests/Fixtures/single_operators.txt")
    let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
    // All but three of fp32 whose last bits are the C library's.
    #expect(lines.count == OracleFamily.all.count - 3)
    for line in lines {
      let words = line.split(separator: " ")
      try #require(words.count == 3)
      let family = try #require(OracleFamily.all.first { $0.name == words[0] })
      var outputs: [UInt8] = []
      for number in 0..<(try #require(Int(words[1]))) {
        let one = try family.oracleCase(seed: 1, number: number)
        outputs += try Interpreter(one.graph).run(one.inputs).flatMap { $0 }
      }
      #expect(naiveCRC32(outputs) == UInt32(words[2], radix: 16), "\(family.name)")
    }
  }

  @Test func casesDependOnSeedAndNumberAlone() throws {
    for family in OracleFamily.all {
      let one = try family.oracleCase(seed: 7, number: 3)
      let again = try family.oracleCase(seed: 7, number: 3)
      #expect(one.graph == again.graph && one.inputs == again.inputs)
      let other = try family.oracleCase(seed: 8, number: 3)
      #expect(one.graph != other.graph || one.inputs != other.inputs)
    }
  }
}
