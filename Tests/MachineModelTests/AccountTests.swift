import Core
import Reference
import Statistics
import Support
import Testing

@testable import MachineModel

/// What the published times leave open of the machine model.
@Suite struct AccountTests {
  @Test func eachTimeIsPredictedByWhatTheOthersChoose() throws {
    let model = try Published.chosen()
    let errors = try #require(model.heldOutErrors)
    #expect(abs(errors.worst - 0.0133) < 5e-5 && abs(errors.median - 0.0071) < 5e-5)
    let chosen = Dictionary(
      uniqueKeysWithValues: model.points.map { ($0.run.model + "\($0.run.weights)", $0.selected) })
    let usual = "and code in the same cache"
    #expect(
      chosen == [
        "adflash": "and the pause between transfers", "icflash": "and biases", "kwsflash": usual,
        "swwflash": usual, "vwwflash": usual, "swwsram": usual,
      ])
  }

  /// The whole procedure without one time, by hand.
  @Test func foldsAreTheWholeProcedureWithoutOneTime() throws {
    let runs = try Published.runs()
    let cpi = try Published.cyclesPerInstruction()
    let model = try Published.chosen()
    for left in [0, 3] {
      let point = model.points[left]
      let others = runs.filter { $0.id != point.run.id }
      let fits = try MachineModelVariant.ladder.map { step in
        try #require(try Published.fit(others, cyclesPerInstruction: cpi, step.variant).value)
      }
      let best = try #require(
        fits.min { ($0.heldOutRootMeanSquare ?? 1) < ($1.heldOutRootMeanSquare ?? 1) })
      let data = try ReferenceData.bundled()
      let cost = try #require(data.cost(model: point.run.model, dtype: point.run.dtype))
      let count = try #require(data.instructions(model: cost.model, dtype: cost.dtype))
      let traffic = point.run.weights == .flash ? best.traffic(of: cost).total : LineTraffic()
      let cycles = best.parts(
        CycleCounts(instructions: Double(count), traffic: traffic), mode: best.mode
      ).total
      #expect(abs(try #require(point.heldOutCycles) / cycles - 1) < 1e-9, "\(point.run.id)")
    }
  }

  @Test func accountsThatMissATimeAreExcluded() throws {
    let model = try Published.chosen()
    let most = try #require(model.heldOutErrors).worst
    #expect(model.accounts.count == FlashAccount.all.count - 1)
    for account in model.accounts {
      #expect(account.isAdmissible == (account.worst <= most), "\(account.name)")
      for point in account.model.points { #expect(abs(point.error) <= account.worst) }
    }
    func account(_ part: String) throws -> OtherAccount {
      try #require(model.accounts.first { $0.name.contains(part) })
    }
    #expect(
      try account("data alone").objection?.contains("misses a published time by 6.0 %") == true)
    #expect(try account("data alone").model.cyclesPerLine.value == 48)
    // Reads that do happen cannot be left out.
    #expect(FlashAccount.all.allSatisfy { $0.variant.biases && $0.variant.code })
    for open in ["transfer is fitted too", "one row after the other", "clk_sys/2", "pause"] {
      #expect(try account(open).isAdmissible, "\(open)")
    }
    // With another divisor a line has other data clocks, and L holds what is left.
    let half = try account("clk_sys/2").model
    #expect(half.mode.dataCycles == 32 && half.cyclesPerNewTransfer.value == 40)
    #expect(half.cyclesPerLine.value > 48)
  }

  /// A line cannot take less than the clocks of its data.
  @Test func noLineIsFasterThanItsData() throws {
    let four = FlashAccount(name: "clk_sys/4", divider: 4)
    let model = try #require(
      MachineModel.fit(
        try Published.runs(), board: Published.board,
        cyclesPerInstruction: try Published.cyclesPerInstruction(),
        reference: try ReferenceData.bundled(), account: four, confidence: 0.95
      ).value)
    #expect(model.objection(most: 1)?.contains("64 cycles of its data") == true)
    #expect(model.objection(most: 1e-9)?.contains("misses") == true)
  }

  @Test func intervalsHoldWhateverAnAdmissibleAccountSays() throws {
    let model = try Published.chosen()
    for cost in try ReferenceData.bundled().costs {
      let scenario = Scenario(dtype: cost.dtype)
      let all = try #require(model.predict(cost, scenario).value)
      let interval = try #require(all.interval.value)
      #expect(interval.low <= all.span.lowerBound && all.span.upperBound <= interval.high)
      #expect(all.span.contains(all.seconds))
      #expect(interval.method.contains("accounts of the published times"))
      let open = model.accounts.filter(\.isAdmissible)
      #expect(all.others.map(\.name) == open.map(\.name))
      for account in open {
        let one = try #require(account.model.predict(cost, scenario).value)
        let own = try #require(one.interval.value)
        #expect(interval.low <= own.low && own.high <= interval.high, "\(account.name)")
        #expect(all.others.contains { $0.name == account.name && $0.seconds == one.seconds })
      }
    }
  }

  /// AD int8 streams its weights, and nothing measured says in which order or at what cost.
  @Test func int8FromFlashIsUncertainAndFloat32IsNot() throws {
    let model = try Published.chosen()
    let data = try ReferenceData.bundled()
    func spread(_ name: String, _ dtype: Dtype) throws -> Interval {
      let cost = try #require(data.cost(model: name, dtype: dtype))
      return try #require(
        model.predict(cost, Scenario(dtype: dtype)).value?.interval.value)
    }
    let ad = try spread("ad", .int8)
    #expect(ad.low < 0.0173 && ad.high > 0.0337)
    for name in ["ad", "ic", "sww", "vww"] {
      let fp32 = try spread(name, .fp32)
      #expect(fp32.high / fp32.low < 1.08, "\(name)")
    }
  }

  @Test func rowsOneAfterTheOtherGoOn() throws {
    var reader = WeightReader.make(.rowPairs, channels: 8, depth: 1024)
    reader.rowsInTurn = false
    let found = traffic(reader, expectedCache(geometry(), lines: 1024))
    #expect(found == LineTraffic(fills: 1024, newTransfers: 1))
    // Without a cache to hold them, as many bytes are read as in turn.
    var pointwise = WeightReader.make(
      .pairStationary(wholeImage: true), input: (6, 6), channels: 256, depth: 256)
    pointwise.rowsInTurn = false
    #expect(traffic(pointwise, expectedCache(geometry(), lines: 8192)).fills == 8192)
  }
}
