import Support

/// Where a segmented model breaks, in the unit of x.
public struct BreakEstimate: Sendable, Equatable {
  /// The break that fits best.
  public var value: Double
  /// The breaks that fit about as well; it ends at the least or greatest x where it is open.
  public var interval: Outcome<Interval>
  /// Why the interval has no lower end within the data, nil when it has one.
  var openBelow: String?
  /// Why the interval has no upper end within the data, nil when it has one.
  var openAbove: String?

  /// A break from its parts.
  public init(
    value: Double, interval: Outcome<Interval>, openBelow: String? = nil, openAbove: String? = nil
  ) {
    self.value = value
    self.interval = interval
    self.openBelow = openBelow
    self.openAbove = openAbove
  }
}

/// One of the three nested models of `SegmentedFit`, fitted.
public struct SegmentedModel: Sendable, Equatable {
  /// The models, by how many breaks they have.
  public enum Kind: Int, Sendable, Hashable, CaseIterable {
    /// No break: y is constant.
    case constant = 0
    /// One break: constant up to the onset, then a ramp without end.
    case oneBreak = 1
    /// Two breaks: constant up to the onset, a ramp up to the saturation, then constant again.
    case twoBreaks = 2

    /// The parameters of the mean: levels and breaks.
    public var parameters: Int { [1, 3, 4][rawValue] }

    /// The least number of points: AICc divides by n - parameters - 2, the variance being one more.
    public var minimumPoints: Int { parameters + 3 }

    /// The least number of different x: one more than the parameters, else a perfect fit says nothing.
    public var minimumPositions: Int { parameters + 1 }

    /// The model in words for a reader.
    var wording: String { ["no break", "one break", "two breaks"][rawValue] }
  }

  /// Which model it is.
  public let kind: Kind
  /// The variable in which its ramp is straight.
  public let variable: RampVariable
  /// The level before the onset.
  public let before: Double
  /// The level at the greatest x; the plateau where there are two breaks.
  public let after: Double
  /// Where the ramp begins; nil without a break.
  public let onset: BreakEstimate?
  /// Where the ramp ends; nil without a second break.
  public let saturation: BreakEstimate?
  /// The greatest x of the data, where a ramp without end reaches `after`.
  public let end: Double
  /// The sum of squares of the loss; for the robust loss of what it lets count.
  let residualSquares: Double
  /// The standard deviation of the errors on n - parameters degrees of freedom: a fraction of y for
  /// the relative losses, else in y's unit.
  let residualScale: Double
  /// Akaike's criterion with the correction for few points (Hurvich and Tsai, Biometrika 76, 1989);
  /// missing when the model fits exactly. Only differences at the same loss and data mean something.
  let aicc: Outcome<Double>
  /// Whether residuals are but rounding errors.
  public let isExact: Bool

  /// The model's y at an x > 0.
  public func value(at x: Double) -> Double {
    guard let onset else { return before }
    guard x > onset.value else { return before }
    let top = saturation?.value ?? end
    if x >= top && saturation != nil { return after }
    let start = variable.forward(onset.value)
    return before + (after - before) * (variable.forward(x) - start)
      / (variable.forward(top) - start)
  }
}

/// Two nested models compared by an F test.
public struct ModelComparison: Sendable, Equatable {
  /// The model with fewer breaks.
  public let simpler: SegmentedModel.Kind
  /// The model with more breaks.
  let richer: SegmentedModel.Kind
  /// (S0 - S1) / (p1 - p0) / (S1 / (n - p1)); missing when the richer model fits exactly.
  let fStatistic: Outcome<Double>
  /// The share of F's distribution above it. A guide, not an exact error rate: a break has no
  /// meaning under the simpler model, so the distribution is only approximate (Davies, Biometrika
  /// 74, 1987).
  public let pValue: Outcome<Double>
}
