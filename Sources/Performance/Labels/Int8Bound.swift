import Core
import MachineModel
import Reference
import Support

/// The slowest that an int8 model can be on RP2350 with CMSIS-NN at -O3 and flash as after boot, however
/// badly its weights are fetched.
///
/// The machine model with the cache off: every read of 4 bytes is a transfer of its own, in the order
/// in which the kernels read. With the cache on no weight is fetched more often.
public struct Int8Bound: Sendable, Equatable {
  /// Instructions of one int8 inference, from an emulator.
  public var instructions: UInt64
  /// Cycles per instruction, fitted.
  public var cyclesPerInstruction: Double
  /// Reads of 4 bytes.
  public var reads: UInt64
  /// Cycles that one of them waits.
  var cyclesPerRead: Double
  /// The bound in cycles: the upper end of the prediction's interval, or what another account says if that is
  /// more.
  public var cycles: Double
  /// Level of that interval; nil where the bound is what an account says.
  public var level: Double?

  /// The prediction in cycles: instructions and reads at their cost.
  public var predicted: Double {
    Double(instructions) * cyclesPerInstruction + Double(reads) * cyclesPerRead
  }

  /// For a model whose int8 instruction count is known.
  init?(model: String, by machine: MachineModel, reference: ReferenceData) {
    guard let instructions = reference.instructions(model: model, dtype: .int8),
      let cost = reference.cost(model: model, dtype: .int8),
      let clock = machine.machine.clockHz,
      let worst = machine.predict(cost, Scenario(hasCache: false)).value,
      let reads = UInt64(exactly: (worst.flashBytes / 4).rounded())
    else { return nil }
    self.instructions = instructions
    cyclesPerInstruction = machine.cyclesPerInstruction.value
    self.reads = reads
    cyclesPerRead = reads > 0 ? worst.parts.waiting / Double(reads) : 0
    // Other accounts may say more than the chosen one's interval holds. Their own intervals are left out: no
    // read that hits the cache waits, so the scenario is already beyond what a run can take.
    let most = worst.span.upperBound
    let own = worst.ownInterval.value.flatMap { $0.high < most ? nil : $0 }
    cycles = (own?.high ?? most) * clock
    level = own?.level
  }

  /// "583,703 instructions × 1.1348 cycles + 67,720 reads × 88.24 cycles = 44.3 ms at 150 MHz", with as
  /// many digits as it takes for the printed terms to give the printed time.
  func arithmetic(clockHz: Double) -> String {
    let result = Format.seconds(predicted / clockHz, digits: 3)
    var terms = ""
    for digits in 4...17 {
      let instruction = Format.number(cyclesPerInstruction, digits: digits)
      let read = Format.number(cyclesPerRead, digits: digits)
      let megahertz = Format.number(clockHz / 1e6, digits: digits)
      terms =
        "\(Format.grouped(instructions)) instructions × \(instruction) cycles + "
        + "\(Format.grouped(reads)) reads × \(read) cycles = \(result) at \(megahertz) MHz"
      let sum =
        Double(instructions) * (Double(instruction) ?? .nan)
        + Double(reads) * (Double(read) ?? .nan)
      let again = sum / ((Double(megahertz) ?? .nan) * 1e6)
      if Format.seconds(again, digits: 3) == result { break }
    }
    return terms
  }
}
