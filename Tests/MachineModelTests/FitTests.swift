import Core
import Reference
import Statistics
import Support
import Testing

@testable import MachineModel

@Suite struct FitTests {
  @Test func publishedTimesAreReproduced() throws {
    let model = try Published.model()
    #expect(model.points.count == 6)
    for point in model.points { #expect(abs(point.error) < 0.01, "\(point.run)") }
    let errors = try #require(model.heldOutErrors)
    #expect(errors.worst < 0.01)
    #expect(errors.median < 0.005)
    let cpi = try #require(model.cyclesPerInstruction.interval.value)
    let line = try #require(model.cyclesPerLine.interval.value)
    #expect(cpi.contains(model.cyclesPerInstruction.value) && cpi.low > 1.1 && cpi.high < 1.2)
    // No line comes faster than its 48 cycles of data clocks.
    #expect(line.low > 48 && line.high < 62)
    let stream = model.sequentialBandwidth(clockHz: 150e6)
    #expect(stream.value < 25e6 && stream.value > 20e6)
  }

  @Test(arguments: [FitLoss.relative, .robust])
  func eachStepOfTheLadderIsJudgedByWhatItPredicts(loss: FitLoss) throws {
    let ladder = MachineModelVariant.ladder
    let models = try ladder.map { try Published.model($0.variant, loss: loss) }
    let press = try models.map { try #require($0.heldOutRootMeanSquare) }
    let standard = try #require(ladder.firstIndex { $0.variant == .standard })
    #expect(press.indices.min { press[$0] < press[$1] } == standard)
    for i in 1...standard { #expect(press[i] < press[i - 1]) }
    for model in models {
      let errors = try #require(model.heldOutErrors)
      #expect(errors.worst < 0.032)
    }
  }

  @Test func heldOutPointsAreRefits() throws {
    let model = try Published.model(loss: .relative)
    for i in model.fit.points.indices {
      var others = model.fit.points
      let left = others.remove(at: i)
      // The normal equations of the relative error, by hand.
      var (a, b, c, p, q) = (0.0, 0.0, 0.0, 0.0, 0.0)
      for point in others {
        let (x, z) = (point.row[0] / point.value, point.row[1] / point.value)
        let y = 1 - point.offset / point.value
        a += x * x
        b += x * z
        c += z * z
        p += x * y
        q += z * y
      }
      let determinant = a * c - b * b
      let cpi = (c * p - b * q) / determinant
      let line = (a * q - b * p) / determinant
      let expected = cpi * left.row[0] + line * left.row[1] + left.offset
      let held = try #require(model.points[i].heldOutCycles)
      #expect(abs(held / expected - 1) < 1e-9)
    }
  }

  /// Drawn replacements instead of their expectation: the fit does not depend on the seed.
  @Test func seedsOfTheCacheMakeNoDifference() throws {
    let model = try Published.model()
    let data = try ReferenceData.bundled()
    let readers = WeightReaders(
      kernels: model.reads.kernels, cyclesPerInstruction: model.reads.cyclesPerInstruction)
    let machine = model.machine
    let geometry = try #require(machine.cache?.geometry)
    let simulation = Simulation(
      geometry: geometry, interface: FlashInterface(cooldownCycles: 66, pageBreakBytes: 1024))
    for (name, dtype) in [("sww", Dtype.fp32), ("kws", .int8)] {
      let cost = try #require(data.cost(model: name, dtype: dtype))
      let list = readers.make(cost).compactMap { $0 }
      let expected = model.traffic(of: cost).total
      for seed in UInt64(1)...3 {
        let drawn = simulation.sampledTraffic(list, seed: seed).total
        let tolerance = dtype == .fp32 ? 0.005 : 0.1
        #expect(abs(drawn.fills / expected.fills - 1) < tolerance, "\(name) \(seed)")
      }
    }
  }

  @Test func predictionsFollowTheSettings() throws {
    let model = try Published.model()
    let data = try ReferenceData.bundled()
    let ad = try #require(data.cost(model: "ad", dtype: .fp32))
    func seconds(_ scenario: Scenario) throws -> Double {
      try #require(model.predict(ad, scenario).value).seconds
    }
    let flash = try seconds(Scenario(dtype: .fp32, clockHz: 150e6))
    // Everything is derived from clk_sys.
    let slower = try seconds(Scenario(dtype: .fp32, clockHz: 75e6))
    #expect(abs(slower / flash - 2) < 1e-9)
    // Wider and faster flash helps a model that waits for it, in this order.
    let order = try ["quad/2", "quad/3", "dual/3", "serial/3"].map {
      try seconds(Scenario(dtype: .fp32, clockHz: 150e6, flash: $0))
    }
    #expect(order == order.sorted())
    #expect(order[1] == flash)
    let two = try seconds(Scenario(dtype: .fp32, clockHz: 150e6, cores: 2))
    #expect(two < flash && two > flash / 2)
    let uncached = try seconds(Scenario(dtype: .fp32, clockHz: 150e6, hasCache: false))
    #expect(uncached > flash)
    // 1,056,768 bytes do not fit 532,480.
    #expect(
      model.predict(ad, Scenario(dtype: .fp32, weights: .sram)).reason?.contains("do not fit")
        == true)
    let unknown = model.predict(ad, Scenario(dtype: .fp32, flash: "octal/1"))
    #expect(unknown.reason?.contains("quad/3") == true)
  }

  @Test func instructionsAreEstimatedWhereTheyWereNotCounted() throws {
    let model = try Published.model()
    let data = try ReferenceData.bundled()
    for cost in data.costs {
      var renamed = cost
      renamed.model = "other"
      let counted = try #require(model.predict(cost, Scenario(dtype: cost.dtype)).value)
      let estimated = try #require(model.predict(renamed, Scenario(dtype: cost.dtype)).value)
      #expect(counted.instructionSource == .counted)
      guard case .estimated(let worst) = estimated.instructionSource else {
        Issue.record("the instructions of an unknown model cannot be counted")
        continue
      }
      // The whole is closer than the worst operator of its kernels.
      #expect(
        abs(estimated.instructions / counted.instructions - 1) < max(worst, 0.05),
        "\(cost.model) \(cost.dtype)")
      #expect(estimated.caveats.contains { $0.contains("estimated") })
    }
  }

  @Test func nothingIsFittedToTooLittle() throws {
    let published = try Published.runs()
    let one = published.filter { $0.model == "sww" && $0.weights == .sram }
    let cpi = try Published.cyclesPerInstruction()
    for runs in [[], one] {
      #expect(try Published.fit(runs, cyclesPerInstruction: cpi).reason != nil)
    }
    #expect(
      try Published.fit(published, board: "nucleo_u575zi_q", cyclesPerInstruction: cpi).reason
        != nil)
    #expect(try Published.fit(published, cyclesPerInstruction: nil).reason != nil)
  }
}
