import Core
import Testing

@testable import Reference

@Suite struct ModelCostTests {
  struct Size: Sendable {
    var model: String
    var macs: UInt64
    var int8: UInt64
    var fp32: UInt64
  }

  /// MACs and weight bytes of the five models of MLPerf Tiny, as counted from their files.
  static let sizes = [
    Size(model: "ad", macs: 264_192, int8: 264_192, fp32: 1_056_768),
    Size(model: "ic", macs: 12_501_632, int8: 77_360, fp32: 309_440),
    Size(model: "kws", macs: 2_656_768, int8: 22_016, fp32: 88_064),
    Size(model: "sww", macs: 826_368, int8: 46_040, fp32: 184_160),
    Size(model: "vww", macs: 7_489_664, int8: 208_112, fp32: 832_448),
  ]

  @Test(arguments: sizes) func sizesAreThoseOfTheModels(size: Size) throws {
    let data = try ReferenceData.bundled()
    let int8 = try #require(data.cost(model: size.model, dtype: .int8))
    let fp32 = try #require(data.cost(model: size.model, dtype: .fp32))
    #expect(int8.macs == size.macs)
    #expect(fp32.macs == size.macs)
    #expect(int8.weightBytes == size.int8)
    #expect(fp32.weightBytes == size.fp32)
  }

  @Test func noOtherModelHasCosts() throws {
    let costs = try ReferenceData.bundled().costs
    #expect(costs.count == 2 * Self.sizes.count)
    #expect(Set(costs.map(\.model)) == Set(Self.sizes.map(\.model)))
  }

  /// MACs and bytes follow from the shapes.
  @Test func macsAndBytesFollowFromShapes() throws {
    for cost in try ReferenceData.bundled().costs {
      for (position, one) in cost.operators.enumerated() {
        let words: Comment = "\(cost.model) \(cost.dtype) \(one.index) \(one.kind)"
        #expect(one.index == position, words)
        let outputs = one.output.reduce(1, *)
        let weights = one.weights.reduce(1, *)
        let perOutput: Int
        switch one.kind {
        case "CONV_2D": perOutput = one.weights.dropFirst().reduce(1, *)
        case "DEPTHWISE_CONV_2D": perOutput = one.weights.dropLast().reduce(1, *)
        case "FULLY_CONNECTED": perOutput = one.weights.last ?? 0
        default: perOutput = 0
        }
        #expect(one.macs == UInt64(outputs * perOutput), words)
        #expect(one.weights.isEmpty == (perOutput == 0), words)
        let bytes = one.weights.isEmpty ? 0 : weights * (cost.dtype == .fp32 ? 4 : 1)
        #expect(one.weightBytes == UInt64(bytes), words)
      }
    }
  }

  @Test func aFileIsLargerThanItsWeights() throws {
    let data = try ReferenceData.bundled()
    for file in data.modelFiles {
      let cost = try #require(data.cost(model: file.model, dtype: file.dtype))
      #expect(file.fileBytes > cost.weightBytes, "\(file.model) \(file.dtype)")
    }
  }
}

@Suite struct InstructionTests {
  private let incidental: Set<String> = ["RESHAPE", "QUANTIZE", "DEQUANTIZE"]

  @Test func theWholeIsNotLessThanItsOperators() throws {
    let data = try ReferenceData.bundled()
    for cost in data.costs {
      let whole = try #require(data.instructions(model: cost.model, dtype: cost.dtype))
      let operators = data.instructions.filter {
        $0.model == cost.model && $0.dtype == cost.dtype && $0.index != nil
      }
      let sum = operators.reduce(0) { $0 + $1.instructions }
      #expect(whole >= sum, "\(cost.model) \(cost.dtype)")
      // The interpreter around the operators is small.
      #expect(Double(whole - sum) < 0.01 * Double(whole) + 10_000, "\(cost.model) \(cost.dtype)")
      #expect(operators.compactMap(\.index) == Array(operators.indices))
    }
  }

  @Test func kindsAlignWithCosts() throws {
    let data = try ReferenceData.bundled()
    for cost in data.costs {
      let counted = data.instructions.filter {
        $0.model == cost.model && $0.dtype == cost.dtype && $0.index != nil
      }.map(\.kind).filter { !incidental.contains($0) }
      let costed = cost.operators.map(\.kind).filter { !incidental.contains($0) }
      #expect(counted == costed, "\(cost.model) \(cost.dtype)")
    }
  }

  @Test func totalsAreNamedInvoke() throws {
    for count in try ReferenceData.bundled().instructions {
      #expect((count.index == nil) == (count.kind == "INVOKE"), "\(count)")
    }
  }
}
