import TestSupport
import Testing

@testable import MachineModel

/// Shapes come from model files and logs: none may trap, hang or take much memory.
@Suite(.timeLimit(.minutes(2))) struct HostileSizeTests {
  static let simulations = [
    Simulation(
      geometry: geometry(), interface: FlashInterface(cooldownCycles: 64, pageBreakBytes: 1024)),
    Simulation(geometry: geometry(.leastRecentlyUsed), interface: FlashInterface()),
    Simulation(geometry: geometry(ways: 4), interface: FlashInterface(cooldownCycles: .nan)),
    Simulation(geometry: nil, lineBytes: 4, interface: FlashInterface(pageBreakBytes: -3)),
  ]

  static let fields: [WritableKeyPath<WeightReader, Int> & Sendable] = [
    \.inputHeight, \.inputWidth, \.outputHeight, \.outputWidth, \.outputChannels, \.filterHeight,
    \.filterWidth, \.depth, \.strideHeight, \.strideWidth, \.padTop, \.padLeft, \.weightBytes,
    \.weightAddress, \.codeBytes,
  ]

  static func plain(_ order: LoopOrder) -> WeightReader {
    .make(order, input: (5, 5), filter: (1, 1), channels: 6, depth: 3, bias: true, codeBytes: 20)
  }

  @Test(arguments: LoopOrder.all)
  func oneWildField(order: LoopOrder) {
    for field in Self.fields {
      for value in [0, -1, .min, .max, .max / 2, 1 << 31, 1 << 32, 1 << 62] {
        var reader = Self.plain(order)
        reader[keyPath: field] = value
        for simulation in Self.simulations {
          let traffic = simulation.steadyTraffic([reader, Self.plain(order)])
          #expect(traffic.count == 2)
          #expect(traffic.allSatisfy { $0.fills >= 0 && $0.fills.isFinite })
          if !reader.isWalkable { #expect(traffic[0] == LineTraffic()) }
        }
      }
    }
  }

  @Test func wildFieldsTogether() {
    var generator = SplitMix(31)
    let values = [0, -1, 1, 2, 3, 7, 64, 1 << 16, 1 << 25, 1 << 31, .max, .min]
    for _ in 0..<3000 {
      var reader = Self.plain(LoopOrder.all.randomElement(using: &generator)!)
      for field in Self.fields where Int.random(in: 0..<3, using: &generator) == 0 {
        reader[keyPath: field] = values.randomElement(using: &generator)!
      }
      // Valid but large shapes are tested below; here it is about the rules.
      let (large, overflow) = reader.outputChannels.multipliedReportingOverflow(by: 1 << 10)
      if reader.isWalkable, overflow || large > 1 << 24 || reader.rowBytes > 1 << 14 { continue }
      reader.biasAddress =
        Bool.random(using: &generator) ? nil : values.randomElement(using: &generator)
      let traffic = Self.simulations[0].steadyTraffic([reader])
      #expect(traffic[0].fills >= 0 && traffic[0].fills.isFinite)
    }
  }

  @Test func whatCanBeWalked() {
    var reader = Self.plain(.everyPixel)
    #expect(reader.isWalkable)
    reader.weightAddress = WeightReader.mappedBytes - 72
    reader.biasAddress = 0
    #expect(reader.isWalkable)
    reader.weightAddress += 1
    #expect(!reader.isWalkable)
    reader.weightAddress = 0
    reader.biasAddress = -4
    #expect(!reader.isWalkable)
    reader.biasAddress = WeightReader.mappedBytes - 20
    #expect(!reader.isWalkable)
  }

  /// A filter as large as the image sees other taps at every pixel: 2^18 kinds of pixels of 2^18 taps.
  @Test func aHugeFilterIsWalkedWithAllTaps() {
    let reader = WeightReader.make(
      .everyPixel, input: (512, 512), filter: (512, 512), channels: 1, depth: 1)
    #expect(reader.isWalkable)
    #expect(reader.tapRuns.rows == [TapRun(taps: 0..<512, count: 512)])
    let fills = Self.simulations[0].steadyTraffic([reader])[0].fills
    #expect(isClose(fills, Double(reader.pixels) * 512 * 512 / 2, within: 1e-3))
  }

  @Test func aHugeImageIsMultiplied() {
    let reader = WeightReader.make(
      .everyPixel, input: (1 << 16, 1 << 16), filter: (3, 3), channels: 8, depth: 64)
    let fills = Self.simulations[0].steadyTraffic([reader])[0].fills
    // 18 KiB: 2048 lines fit, 256 sets hold a third, so 768 lines miss with 2/3.
    #expect(isClose(fills, 512 * Double(reader.pixels), within: 1e-3))
  }

  @Test func wildPaces() {
    for pace in [Double.nan, .infinity, -1, 1e300] {
      var reader = Self.plain(.everyPixel)
      reader.pace = KernelPace(perMAC: pace, perSegment: pace, perOutput: pace)
      for simulation in Self.simulations {
        #expect(simulation.steadyTraffic([reader])[0].fills.isFinite)
      }
    }
  }

  @Test func noOperatorsAndOddLines() {
    for simulation in Self.simulations { #expect(simulation.steadyTraffic([]).isEmpty) }
    for (given, used) in [(0, 1), (-5, 1), (.min, 1), (3, 2), (4, 4), (.max, 4096)] {
      let simulation = Simulation(geometry: nil, lineBytes: given, interface: FlashInterface())
      #expect(simulation.lineBytes == used)
      #expect(simulation.steadyTraffic([Self.plain(.rows)])[0].fills > 0)
    }
  }
}
