import Core
import Models
import Reference
import Statistics
import Support
import Testing

@testable import MachineModel

/// What the machine model refuses to predict, and what it marks.
@Suite struct RefusalTests {
  private static func cost(_ model: String, _ dtype: Dtype) throws -> ModelCost {
    try #require(try ReferenceData.bundled().cost(model: model, dtype: dtype))
  }

  private static func predict(
    _ model: String, _ dtype: Dtype, _ change: (inout Scenario) -> Void = { _ in }
  ) throws -> Outcome<ModelPrediction> {
    var scenario = Scenario(dtype: dtype)
    change(&scenario)
    return try Published.chosen().predict(try cost(model, dtype), scenario)
  }

  @Test func aClockBeyondThePartIsMarked() throws {
    let over = try #require(try Self.predict("ad", .int8) { $0.clockHz = 300e6 }.value)
    #expect(
      over.caveats.contains {
        $0.contains("300 MHz is beyond the 150 MHz") && $0.contains("extrapol")
      })
    for clock in [nil, 150e6, 75e6] as [Double?] {
      let usual = try #require(try Self.predict("ad", .int8) { $0.clockHz = clock }.value)
      #expect(!usual.caveats.contains { $0.contains("beyond") })
    }
  }

  /// 133 MHz, and 50 MHz for plain reads.
  @Test(arguments: [
    ("quad/3", 390e6, true), ("quad/3", 420e6, false), ("quad/2", 260e6, true),
    ("quad/2", 300e6, false), ("dual/3", 420e6, false), ("serial/3", 150e6, true),
    ("serial/3", 160e6, false),
  ])
  func aSerialClockBeyondTheFlashIsRefused(mode: String, clock: Double, isFine: Bool) throws {
    for place in [WeightsPlace.flash, .sram] {
      let outcome = try Self.predict("ad", .int8) {
        $0.flash = mode
        $0.clockHz = clock
        $0.weights = place
      }
      #expect((outcome.value != nil) == isFine)
      if !isFine {
        #expect(
          outcome.reason?.contains("the flash is rated for \(mode == "serial/3" ? 50 : 133) MHz")
            == true)
      }
    }
  }

  @Test func anotherFlashModeIsMarked() throws {
    let value = try #require(try Self.predict("ad", .fp32) { $0.flash = "quad/2" }.value)
    #expect(value.caveats.contains { $0.contains("flash mode differs") && $0.contains("extrapol") })
    let named = try #require(try Self.predict("ad", .fp32) { $0.flash = "quad/3" }.value)
    #expect(!named.caveats.contains { $0.contains("flash mode") })
    // The mode after boot is that of each account, named or not.
    #expect(named.interval.value == (try Self.predict("ad", .fp32).value?.interval.value))
  }

  @Test func twoCoresAreABoundOnOneSide() throws {
    let one = try #require(try Self.predict("ad", .fp32).value)
    let two = try #require(try Self.predict("ad", .fp32) { $0.cores = 2 }.value)
    #expect(two.isLowerBound && !one.isLowerBound)
    #expect(two.interval.reason?.contains("lower bound") == true)
    #expect(two.caveats.contains { $0.contains("1.40") && $0.contains("person_detect") })
    #expect(two.seconds < one.seconds && two.parts.waiting == one.parts.waiting)
  }

  @Test func onlyFlashAndSRAMAreModelled() throws {
    for place in [WeightsPlace.stream, .psram] {
      let outcome = try Self.predict("ad", .int8) { $0.weights = place }
      #expect(outcome.reason?.contains("not modelled") == true)
    }
  }

  @Test func theArenaCountsWhereSRAMIsFull() throws {
    let model = try Published.chosen()
    let sram = UInt64(try #require(model.machine.sramBytes))
    var cost = try Self.cost("vww", .int8)
    let scenario = Scenario(weights: .sram)
    #expect(cost.weightBytes == 208_112 && cost.arenaBytes == 100_720)
    #expect(model.predict(cost, scenario).value != nil)
    cost.arenaBytes = sram - cost.weightBytes
    #expect(model.predict(cost, scenario).value != nil)
    cost.arenaBytes = sram - cost.weightBytes + 1
    let reason = model.predict(cost, scenario).reason
    #expect(
      reason
        == "208,112 bytes of weights and 324,369 bytes of arena do not fit 532,480 bytes of SRAM together"
    )
    #expect(model.predict(cost, Scenario(weights: .flash)).value != nil)
    cost.arenaBytes = nil
    let open = try #require(model.predict(cost, scenario).value)
    #expect(open.caveats.contains { $0.contains("the arena is not known") })
  }

  private static func refusal(
    _ model: String, _ dtype: Dtype, _ change: (inout OperatorCost) -> Void, at index: Int
  ) throws -> String? {
    var cost = try cost(model, dtype)
    cost.model = "changed"
    change(&cost.operators[index])
    return try Published.chosen().predict(cost, Scenario(dtype: dtype)).reason
  }

  @Test func kernelsThatAreNotModelledAreRefused() throws {
    // VWW's first depthwise operator with four outputs per input channel.
    func multiply(_ cost: inout OperatorCost) { cost.input[3] = 2 }
    #expect(
      try Self.refusal("vww", .int8, multiply, at: 1)
        == "operator 1 (DEPTHWISE_CONV_2D) has several outputs per input channel and runs "
        + "arm_depthwise_conv_s8, which is not modelled")
    // The float kernel goes through its weights in the same way.
    #expect(try Self.refusal("vww", .fp32, multiply, at: 1) == nil)
    for dtype in [Dtype.int8, .fp32] {
      #expect(
        try Self.refusal("ic", dtype, { $0.isDilated = true }, at: 1)?.contains("dilated") == true)
      #expect(
        try Self.refusal("ic", dtype, { $0.input[3] = 32 }, at: 1)?.contains("groups") == true)
      #expect(
        try Self.refusal("ic", dtype, { $0.kind = "TRANSPOSE_CONV" }, at: 1)?
          .contains("unknown kernel") == true)
    }
    // One row of 16 channels under a filter of one row.
    func row(_ cost: inout OperatorCost) {
      cost.input = [1, 1, 32, 16]
      cost.output = [1, 1, 32, 16]
      cost.weights = [16, 1, 3, 16]
      cost.weightBytes = 768
    }
    #expect(try Self.refusal("ic", .int8, row, at: 1)?.contains("arm_convolve_1_x_n_s8") == true)
    #expect(try Self.refusal("ic", .fp32, row, at: 1) == nil)
    for cost in try ReferenceData.bundled().costs {
      #expect(cost.unmodelled == nil, "\(cost.model)")
    }
  }
}
