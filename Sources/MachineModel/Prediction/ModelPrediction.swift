import Core
import Statistics
import Support

/// Where the number of instructions of a prediction comes from.
public enum InstructionSource: Sendable, Equatable {
  /// Counted by an emulator.
  case counted
  /// Estimated from the costs of kernels; the largest relative error these have where they were fitted.
  case estimated(worst: Double)
}

/// A time that no board was used for.
public struct ModelPrediction: Sendable {
  /// What another account of the published times says of the same scenario.
  public struct Other: Sendable, FieldsEncodable {
    /// How it differs from the chosen account.
    public var name: String
    /// Time of one inference, s.
    public var seconds: Double

    /// Both.
    public var fields: Fields { ["name": name, "seconds": seconds] }
  }

  /// What was predicted.
  public var scenario: Scenario
  /// Model id.
  public var model: String
  /// Clock that it holds for, Hz.
  public var clockHz: Double
  /// Cycles by cause.
  public var parts: CycleParts
  /// Time of one inference, s; the least that it can be where `isLowerBound`.
  public var seconds: Double
  /// Whether nothing says how much longer it takes.
  public var isLowerBound: Bool
  /// Where one new measurement would lie by any admissible account of the published times, s; missing where
  /// the data give none.
  public var interval: Outcome<Interval>
  /// The same by the chosen account alone.
  package var ownInterval: Outcome<Interval>
  /// What the admissible accounts say.
  public var others: [Other]
  /// Instructions of one inference, and how they are known.
  public var instructions: Double
  /// How the number of instructions is known.
  public var instructionSource: InstructionSource
  /// Bytes fetched from flash in one inference.
  public var flashBytes: Double
  /// What the prediction rests on beside the fit, in sentences.
  public var caveats: [String]

  /// The times that the chosen account and the others say, from the least to the most, s.
  public var span: ClosedRange<Double> {
    let all = [seconds] + others.map(\.seconds)
    return (all.min() ?? seconds)...(all.max() ?? seconds)
  }
}

extension ModelPrediction: FieldsEncodable {
  /// What was predicted and what it rests on.
  public var fields: Fields {
    [
      "model": model, "dtype": scenario.dtype, "weights": scenario.weights, "clock_hz": clockHz,
      "flash": scenario.flash, "cores": scenario.cores, "cache": scenario.hasCache,
      "origin": Origin.predicted, "seconds": seconds, "is_lower_bound": isLowerBound,
      "span_low": span.lowerBound,
      "span_high": span.upperBound, "accounts": others, "instructions": instructions,
      "instructions_estimated": instructionSource != .counted, "flash_bytes": flashBytes,
      "caveats": caveats,
    ] + interval.fields
  }
}
