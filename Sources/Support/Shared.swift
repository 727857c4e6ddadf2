/// A large value that many hold and nobody changes: each holds a reference.
public final class Shared<Value: Sendable>: Sendable {
  /// The value.
  public let value: Value

  /// Shares `value`.
  public init(_ value: Value) { self.value = value }
}

/// Values that many results have alike, each in memory once.
public final class Common<Value: Hashable> {
  private var all: Set<Value> = []

  /// None yet.
  public init() {}

  /// The first that was equal to `value`.
  public func callAsFunction(_ value: Value) -> Value { all.insert(value).memberAfterInsert }
}
