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

  /// The word as one text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

extension Dtype: LosslessStringConvertible, Encodable {}
extension WeightsPlace: LosslessStringConvertible, Encodable {}
extension Origin: LosslessStringConvertible, Encodable {}
extension WeightsSource: LosslessStringConvertible, Encodable {}
extension Arch: LosslessStringConvertible, Encodable {}
#endif
