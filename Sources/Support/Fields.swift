/// What JSON prints of a result: values by their keys, in order. What is missing stays out; where its
/// reason is known, it stands under `reasons`.
public struct Fields: FieldsEncodable, ExpressibleByDictionaryLiteral {
  /// A key and its value.
  public typealias Field = (key: String, value: any Encodable)

  private var known: [Field] = []
  private var reasons: [(key: String, reason: String)] = []

  /// Fields from keys and values; an `Optional` or an `Outcome` may have no value.
  public init(dictionaryLiteral elements: (String, any Encodable)...) {
    for (key, value) in elements { put(value, key) }
  }

  /// What is printed, the reasons last.
  public var all: [Field] {
    guard !reasons.isEmpty else { return known }
    var why = Fields()
    why.known = reasons.map { ($0.key, $0.reason) }
    return known + [("reasons", why)]
  }

  /// Says why what `key` stands for is missing or empty; nothing without a reason.
  public mutating func explain(_ key: String, _ reason: String?) {
    if let reason { reasons.append((key, reason)) }
  }

  /// One after the other.
  public static func + (a: Fields, b: Fields) -> Fields {
    var sum = a
    sum.known += b.known
    sum.reasons += b.reasons
    return sum
  }

  /// The fields themselves.
  public var fields: Fields { self }

  fileprivate mutating func put(_ value: any Encodable, _ key: String) {
    if let value = value as? any PerhapsMissing {
      value.put(in: &self, key)
    } else {
      known.append((key, value))
    }
  }

  /// Encodes what there is.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Name.self)
    for (key, value) in all { try container.encode(value, forKey: Name(stringValue: key)) }
  }

  private struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}

/// A result that says which fields it has.
public protocol FieldsEncodable: Encodable {
  /// As JSON prints it.
  var fields: Fields { get }
}

extension FieldsEncodable {
  /// Encodes the fields.
  public func encode(to encoder: any Encoder) throws { try fields.encode(to: encoder) }
}

/// What has a value, or none.
private protocol PerhapsMissing {
  func put(in fields: inout Fields, _ key: String)
}

extension Optional: PerhapsMissing where Wrapped: Encodable {
  fileprivate func put(in fields: inout Fields, _ key: String) {
    if let self { fields.put(self, key) }
  }
}

extension Outcome: PerhapsMissing where Value: Encodable {
  fileprivate func put(in fields: inout Fields, _ key: String) {
    if let value { fields.put(value, key) } else { fields.explain(key, reason) }
  }
}

extension Outcome: Encodable where Value: Encodable {
  /// Encodes the value, else null; among `Fields` a missing one gives its reason.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(value)
  }
}
