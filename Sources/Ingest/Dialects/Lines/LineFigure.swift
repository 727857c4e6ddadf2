/// A number that a line gives for something that a benchmark tells.
struct LineFigure: Sendable, Equatable {
  enum Role: Sendable, Equatable {
    /// The time, or the cycles, of one inference.
    case inference(TimeWords.Rank)
    /// A time of something else.
    case stage
    /// All stages, or so many inferences, together.
    case total(TimeWords.Rank?)
    /// Of many inferences, or of something that is not named.
    case statistic(TimeWords.Statistic, of: TimeWords.Rank?)
    /// So many inferences.
    case count
    /// All operators of a kind together.
    case kind(String)
    /// A time that no word says anything of.
    case unnamed
  }

  var role: Role
  /// What is timed, in the words of the line that tell it from others; empty where they tell nothing.
  var name: String
  var number: PrintedNumber
  /// Digits behind the point.
  var decimals: Int
  /// nil of a count.
  var unit: PrintedUnit?
  /// It stands behind another of its name without a name of its own.
  var isContinued = false
  /// Where the number stands in the line.
  var range: Range<Int>

  /// The value in the samples' unit.
  var value: Double { unit?.value(number.value) ?? number.value }
  /// One unit of the last printed digit, in the samples' unit.
  var quantum: Double { (unit?.value(1) ?? 1) / LineFigure.power(decimals) }
  /// The value in units of the last printed digit.
  var digits: Double { (number.value * LineFigure.power(decimals)).rounded() }

  static func power(_ decimals: Int) -> Double {
    var power = 1.0
    for _ in 0..<decimals { power *= 10 }
    return power
  }
}

/// What one line tells of measurements.
struct MeasuredLine: Sendable, Equatable {
  var figures: [LineFigure] = []
  /// What it says of the runs from here on.
  var settings: [Setting] = []
  /// A number that may be read in two ways stands at this offset.
  var ambiguity: Int?
  /// A number without unit stands where an inference's time would.
  var lacksUnit = false
  /// A rate stands in it, frames per second say.
  var hasRate = false

  struct Setting: Sendable, Equatable {
    var key: ConfigurationKey
    var text: String
  }

  var isEmpty: Bool { figures.isEmpty && settings.isEmpty }

  /// How surely the line tells the time of an inference; nil where it tells none.
  var rank: TimeWords.Rank? {
    figures.compactMap { figure in
      switch figure.role {
      case .inference(let rank): rank
      case .total(let rank), .statistic(_, let rank): rank
      default: nil
      }
    }.min()
  }
}
