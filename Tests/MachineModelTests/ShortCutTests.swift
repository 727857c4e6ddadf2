import TestSupport
import Testing

@testable import MachineModel

/// What is not walked must come out as if it were.
@Suite struct ShortCutTests {
  static let interface = FlashInterface(cooldownCycles: 64, pageBreakBytes: 256)

  @Test(arguments: LoopOrder.all)
  func repeatedPassesAreMultiplied(order: LoopOrder) {
    var generator = SplitMix(21)
    for _ in 0..<25 {
      var reader = WeightReader.random(order, &generator, channels: 4...40, depths: 1...30)
      (reader.inputHeight, reader.outputHeight) = (
        12, (11 + reader.strideHeight) / reader.strideHeight
      )
      (reader.inputWidth, reader.outputWidth) = (15, (14 + reader.strideWidth) / reader.strideWidth)
      reader.biasAddress = reader.biasAddress.map { _ in reader.weights.upperBound + 64 }
      let lines = reader.endAddress / 8 + 1
      let code = lines + 1..<lines + .random(in: 1...6, using: &generator)
      let cache = geometry(bytes: .random(in: 1...3, using: &generator) == 1 ? 512 : 2048)
      func run(_ all: Bool) -> LineTraffic {
        traffic(
          reader, expectedCache(cache, lines: 1 << 15), interface: Self.interface, code: code,
          walksAllPasses: all)
      }
      let (all, few) = (run(true), run(false))
      // Of a pass, and of a line per pass: times the passes that were left out.
      let slack = 2e-5 * Double(reader.pixels)
      #expect(abs(all.fills - few.fills) <= 2e-5 * all.fills + slack, "\(reader)")
      #expect(
        abs(all.newTransfers - few.newTransfers) <= 2e-5 * all.newTransfers + slack, "\(reader)")
      #expect(
        abs(all.cutTransfers - few.cutTransfers) <= 2e-5 * all.cutTransfers + slack, "\(reader)")
    }
  }

  /// LRU settles exactly: no tolerance.
  @Test(arguments: LoopOrder.all)
  func passesOfOtherCaches(order: LoopOrder) {
    var generator = SplitMix(22)
    for replacement in [Replacement.leastRecentlyUsed, .random] {
      for _ in 0..<10 {
        let reader = WeightReader.random(order, &generator, channels: 4...20)
        let cache = geometry(bytes: 256, ways: replacement == .random ? 1 : 4, replacement)
        let all = traffic(reader, SeededCache(cache, seed: 1), walksAllPasses: true)
        let few = traffic(reader, SeededCache(cache, seed: 1), walksAllPasses: false)
        #expect(all == few)
      }
    }
  }

  /// Draws are walked up to a number of passes; the rest is their mean, near the expectation.
  @Test func drawnPassesAreSampled() {
    let reader = WeightReader.make(.everyPixel, input: (100, 100), channels: 16, depth: 8)
    let cache = geometry(bytes: 256)
    let expected = traffic(reader, expectedCache(cache, lines: 64), walksAllPasses: false)
    let sampled = traffic(reader, SeededCache(cache, seed: 2), walksAllPasses: false)
    #expect(isClose(expected.fills, sampled.fills, within: 0.02))
    #expect(sampled.fills != expected.fills)
  }

  /// Small models, which find much of the inference before, and larger ones, which find nothing.
  @Test func steadyTrafficIsThatOfLaterInferences() {
    var generator = SplitMix(23)
    var cold = 0
    for _ in 0..<60 {
      var address = 0
      let operators = (0..<Int.random(in: 1...5, using: &generator)).map { _ in
        var reader = WeightReader.random(
          LoopOrder.all.randomElement(using: &generator)!, &generator, channels: 1...40,
          depths: 1...40, codeBytes: .random(in: 0...40, using: &generator))
        reader.weightAddress = address
        reader.biasAddress = reader.biasAddress.map { _ in
          (reader.weights.upperBound + 15) / 16 * 16
        }
        address = (reader.endAddress + 15) / 16 * 16
        return reader
      }
      let cache = geometry(bytes: [64, 256, 1024, 4096].randomElement(using: &generator)!)
      let inference = Inference(operators, lineBytes: 8)
      func make() -> ExpectedCache { expectedCache(cache, lines: inference.lineCount) }
      let steady = inference.steadyTraffic(make(), Self.interface)
      let first = inference.traffic(after: 0, make(), Self.interface)
      let third = inference.traffic(after: 2, make(), Self.interface)
      let late = inference.traffic(after: 40, make(), Self.interface)
      for index in operators.indices {
        let pixels = Double(operators[index].pixels)
        let slack = 3e-5 * (late[index].fills + pixels)
        #expect(abs(steady[index].fills - late[index].fills) <= slack, "\(operators)")
        #expect(abs(steady[index].newTransfers - late[index].newTransfers) <= slack)
        if !isClose(first[index].fills, late[index].fills, within: 1e-3) { cold += 1 }
        // The walks of a third inference are near: what is forgotten halves at least.
        #expect(third[index].fills <= first[index].fills * (1 + 1e-9) + slack)
      }
    }
    // The test is about something: many first inferences differ.
    #expect(cold > 30)
  }

  @Test func aModelThatFitsIsNeverFetchedAgain() {
    let operators = [
      WeightReader.make(.everyPixel, input: (4, 4), filter: (3, 3), channels: 8, depth: 8),
      WeightReader.make(.rows, channels: 32, depth: 100, address: 2304),
    ]
    for replacement in [Replacement.random, .leastRecentlyUsed] {
      let simulation = Simulation(geometry: geometry(replacement), interface: Self.interface)
      for traffic in simulation.steadyTraffic(operators) { #expect(traffic.fills < 1e-3) }
    }
  }

  @Test func moreCodeNeverFetchesLess() {
    var generator = SplitMix(24)
    for order in LoopOrder.all {
      for _ in 0..<6 {
        var reader = WeightReader.random(order, &generator, channels: 8...40, depths: 8...30)
        let simulation = Simulation(
          geometry: geometry(bytes: 1024), interface: FlashInterface())
        var last = 0.0
        for codeBytes in [0, 8, 16, 40, 120, 400, 1200] {
          reader.codeBytes = codeBytes
          let fills = simulation.steadyTraffic([reader])[0].fills
          #expect(fills >= last * (1 - 1e-4) - 1e-2, "\(codeBytes) bytes of code: \(reader)")
          last = fills
        }
      }
    }
  }

  @Test func sameSeedSameDraws() {
    let reader = WeightReader.make(
      .everyPixel, input: (6, 6), filter: (3, 3), channels: 16, depth: 40)
    let simulation = Simulation(geometry: geometry(), interface: Self.interface)
    let one = simulation.sampledTraffic([reader], seed: 1)
    #expect(one == simulation.sampledTraffic([reader], seed: 1))
    #expect(one != simulation.sampledTraffic([reader], seed: 2))
    #expect(isClose(one[0].fills, simulation.steadyTraffic([reader])[0].fills, within: 0.02))
  }
}
