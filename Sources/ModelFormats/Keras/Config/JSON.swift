import Models
import Support

/// A value of a Keras configuration.
enum JSON: Equatable, Sendable {
  case null
  case bool(Bool)
  case number(Double)
  case text(String)
  case array([JSON])
  case object([String: JSON])

  /// The value under a key; null where there is none.
  subscript(_ key: String) -> JSON {
    guard case .object(let values) = self else { return .null }
    return values[key] ?? .null
  }

  var isNull: Bool { self == .null }

  var text: String? {
    guard case .text(let value) = self else { return nil }
    return value
  }

  var number: Double? {
    guard case .number(let value) = self else { return nil }
    return value
  }

  var int: Int? { number.flatMap(Int.init(exactly:)) }

  /// Python counts numbers other than 0 as true, and so does Keras: `scale` may be 1.
  var flag: Bool? {
    switch self {
    case .bool(let value): value
    case .number(let value): value != 0
    default: nil
    }
  }

  /// A list; also a tuple, which Keras marks as one in SavedModels.
  var array: [JSON]? {
    switch self {
    case .array(let values): values
    case .object(let values) where values["class_name"] == .text("__tuple__"):
      values["items"]?.array
    default: nil
    }
  }

  /// The value in short, for messages.
  var summary: String {
    switch self {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .number(let value): int.map(String.init) ?? "\(value)"
    case .text(let value): "`\(printable(value))`"
    case .array(let values): "a list of \(values.count)"
    case .object: self["class_name"].text.map { "`\(printable($0))`" } ?? "an object"
    }
  }
}
