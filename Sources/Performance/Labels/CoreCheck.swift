import Core
import Ingest
import Reference
import Support

/// A run that takes far more cycles per MAC than its core needs, whatever the board.
public struct CoreCheck: Sendable {
  /// Id of the run.
  public var run: String
  /// How sentences call what was run.
  var name: String
  /// How sentences call the board.
  var boardWords: String
  /// What the run is said to compute with.
  public var dtype: Dtype
  /// Cycles of one inference.
  public var cycles: Double
  /// MACs of one inference.
  public var macs: UInt64
  /// What the core needs in a good build.
  public var need: CoreSpeed
  /// Cycles per MAC that weights may wait for serial flash on top of that.
  var waiting: Double
  /// What can make it so slow, each possible or excluded.
  public var causes: [SlowCause]

  /// Cycles per MAC of the run.
  public var cyclesPerMAC: Double { cycles / Double(macs) }
  /// The most that the core should need.
  public var most: Double { need.high + waiting }
  /// How many times the most it should need; above 1.
  public var excess: Double { cyclesPerMAC / most }

  /// Ends why float32 alone is too fast.
  private static let secondCause = "it takes a second cause"
  /// Below so many MACs what is not a MAC may take the time.
  private static let leastMACs: UInt64 = 100_000
  /// Below that many times the most, another model may do it.
  private static let leastExcess = 2.0

  /// The check of `run`; nil where it is fast enough, or not enough is known to say so.
  init?(_ run: AnalysedRun, reference: ReferenceData) {
    guard run.origin == .measured || run.origin == .published, run.openReason == nil,
      run.configuration.arch.map({ $0 == .armv8m }) ?? true,
      let dtype = run.label, let need = reference.coreSpeed(mcu: run.mcu, dtype: dtype),
      let cycles = run.cycles.value?.value, let macs = run.macs, macs >= Self.leastMACs
    else { return nil }
    self.run = run.id
    name = run.model.map(ModelName.words) ?? run.id
    boardWords = run.boardWords
    self.dtype = dtype
    self.cycles = cycles
    self.macs = macs
    self.need = need
    let flash = reference.machines.first { $0.mcu == run.mcu }?.memoryRoof("flash-random")
    // At worst each MAC waits for a weight of its own.
    waiting =
      run.weights == .sram ? 0 : flash.map { (dtype == .int8 ? 1 : 4) / $0.bytesPerCycle } ?? 0
    causes = []
    guard excess >= Self.leastExcess else { return nil }
    causes = Causes(run: run, check: self, reference: reference).all
  }

  /// "120 cycles per MAC; int8 needs 1.2 to 6 there ..., 20 times less at least."
  static func headline(_ checks: [CoreCheck]) -> String {
    guard let first = checks.first else { return "" }
    let names = checks.map(\.name).uniqued()
    let shown = names.count > 6 ? names.prefix(5) + ["\(names.count - 5) more"] : names
    let need = "\(Format.number(first.need.low)) to \(Format.number(first.need.high))"
    let kernels =
      first.dtype == .int8 ? "with the kernels of CMSIS-NN or ST" : "with TFLM's or ST's kernels"
    return
      "\(listed(Array(shown))) \(names.count == 1 ? "takes" : "take") \(range(checks.map(\.cyclesPerMAC))) "
      + "cycles per MAC on \(first.boardWords), at least \(range(checks.map(\.excess), digits: 2)) times what "
      + "\(first.dtype) needs there \(kernels) (\(need)"
      + (first.waiting > 0
        ? ", and up to \(Format.significant(first.waiting, digits: 2)) waiting for flash" : "")
      + ")\(causes(checks))."
  }

  /// ": either A, B or C", and what does not explain it alone.
  private static func causes(_ checks: [CoreCheck]) -> String {
    func kinds(_ possible: Bool) -> [String] {
      checks.flatMap(\.causes).filter { $0.isPossible == possible }.map(\.kind.words).uniqued()
    }
    let possible = kinds(true)
    let alone = checks.allSatisfy { check in
      check.causes.contains { cause in
        if case .excluded(let reason) = cause.verdict, cause.kind == .float32 {
          reason.hasSuffix(Self.secondCause)
        } else {
          false
        }
      }
    }
    return (possible.isEmpty ? "" : ": possible causes are \(listed(possible))")
      + (alone && !possible.isEmpty ? "; float32 only together with one of them" : "")
  }

