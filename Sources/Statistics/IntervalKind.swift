/// What an interval says of its number, the strongest statement first.
public enum IntervalKind: String, Sendable, CaseIterable, Comparable, CustomStringConvertible {
  /// All values that print as the published figure does. Certain.
  case rounding
  /// What the instrument cannot tell apart: half a tick of the timer to either side, or the distance
  /// between the sizes of a sweep. Says nothing of scatter.
  case resolution
  /// Where the true value lies, as often as the level says, where the method's assumptions hold.
  case confidence
  /// Where one new value would lie, as often as the level says.
  case prediction
  /// What a model allows: it holds as far as the model does, and no repetition was observed.
  case model

  /// Whether the kind rests on a confidence level; without one it is the same for every level asked for.
  public var hasLevel: Bool { self == .confidence || self == .prediction }

  /// "confidence".
  public var description: String { rawValue }

  /// Whether one kind says more than another.
  public static func < (a: IntervalKind, b: IntervalKind) -> Bool { a.strength < b.strength }

  private var strength: Int {
    switch self {
    case .rounding: 0
    case .resolution: 1
    case .confidence: 2
    case .prediction: 3
    case .model: 4
    }
  }
}
