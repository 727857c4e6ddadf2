import Core
import Reference
import Statistics
import Support
import Testing

@testable import MachineModel

/// The published times of the RP2350 board of which operators and instructions are known.
enum Published {
  static let board = "waveshare_rp2350_plus_16mb"

  static func runs() throws -> [MeasuredRun] {
    try BundledTable("published-results.csv").map { row throws(Diagnostic) -> MeasuredRun? in
      guard try row.text("board") == board else { return nil }
      let clock = try row.number("clock_hz")
      return MeasuredRun(
        id: try row.text("id"), model: try row.text("model"), dtype: try row.word("dtype"),
        weights: try row.word("weights"), clockHz: clock,
        cycles: try row.number("latency_ms") * 1e-3 * clock)
    }.compactMap(\.self)
  }

  /// Cycles per instruction of the run from SRAM whose instructions were counted.
  static func cyclesPerInstruction() throws -> Double {
    let run = try #require(try runs().first { $0.model == "sww" && $0.weights == .sram })
    let data = try ReferenceData.bundled()
    let count = try #require(data.instructions(model: run.model, dtype: run.dtype))
    return run.cycles / Double(count)
  }

  static func fit(
    _ runs: [MeasuredRun], board: String = board, cyclesPerInstruction: Double?,
    _ variant: MachineModelVariant = .standard, loss: FitLoss = .robust
  ) throws -> Outcome<MachineModel> {
    MachineModel.fit(
      runs, board: board, cyclesPerInstruction: cyclesPerInstruction,
      reference: try ReferenceData.bundled(),
      account: FlashAccount(name: "of a test", variant: variant), loss: loss, confidence: 0.95)
  }

  /// What the published times choose, with the other accounts of them.
  static func chosen() throws -> MachineModel {
    let outcome = MachineModel.choose(
      try runs(), board: board, cyclesPerInstruction: try cyclesPerInstruction(),
      reference: try ReferenceData.bundled(), confidence: 0.95)
    return try #require(outcome.value, "\(outcome.reason ?? "")")
  }

  static func model(
    _ variant: MachineModelVariant = .standard, loss: FitLoss = .robust
  ) throws -> MachineModel {
    let outcome = try fit(
      try runs(), cyclesPerInstruction: try cyclesPerInstruction(), variant, loss: loss)
    return try #require(outcome.value, "\(outcome.reason ?? "")")
  }
}
