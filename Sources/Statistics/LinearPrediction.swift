import Support

/// A number predicted by a fit.
public struct Prediction: Sendable, Equatable {
  /// The predicted value.
  public var value: Double
  /// Where the model's mean lies: the error of the coefficients alone.
  public var confidence: Outcome<Interval>
  /// Where one new value would lie: the error of the coefficients and that of the value itself.
  public var prediction: Outcome<Interval>

  /// A prediction from its parts.
  public init(value: Double, confidence: Outcome<Interval>, prediction: Outcome<Interval>) {
    self.value = value
    self.confidence = confidence
    self.prediction = prediction
  }
}

extension LinearFit {
  /// The value at a row x0, y0 = x0 b + offset.
  ///
  /// The confidence interval is y0 +- t sqrt(x0' C x0). A new value's interval is
  /// y0 +- t sqrt(x0' C x0 + e^2) with e = s for the absolute loss and e = s y0 for the relative
  /// ones, whose residual scale s is a fraction of the value (Seber and Lee, "Linear Regression
  /// Analysis", 2003, section 5.3). Both hold as far as the model does: beyond the rows it was
  /// fitted to they do not know of its misfit.
  ///
  /// - Returns: missing when the row has the wrong length or is not finite; the intervals alone when
  ///   no degree of freedom is left.
  public func predict(
    _ row: [Double], offset: Double = 0, level: Double = 0.95
  ) -> Outcome<Prediction> {
    guard row.count == coefficients.count else {
      return .missing(
        reason: "a prediction needs a row of \(coefficients.count) columns; it has \(row.count)")
    }
    let value = Self.dot(row, coefficients) + offset
    guard row.allSatisfy(\.isFinite), value.isFinite else {
      return .missing(reason: "the row to predict is not finite")
    }
    func interval(ofNewValue isNew: Bool) -> Outcome<Interval> {
      let reach = reach(level: level) { covariance, scale in
        let mean = Self.dot(row, covariance.map { Self.dot($0, row) })
        let error = loss.isRelative ? scale * value : scale
        return mean + (isNew ? error * error : 0)
      }
      return reach.map {
        Interval(
          low: value - $0, high: value + $0, kind: isNew ? .prediction : .confidence, level: level,
          method: method)
      }
    }
    return .known(
      Prediction(
        value: value, confidence: interval(ofNewValue: false),
        prediction: interval(ofNewValue: true)))
  }
}

/// A point predicted by the model fitted to all the others.
public struct HeldOutPoint: Sendable, Equatable {
  /// Which point, counted from zero in the order given.
  public var index: Int
  /// The value that was held out.
  public var value: Double
  /// What the others predict for it, with intervals.
  public var prediction: Outcome<Prediction>

  /// (predicted - value) / value.
  var relativeError: Outcome<Double> {
    prediction.flatMap { prediction in
      let error = (prediction.value - value) / value
      return error.isFinite
        ? .known(error) : .missing(reason: "a value of zero has no relative error")
    }
  }
}

extension LinearFit {
  /// Leave-one-out: the model is fitted again without each point, which it then predicts. True
  /// refits, for the short cut through the hat matrix does not hold for the robust loss.
  ///
  /// - Returns: one entry per value, in the order given; a refit that fails has its reason.
  public static func leaveOneOut(
    rows: [[Double]], values: [Double], offsets: [Double]? = nil, loss: FitLoss = .relative,
    level: Double = 0.95
  ) -> Outcome<[HeldOutPoint]> {
    guard rows.count == values.count else {
      return .missing(
        reason: "leave-one-out needs one value per row; there are \(rows.count) rows, "
          + "\(values.count) values")
    }
    let offsets = offsets ?? Array(repeating: 0, count: values.count)
    guard offsets.count == values.count else {
      return .missing(
        reason: "leave-one-out needs one offset per value; there are \(offsets.count) offsets, "
          + "\(values.count) values")
    }
    return .known(
      values.indices.map { index in
        var (others, rest, known) = (rows, values, offsets)
        others.remove(at: index)
        rest.remove(at: index)
        known.remove(at: index)
        let prediction = fit(rows: others, values: rest, offsets: known, loss: loss)
          .flatMap { $0.predict(rows[index], offset: offsets[index], level: level) }
        return HeldOutPoint(index: index, value: values[index], prediction: prediction)
      })
  }
}
