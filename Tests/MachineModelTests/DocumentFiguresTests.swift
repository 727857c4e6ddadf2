import Core
import Foundation
import Models
import Reference
import Statistics
import Support
import TestSupport
import Testing

@testable import MachineModel

/// Figures of `docs/machine-model.md` against what is computed.
@Suite struct DocumentFiguresTests {
  /// The page in one line, so that a sentence may be broken anywhere.
  private static func page() throws -> String {
    try Checkout.text("docs/machine-model.md").split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
  }

  private func expect(
    _ sentences: String..., sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let page = try Self.page()
    for sentence in sentences {
      #expect(page.contains(sentence), "\(sentence)", sourceLocation: sourceLocation)
    }
  }

  private static func cost(_ model: String, _ dtype: Dtype) throws -> ModelCost {
    try #require(try ReferenceData.bundled().cost(model: model, dtype: dtype))
  }

  private static func percent(_ fraction: Double, places: Int = 2) -> String {
    Format.fixed(fraction * 100, places: places) + " %"
  }

  private static func milliseconds(_ seconds: Double) -> String {
    Format.significant(seconds * 1e3, digits: 3)
  }

  @Test func clocksAreThoseOfTheMachine() throws {
    let machine = try Published.chosen().machine
    let mode = try #require(machine.flashModes.first)
    let transfers = try #require(machine.flashTransfers)
    let (data, setup) = (Format.number(mode.dataCycles), Format.number(mode.setupCycles))
    let half = (mode.divider / 2).rounded(.up)
    let deselect = Format.number(transfers.minDeselectCycles)
    try expect(
      "20 SCK = \(setup) cycles at SCK = clk_sys/3", "16 SCK = \(data) cycles of data",
      "costs \(Format.number(mode.dataCycles + mode.setupCycles)) cycles of clocks, not \(data)",
      "stays low for \(Format.number(transfers.cooldownCycles)) cycles",
      "at every \(transfers.pageBreakBytes) bytes",
      "stays high for \(deselect) cycles and half a serial clock, "
        + "\(Format.number(transfers.minDeselectCycles + half)) in all")
  }

  @Test func missSharesAreThoseOfTheCache() throws {
    let sizes = [16, 17, 18, 20, 24, 28, 32, 48]
    let shares = sizes.map { size in
      // Lines that go through the cache one after the other, again and again.
      var cache = expectedCache(geometry(), lines: size * 128)
      var misses = 0.0
      for pass in 0..<40 {
        let last = (0..<size * 128).reduce(0.0) { $0 + cache.read(line: $1) }
        if pass == 39 { misses = last / Double(size * 128) }
      }
      return misses < 1e-6 ? "0" : Format.fixed(misses, places: 2)
    }
    try expect(
      "| weights, KiB | \(sizes.map(String.init).joined(separator: " | ")) |",
      "| miss share | \(shares.joined(separator: " | ")) |")
  }

  @Test func linesOfKWSSettle() throws {
    let model = try Published.chosen()
    let readers = WeightReaders(
      kernels: model.reads.kernels, cyclesPerInstruction: model.reads.cyclesPerInstruction
    ).make(try Self.cost("kws", .int8)).compactMap { reader in
      reader.map { reader in
        var reader = reader
        reader.biasAddress = nil
        reader.codeBytes = 0
        return reader
      }
    }
    let inference = Inference(readers, lineBytes: 8)
    let interface = FlashInterface(cooldownCycles: 66, pageBreakBytes: 1024)
    func fills(after others: Int) -> String {
      Format.whole(
        inference.traffic(
          after: others, expectedCache(geometry(), lines: inference.lineCount), interface
        ).total.fills.rounded(.down))
    }
    let (late, early) = (fills(after: 20), fills(after: 1))
    try expect(
      "KWS int8 fetches \(late.replacing(",", with: "")) lines of weights per inference, not the "
        + "\(early.replacing(",", with: ""))")
  }

  @Test func nestedErrorsAndAccounts() throws {
    let model = try Published.chosen()
    let errors = try #require(model.heldOutErrors)
    try expect(
      "\(Self.percent(errors.worst)) at worst (AD), \(Self.percent(errors.median)) in the median",
      "by more than those \(Self.percent(errors.worst))")
    func row(_ name: String, _ one: MachineModel, _ isAdmissible: Bool) throws -> String {
      let times = try ["ad", "ic", "kws", "sww", "vww"].map { name in
        let value = try #require(one.predict(try Self.cost(name, .int8), Scenario()).value)
        return Self.milliseconds(value.seconds)
      }
      let cells =
        [
          name, Format.fixed(one.cyclesPerInstruction.value, places: 3),
          Format.fixed(one.cyclesPerLine.value, places: 1),
          Format.fixed(one.cyclesPerNewTransfer.value, places: 0),
          Self.percent(one.worstError) + (isAdmissible ? "" : ", excluded"),
        ] + times
      return "| \(cells.joined(separator: " | ")) |"
    }
    try expect(try row("**chosen**", model, true))
    for account in model.accounts {
      try expect(try row(account.name, account.model, account.isAdmissible))
    }
  }

