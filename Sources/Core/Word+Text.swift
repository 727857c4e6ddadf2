#if !hasFeature(Embedded)
extension Word {
  /// The case that `text` names; nil for any other text.
  @inlinable
  public init?(_ text: some StringProtocol) {
    var text = String(text)
    let found = text.withUTF8 { Self($0.span) }
    guard let found else { return nil }
    self = found
  }

  /// The word.
  @inlinable
  public var description: String { "\(word)" }

  /// In alphabetical order.
  public static func < (a: Self, b: Self) -> Bool { a.description < b.description }

  /// The word as one text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

extension WeightsPlace {
  /// In sentences: "flash", "SRAM".
  public var words: String {
    [.sram, .psram].contains(self) ? description.uppercased() : description
  }
}

extension Dtype: LosslessStringConvertible, Comparable, Encodable {}
extension WeightsPlace: LosslessStringConvertible, Comparable, Encodable {}
extension Origin: LosslessStringConvertible, Comparable, Encodable {}
extension WeightsSource: LosslessStringConvertible, Comparable, Encodable {}
extension Arch: LosslessStringConvertible, Comparable, Encodable {}
#endif
