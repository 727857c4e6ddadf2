import Ingest
import Reference
import Statistics

/// A run with its quantities in SI units and its costs.
public struct AnalysedRun: Sendable {
  /// Name that is unique within the analysis and the same for the same input.
  public var id: String
  /// The run as it was read, in the units of its log.
  public var run: Run
  /// The board's description, where there is one.
  public var machine: Machine?
  /// Time of one inference, s.
  public var seconds: Outcome<Quantity>
  /// Cycles of the CPU clock.
  public var cycles: Outcome<Quantity>
  /// Instructions, from an emulator.
  public var instructions: Outcome<Quantity>
  /// Its operators, in the order of the log.
  public var operators: [AnalysedOperator]
  /// MACs of one inference.
  public var macs: UInt64?
  /// Bytes of all weights.
  public var weightBytes: UInt64?

  /// What is known of the circumstances, with its provenance.
  public var configuration: Configuration { run.configuration }
  /// Id of the board, as in `data/machines`.
  public var board: String? { configuration.text(.board) }
  /// Microcontroller, as in `rp2350`.
  public var mcu: String? { configuration.text(.mcu) }
  /// CPU clock, Hz.
  public var clockHz: Double? { configuration.number(.clock) }
  /// Model id, as in `kws`.
  public var model: String? { configuration.text(.model) }
  /// What the numbers of the graph are, as far as known.
  public var dtype: String? { configuration.text(.dtype) }
  /// What the source says the dtype is, where that differs from `dtype`.
  public var dtypeClaimed: String? { configuration.text(.dtypeClaimed) }
  /// Where the weights are read from: `flash` or `sram`; nil when not stated.
  public var weights: String? { configuration.text(.weights) }
  /// Inference runtime, as in `tflm`.
  public var runtime: String? { configuration.text(.runtime) }
  /// `measured` unless the log says `published`, `emulated` or `predicted`.
  public var origin: String { configuration.text(.origin) ?? "measured" }
  /// What the source calls the dtype.
  public var label: String? { dtypeClaimed ?? dtype }

  /// False where the log states a flash mode other than the one that the bundled roofs assume:
  /// quad, a third of the CPU clock, cache on.
  var hasDefaultFlash: Bool {
    if let mode = configuration.text(.flash), mode != "quad/3" { return false }
    if configuration.text(.xipCache) == "off" { return false }
    if let flash = configuration.number(.flashClock), let clock = clockHz {
      return abs(flash * 3 / clock - 1) < 0.01
    }
    return true
  }

  /// How sentences call the board.
  public var boardWords: String { machine?.short ?? board ?? mcu ?? "the unnamed board" }

  /// "RP2350, fp32, weights in flash"; parts that are not known are left out.
  public var words: String {
    var parts = [boardWords]
    if let dtype { parts.append(dtype) }
    if let weights { parts.append("weights in \(weights)") }
    return parts.joined(separator: ", ")
  }
}

/// One operator with its quantities in SI units and its costs.
public struct AnalysedOperator: Sendable {
  /// Position in the graph; nil where the source does not say.
  public var index: Int?
  /// TFLite name, as in `CONV_2D`.
  public var kind: String
  /// What singles it out, or the tool's own name for it.
  public var name: String?
  /// Time in one inference, s.
  public var seconds: Outcome<Quantity>
  /// Cycles of the CPU clock in one inference.
  public var cycles: Outcome<Quantity>
  /// Instructions in one inference, from an emulator.
  public var instructions: Outcome<Quantity>
  /// MACs in one inference.
  public var macs: UInt64?
  /// Bytes of its weights, biases not counted.
  public var weightBytes: UInt64?
  /// Raw samples and what turns them into seconds and instructions, for ratios.
  var samples: Samples
  var quantum: Double
  var scale: Outcome<Double>
  var countScale: Outcome<Double>

  /// "TANH", "FULLY_CONNECTED (largest)", "3 CONV_2D".
  public var words: String {
    let base = index.map { "\($0) \(kind)" } ?? kind
    return name.map { index == nil ? "\(base) (\($0))" : base } ?? base
  }
}
