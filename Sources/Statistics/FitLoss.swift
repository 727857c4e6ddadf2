import Support

/// What a fit makes small.
public enum FitLoss: String, Sendable, Hashable, CaseIterable {
  /// The sum of squares of fitted - value: every value has the same error, in the values' unit.
  case absolute
  /// The sum of squares of (fitted - value) / value: every value has the same relative error.
  case relative
  /// Tukey's bisquare of (fitted - value) / value: as `relative`, but a few wild values count little
  /// or nothing (Beaton and Tukey, Technometrics 16, 1974; tuned to 95 % efficiency).
  case robust

  /// Whether errors are shares of the value.
  var isRelative: Bool { self != .absolute }

  /// The loss in words for a reader.
  public var wording: String {
    switch self {
    case .absolute: "least squares"
    case .relative: "least squares of the relative error"
    case .robust: "robust bisquare of the relative error"
    }
  }

  /// Why values cannot be fitted with this loss, nil when they can.
  func objection(to values: [Double]) -> String? {
    for (index, value) in values.enumerated() {
      if !value.isFinite { return "value \(index + 1) is not a finite number" }
      if isRelative && value <= 0 {
        return "a relative error needs positive values; value \(index + 1) is "
          + Format.shortest(value)
      }
    }
    return nil
  }

  /// The error of a fitted number in the unit that the loss counts in.
  func error(fitted: Double, value: Double) -> Double {
    isRelative ? (fitted - value) / value : fitted - value
  }
}
