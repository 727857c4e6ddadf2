import Core
import Support

/// Predicted against measured times, what is left over, and predictions that nothing was measured
/// for.
public struct PredictionChart: Chart {
  /// "prediction".
  public static let kind = "prediction"
  /// Name, title, caption and size.
  public var heading: Heading
  /// Of all times: "ms".
  public var unit: String
  /// Half width of the band around the identity: 0.05 for 5 %.
  public var band: Double
  /// What colours mean.
  public var series: [PointSeries]
  /// The meaning of filled markers.
  public var filledName: String
  /// The meaning of hollow markers.
  public var hollowName: String
  /// Times that were measured and predicted.
  public var points: [DataPoint]
  /// Predictions without a measurement.
  public var predictions: [Prediction]

  /// Predictions against measurements.
  public init(
    _ heading: Heading, unit: String, band: Double = 0.05, series: [PointSeries],
    filledName: String = Dtype.int8.description,
    hollowName: String = Dtype.fp32.description, points: [DataPoint],
    predictions: [Prediction] = []
  ) {
    self.heading = heading
    self.unit = unit
    self.band = band
    self.series = series
    self.filledName = filledName
    self.hollowName = hollowName
    self.points = points
    self.predictions = predictions
  }

  /// A run that was measured and predicted.
  public struct DataPoint: Codable, Sendable, Equatable {
    /// Names the run.
    public var label: String
    /// Index in `series`.
    public var series: Int
    /// int8 if filled, fp32 if hollow.
    public var isFilled: Bool
    /// In the chart's unit.
    public var measured: Double
    /// Ends of the measurement's interval.
    public var measuredLow: Double?
    /// Ends of the measurement's interval.
    public var measuredHigh: Double?
    /// By the model fitted to all runs.
    public var predicted: Double
    /// Ends of the prediction's interval.
    public var predictedLow: Double?
    /// Ends of the prediction's interval.
    public var predictedHigh: Double?
    /// predicted / measured - 1 of the model fitted without this run; a fraction.
    public var leftOutError: Double?

    /// A run that was measured and predicted.
    public init(
      _ label: String, series: Int, isFilled: Bool, measured: Double, predicted: Double,
      leftOutError: Double? = nil
    ) {
      self.label = label
      self.series = series
      self.isFilled = isFilled
      self.measured = measured
      self.predicted = predicted
      self.leftOutError = leftOutError
    }

    var isGood: Bool { PredictionChart.isGood(measured) && PredictionChart.isGood(predicted) }
    /// In percent; positive: predicted too slow.
    var residual: Double { (predicted / measured - 1) * 100 }
    /// In percent.
    var leftOut: Double? {
      leftOutError.flatMap { $0.isFinite && abs($0) < 1e9 ? $0 * 100 : nil }
    }
    var predictedRange: ClosedRange<Double>? {
      PredictionChart.range(predictedLow, predictedHigh)
    }
    var measuredRange: ClosedRange<Double>? { PredictionChart.range(measuredLow, measuredHigh) }
  }

  /// A prediction without a measurement.
  public struct Prediction: Codable, Sendable, Equatable {
    /// Names the run.
    public var label: String
    /// Index in `series`.
    public var series: Int
    /// int8 if filled, fp32 if hollow.
    public var isFilled: Bool
    /// In the chart's unit.
    public var predicted: Double
    /// Lower end of its interval.
    public var low: Double?
    /// Upper end of its interval.
    public var high: Double?

    /// A prediction without a measurement.
    public init(
      _ label: String, series: Int, isFilled: Bool, predicted: Double, low: Double? = nil,
      high: Double? = nil
    ) {
      self.label = label
      self.series = series
      self.isFilled = isFilled
      self.predicted = predicted
      self.low = low
      self.high = high
    }
  }

  /// What has a place on the axes.
  static func isGood(_ value: Double) -> Bool { value.isFinite && value > 1e-30 && value < 1e30 }

  static func range(_ low: Double?, _ high: Double?) -> ClosedRange<Double>? {
    guard let low, let high, isGood(low), isGood(high), low <= high else { return nil }
    return low...high
  }

  static let pointLimit = 300

  /// Points that are drawn.
  var shown: [DataPoint] { Array(points.filter(\.isGood).prefix(Self.pointLimit)) }

  /// Says what is left out.
  public var notes: [String] {
    var notes: [String] = []
    let missing = points.count - shown.count
    if missing > 0 {
      let count = Format.grouped(missing)
      notes.append("\(count) more measured runs not shown.")
    }
    let bad = predictions.lazy.filter { !Self.isGood($0.predicted) }.count
    if bad > 0 {
      let count = Format.grouped(bad)
      notes.append("\(count) predictions without a usable number.")
    }
    return notes
  }

  /// Follows from the number of rows.
  public func naturalHeight(in drawing: Drawing) -> Double? {
    PredictionRenderer(self, in: drawing).naturalHeight
  }

  /// What a size leaves no room for.
  public func overflow(in drawing: Drawing) -> Double {
    max(0, PredictionRenderer(self, in: drawing).leastHeight - drawing.body.height)
  }

  /// Draws the panels.
  public func draw(in drawing: Drawing) { PredictionRenderer(self, in: drawing).draw() }
}
