/// A result, or the reason why there is none.
public enum Outcome<Value> {
  /// The result.
  case known(Value)
  /// Why there is no result: a clause that starts in lower case and has no full stop.
  case missing(reason: String)

  /// The value, or the reason why there is none.
  public init(_ value: Value?, or reason: @autoclosure () -> String) {
    self = value.map(Outcome.known) ?? .missing(reason: reason())
  }

  /// The result, nil when it is missing.
  public var value: Value? {
    if case .known(let value) = self { value } else { nil }
  }

  /// Why the result is missing, nil when it is known.
  public var reason: String? {
    if case .missing(let reason) = self { reason } else { nil }
  }

  /// The outcome with a known result transformed and a missing one's reason kept.
  public func map<Other>(_ transform: (Value) -> Other) -> Outcome<Other> {
    switch self {
    case .known(let value): .known(transform(value))
    case .missing(let reason): .missing(reason: reason)
    }
  }

  /// What a known result leads to, which may be missing too; a missing one's reason is kept.
  public func flatMap<Other>(_ transform: (Value) -> Outcome<Other>) -> Outcome<Other> {
    switch self {
    case .known(let value): transform(value)
    case .missing(let reason): .missing(reason: reason)
    }
  }
}

extension Outcome: Sendable where Value: Sendable {}
extension Outcome: Equatable where Value: Equatable {}
