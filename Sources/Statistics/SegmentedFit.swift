import Support

/// Segmented regression of y on x: flat, a ramp, a plateau; continuous, with two breaks, compared
/// with one break and with none.
///
/// The break positions are global minima of the loss, found exactly (`RampProfile`), their intervals
/// come from the profile likelihood. An interval is about the model that is fitted: if the true ramp
/// is not straight in the chosen variable the misfit enlarges the residuals and so the intervals, but
/// the breaks remain those of the straight ramp nearest to it: a ramp that bends down seems to
/// saturate early. Fits of the same points in several variables can be compared by `residualScale`.
/// The robust loss takes such a bend for wild points and makes intervals too narrow: it is for
/// ramps whose shape is right.
public struct SegmentedFit: Sendable, Equatable {
  /// The variable in which the ramp is straight.
  public let variable: RampVariable
  /// What was made small.
  public let loss: FitLoss
  /// The number of points.
  public let count: Int
  /// The model without a break.
  public let constant: SegmentedModel
  /// The model with an onset alone; missing, with the reason, when there are too few points.
  public let oneBreak: Outcome<SegmentedModel>
  /// The model with onset and saturation; missing, with the reason, when there are too few points.
  public let twoBreaks: Outcome<SegmentedModel>
  /// F tests of every pair of the models there are.
  public let comparisons: [ModelComparison]
  /// The model with the least AICc, if it also passes an F test (p < 0.05) against the simpler ones;
  /// among models that fit exactly the one with the fewest breaks.
  public let preferred: SegmentedModel
  /// A sentence on which model is preferred and by how much.
  public let statement: String

  /// Where the preferred model's ramp begins.
  public var onset: Outcome<BreakEstimate> {
    preferred.onset.map { .known($0) }
      ?? .missing(reason: "the data do not show an onset: \(statement)")
  }

  /// Where the preferred model's ramp ends.
  public var saturation: Outcome<BreakEstimate> {
    preferred.saturation.map { .known($0) }
      ?? .missing(reason: "the data do not show a saturation: \(statement)")
  }

  /// Fits the three models.
  ///
  /// - Parameters:
  ///   - points: x above zero, in any order; x may repeat.
  ///   - variable: in what the ramp is straight.
  ///   - loss: what to make small; a relative loss needs y above zero.
  ///   - level: the confidence of the breaks' intervals.
  /// - Returns: missing when a number is not usable or there are fewer than 4 points. One break needs
  ///   6 points at 4 different x, two need 7 at 5.
  public static func fit(
    _ points: [(x: Double, y: Double)], variable: RampVariable = .linear,
    loss: FitLoss = .absolute, level: Double = 0.95
  ) -> Outcome<SegmentedFit> {
    SegmentedData.make(points, variable: variable, loss: loss).map { data in
      SegmentedFit(SegmentedModels(data: data, level: level), data: data)
    }
  }

  private init(_ models: SegmentedModels, data: SegmentedData) {
    variable = data.variable
    loss = data.loss
    count = data.count
    constant = models.constant
    oneBreak = models.oneBreak
    twoBreaks = models.twoBreaks
    let known = [.known(models.constant), models.oneBreak, models.twoBreaks].compactMap(\.value)
    comparisons = models.comparisons(known)
    (preferred, statement) = models.preference(known)
  }
}
