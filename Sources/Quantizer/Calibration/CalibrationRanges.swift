import Models
import Support

/// What quantization must know of the tensors of an fp32 graph that are given or computed.
public struct CalibrationRanges: Sendable, Equatable {
  /// Of one tensor.
  public enum Entry: Sendable, Equatable {
    /// The smallest and largest value seen.
    case range(min: Float, max: Float)
    /// The parameters themselves, as read from another file.
    case parameters(Quantization)
  }

  /// Where ranges come from.
  public enum Origin: Sendable, Equatable {
    /// Measured on that many samples of a file.
    case samples(Int, file: String)
    /// Measured on that many random samples: the description says how they are distributed.
    case synthetic(Int, description: String)
    /// Taken from an int8 model.
    case model(file: String)
    /// Given by the caller.
    case given

    /// Ranges from numbers that are no data.
    var isSynthetic: Bool { if case .synthetic = self { true } else { false } }
  }

  /// By position in `Graph.tensors`.
  public var entries: [Int: Entry]
  /// Where they come from.
  public var origin: Origin

  /// Names ranges.
  public init(_ entries: [Int: Entry], origin: Origin = .given) {
    self.entries = entries
    self.origin = origin
  }

  /// Widens the range of a tensor to contain `min` and `max`; parameters stay as they are.
  mutating func include(_ tensor: Int, min: Float, max: Float) {
    switch entries[tensor] {
    case nil: entries[tensor] = .range(min: min, max: max)
    case .range(let low, let high)?:
      entries[tensor] = .range(min: Swift.min(low, min), max: Swift.max(high, max))
    case .parameters?: break
    }
  }

  /// The int8 parameters of a tensor. Throws where nothing is known of it.
  func parameters(of tensor: Int) throws(Diagnostic) -> Quantization {
    let place = Place(tensorIndex: tensor)
    switch entries[tensor] {
    case .range(let min, let max)?:
      do throws(Diagnostic) {
        return try ActivationParameters.asymmetric(min: min, max: max)
      } catch {
        throw error.within(place)
      }
    case .parameters(let parameters)?:
      guard parameters.isForActivations else {
        throw Diagnostic(
          "range", "the parameters given have no single scale above 0 and int8 zero point",
          remedy: "Take ranges from an int8 model of the same architecture.", place: place)
      }
      return parameters
    case nil:
      throw Diagnostic(
        "no-range", "nothing is known of the values of this tensor",
        remedy: "Calibrate on samples, or take ranges from a model of the same architecture.",
        place: place)
    }
  }
}

extension OperatorKind {
  /// The name as it may be shown: that of a custom operator may hold anything.
  var shownName: String { customName == nil ? name : "CUSTOM" }
}