  private static func range(_ values: [Double], digits: Int = 3) -> String {
    let ends = [values.min() ?? 0, values.max() ?? 0].map {
      Format.significant($0, digits: digits)
    }
    return ends[0] == ends[1] ? ends[0] : ends.joined(separator: " to ")
  }
}

extension CoreCheck {
  /// What is known of each cause on any board: what the log says, and ranges of cycles.
  private struct Causes {
    let run: AnalysedRun
    let check: CoreCheck
    let reference: ReferenceData

    var all: [SlowCause] {
      var result = [
        SlowCause(kind: .unoptimisedBuild, verdict: build),
        SlowCause(kind: .referenceKernels, verdict: .stated(run, .kernels, is: "reference")),
      ]
      if check.dtype == .int8 { result.append(SlowCause(kind: .float32, verdict: float32)) }
      result.append(
        SlowCause(
          kind: .slowFlash,
          verdict: run.weights == .sram
            ? .excluded("the weights are in SRAM")
            : .open(
              "weights or code in external flash, or the cache off (ICACHE on an STM32); nothing here predicts "
                + "its time")))
      return result
    }

    private var build: SlowCause.Verdict {
      if let flags = run.configuration.text(.flags) {
        return Handicap.all(of: run).contains(.optimisation)
          ? .fits("the flags are \(flags)") : .excluded("the flags are \(flags)")
      }
      return .open(
        reference.buildFactors.first.map { factor in
          "\(factor.flags) was counted to take \(Format.number(factor.factor)) times the instructions of -O3 "
            + "(\(ModelName.words(factor.model)) \(factor.dtype)), which "
            + (check.excess > factor.factor ? "alone is too few" : "may be enough")
            + "; -O0 was not counted"
        })
    }

    private var float32: SlowCause.Verdict {
      if let reason = run.integerEvidence(reference) { return .excluded(reason) }
      guard let need = reference.coreSpeed(mcu: run.mcu, dtype: .fp32) else { return .open(nil) }
      let words =
        "it needs \(Format.number(need.low)) to \(Format.number(need.high)) cycles per MAC"
      // Four bytes per MAC wait four times as long.
      return check.cyclesPerMAC <= need.high + 4 * check.waiting
        ? .fits(words) : .excluded("\(words), so \(CoreCheck.secondCause)")
    }
  }
}

extension SlowCause.Verdict {
  /// What a key says that either is the cause or excludes it.
  static func stated(_ run: AnalysedRun, _ key: ConfigurationKey, is cause: String) -> Self {
    guard let text = run.configuration.text(key) else { return .open(nil) }
    let words = "the \(key.rawValue) are \(text)"
    return text == cause ? .fits(words) : .excluded(words)
  }
}

extension AnalysedRun {
  /// Why a run that is called int8 cannot compute in float32, as far as its file and its operators say.
  func integerEvidence(_ reference: ReferenceData) -> String? {
    let bytes = model.flatMap { reference.cost(model: $0, dtype: .fp32)?.weightBytes }
    if let file = configuration.number(.modelBytes), let bytes, file < Double(bytes) {
      return "the model file of \(Format.whole(file)) bytes has no room for "
        + "\(Format.grouped(bytes)) bytes of float32 weights"
    }
    if operators.first?.kind == "QUANTIZE" {
      return "a graph that begins with QUANTIZE computes in integers"
    }
    // At its end it turns integers into floats; in front of weights it would turn float16 into float32.
    if operators.last?.kind == "DEQUANTIZE",
      operators.filter({ $0.kind == "DEQUANTIZE" }).count == 1
    {
      return "a graph that ends with DEQUANTIZE computes in integers"
    }
    if configuration[.dtype]?.provenance == .log, dtype == .int8,
      let evidence = configuration.text(.dtypeEvidence), evidence.hasPrefix("input tensor type")
    {
      return "the log prints the type of its input, INT8"
    }
    return nil
  }
}