  @Test func whatTheFitSaysOfTransfersAndDivisor() throws {
    let model = try Published.chosen()
    func account(_ part: String) throws -> OtherAccount {
      try #require(model.accounts.first { $0.name.contains(part) })
    }
    let ad = try Self.cost("ad", .int8)
    let free = try #require(
      try account("transfer is fitted too").model.predict(ad, Scenario()).value)
    let reach = try #require(free.interval.value)
    let half = try account("clk_sys/2")
    let roof = try #require(model.machine.memoryRoof("flash")).bytesPerCycle * 150
    try expect(
      "the interval of AD is \(Self.milliseconds(free.seconds)) +- "
        + "\(Format.fixed((reach.high - reach.low) / 2 * 1e3, places: 1)) ms",
      "The roof of flash, \(Format.fixed(roof, places: 1)) MB/s, assumes SCK = clk_sys/3.",
      "by L = \(Format.fixed(model.cyclesPerLine.value, places: 1)) against 48 alone",
      "carry its data in \(Format.number(half.model.mode.dataCycles)) cycles, L would come out at "
        + "\(Format.fixed(half.model.cyclesPerLine.value, places: 1)), and no published time would be "
        + "missed by more than \(Self.percent((half.worst * 1e3).rounded(.up) / 1e3, places: 1))")
    let rows = try #require(
      try account("one row after").model.predict(ad, Scenario()).value
    ).seconds
    let pairs = try #require(model.predict(ad, Scenario()).value).seconds
    let (one, two) = (Self.milliseconds(rows), Self.milliseconds(pairs))
    try expect(
      "AD int8 from flash comes out at \(two) ms; read one row after the other it would be \(one) ms",
      "AD int8 from flash, timed | \(one) ms instead of \(two)")
  }

  @Test func fillsOfIC() throws {
    let ic = try Self.cost("ic", .fp32)
    func millions(_ variant: MachineModelVariant) throws -> String {
      Format.fixed(try Published.model(variant).traffic(of: ic).total.fills / 1e6, places: 2)
    }
    try expect(
      "about \(try millions(MachineModelVariant.ladder[0].variant)) million, biases apart "
        + "(\(try millions(.standard)) million with biases and loop code)")
  }

  @Test func whatRegistersOfTheFlashWouldChange() throws {
    let model = try Published.chosen()
    let data = try ReferenceData.bundled()
    func change(_ name: String, _ interface: FlashInterface) throws -> (
      fewer: Double, share: Double
    ) {
      let cost = try Self.cost(name, .fp32)
      let readers = WeightReaders(
        kernels: model.reads.kernels, cyclesPerInstruction: model.reads.cyclesPerInstruction
      ).make(cost).compactMap { $0 }
      let changed = Simulation(geometry: geometry(), interface: interface).steadyTraffic(readers)
      let count = Double(try #require(data.instructions(model: name, dtype: .fp32)))
      func cycles(_ traffic: LineTraffic) -> Double {
        model.parts(CycleCounts(instructions: count, traffic: traffic), mode: model.mode).total
      }
      let usual = model.traffic(of: cost).total
      return (
        usual.newTransfers - changed.total.newTransfers, 1 - cycles(changed.total) / cycles(usual)
      )
    }
    let page = try change("ad", FlashInterface(cooldownCycles: 66, pageBreakBytes: nil))
    let longer = FlashInterface(cooldownCycles: 194, pageBreakBytes: 1024)
    let cool = try change("vww", longer)
    try expect(
      "\(Format.whole(page.fewer)) new transfers fewer, \(Self.percent(page.share)) of its time",
      "\(Format.whole(cool.fewer)) new transfers fewer, \(Self.percent(cool.share)) of its time (AD: none)"
    )
    #expect(try change("ad", longer).fewer == 0)
  }

  @Test func theCodeMayLieElsewhere() throws {
    let worst = try (0..<8).map { position in
      var variant = MachineModelVariant.standard
      variant.codeOffsetLines = 128 * position
      return try #require(try Published.model(variant).heldOutErrors).worst
    }
    try expect(
      "at eight positions, 1 KiB apart, the worst error of leave-one-out is between "
        + "\(Self.percent(try #require(worst.min()))) and \(Self.percent(try #require(worst.max())))"
    )
  }

  @Test func twoCoresOfRP2040() throws {
    try expect(
      "\(Format.fixed(823_658.0 / 587_400, places: 2)) times as fast (823,658 and 587,400 us")
    #expect(MachineModel.twoCores.contains(Format.fixed(823_658.0 / 587_400, places: 2)))
  }

  /// Where the weights of the files lie of which the published times are.
  @Test(.shared("oracles")) func constantsOfTheFilesAreInAnotherOrder() throws {
    try expect(
      "In the four float32 files that the published script writes they are in another order")
    for file in ["ad01", "pretrainedResnet", "str_ww_ref_model", "vww_96"] {
      let path = Shared.path("oracles/original-tf2131/\(file).tflite")
      let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
      let graph = try TFLiteReader.read(path: path)
      let constants = graph.operators.flatMap { one in
        one.inputs.compactMap { $0 }.compactMap { graph.tensors[$0].constant }
      }.filter { $0.count > 64 }
      let places = constants.compactMap { bytes.range(of: Data($0))?.lowerBound }
      #expect(places.count == constants.count && places.count > 10)
      #expect(places != places.sorted(), "\(file)")
      #expect(places.filter { $0 % 16 == 0 }.count * 2 < places.count, "\(file)")
    }
  }
}
