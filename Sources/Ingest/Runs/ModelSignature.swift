/// The sequence of operators by which a model can be recognised.
public struct ModelSignature: Sendable, Equatable {
  /// The model's id.
  public var model: String
  /// Kinds in order, without those that converters add or drop.
  public var kinds: [String]

  /// Kinds that a converter may add or leave out without changing what is computed.
  static let incidental: Set<String> = ["RESHAPE", "QUANTIZE", "DEQUANTIZE"]

  /// A signature; incidental kinds are taken out.
  public init(model: String, kinds: [String]) {
    self.model = model
    self.kinds = kinds.filter { !Self.incidental.contains($0) }
  }

  /// Kinds that a model may lack at its end and still be the same: some leave them to the application.
  private static let final: Set<String> = ["SOFTMAX", "LOGISTIC"]

  /// True when these are the first kinds of `whole`, and more than a final activation is missing.
  func isCut(of whole: ModelSignature) -> Bool {
    isBeginning(of: whole) && !whole.kinds.dropFirst(kinds.count).allSatisfy(Self.final.contains)
  }

  /// True when these are the kinds of `whole` but for its final activation.
  func lacksOnlyFinal(of whole: ModelSignature) -> Bool {
    isBeginning(of: whole) && !isCut(of: whole)
  }

  private func isBeginning(of whole: ModelSignature) -> Bool {
    !kinds.isEmpty && kinds.count < whole.kinds.count && whole.kinds.starts(with: kinds)
  }

  /// The models whose operators are exactly `kinds`, incidental ones aside.
  static func matches(_ kinds: [String], in signatures: [ModelSignature]) -> [String] {
    let bare = kinds.filter { !incidental.contains($0) }
    guard !bare.isEmpty else { return [] }
    return signatures.filter { $0.kinds == bare }.map(\.model)
  }
}
