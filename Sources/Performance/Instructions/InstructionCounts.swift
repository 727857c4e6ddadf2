import Core
import Ingest
import Statistics
import Support

/// Instructions that an emulator counted for one inference of a run, and what they are compared with.
///
/// A count is exact and repeats to the last instruction, but is no time: it knows nothing of cycles
/// per instruction and of waiting for memory, so it stands beside other counts only.
public struct InstructionCounts: Sendable {
  /// Id of the run.
  public var run: String
  /// Instructions of one inference.
  public var instructions: Double
  /// Instructions / MACs of one inference.
  public var perMAC: Outcome<Double>
  /// Against TFLM.
  public var comparison: Outcome<InstructionComparison>
}

extension InstructionCounts: FieldsEncodable {
  /// The count, and against TFLM.
  public var fields: Fields {
    let known = comparison.value
    return [
      "run": run, "origin": Origin.emulated, "instructions": instructions,
      "instructions_per_mac": perMAC, "baseline": comparison.map(\.baseline.words),
      "baseline_instructions": known?.instructions, "ratio": known?.ratio,
      "operators": known?.operators,
    ]
  }
}

/// What TFLM computes with on a Cortex-M33: CMSIS-NN has int8 kernels only.
public func tflmWords(_ dtype: Dtype?) -> String {
  switch dtype {
  case .int8: "TFLM with CMSIS-NN"
  case .fp32: "TFLM with its reference C code"
  default: "TFLM"
  }
}

/// A run's instructions against those of another for the same model and dtype.
public struct InstructionComparison: Sendable, Equatable {
  /// Where the other counts are from.
  public enum Baseline: Sendable, Equatable {
    /// `data/instructions.csv`.
    case bundled
    /// A run of the logs, by its id.
    case run(String)

    /// The table, or the id of the run.
    var words: String {
      switch self {
      case .bundled: "data/instructions.csv"
      case .run(let id): id
      }
    }
  }

  /// What the run is compared with.
  public var baseline: Baseline
  /// Instructions of one inference of the baseline.
  public var instructions: Double
  /// Run / baseline: below 1 the run takes fewer.
  public var ratio: Double
  /// Operators that both have, the largest difference first.
  public var operators: [OperatorInstructions]
}

/// Instructions of one operator in a run and in what it is compared with.
public struct OperatorInstructions: Sendable, Equatable, Encodable {
  private enum CodingKeys: String, CodingKey {
    case words = "operator"
    case kind, macs
    case own = "instructions"
    case baseline = "baselineInstructions"
  }

  /// "3 CONV_2D", by the run's graph.
  public var words: String
  /// TFLite name.
  public var kind: String
  /// MACs of one inference; nil where not known.
  public var macs: UInt64?
  /// Instructions in the run.
  public var own: Double
  /// Instructions in the baseline.
  public var baseline: Double

  /// Positive where the run takes more.
  public var difference: Double { own - baseline }
}
