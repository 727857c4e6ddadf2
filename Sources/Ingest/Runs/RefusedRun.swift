import Support

/// A run that the measuring program was asked for and could not make.
public struct RefusedRun: Sendable, Equatable, Codable {
  /// Where it was read.
  public var source: RunSource
  /// What the run would have been.
  public var configuration: Configuration
  /// Bytes that it takes; nil where that is not the reason.
  public var neededBytes: UInt64?
  /// Bytes that there are.
  public var availableBytes: UInt64?
  /// Why it was not made, in the program's words.
  public var reason: String

  /// "ad fp32 in sram refused: not enough SRAM; it takes 1,052 KB, there are 420 KB", without an
  /// end. What is needed is rounded up and what there is down, so the two never look alike.
  public var words: String {
    let parts = [configuration.text(.model) ?? "a model", configuration.text(.dtype)]
    var words = parts.compactMap { $0 }.joined(separator: " ")
    if let place = configuration.text(.weights) { words += " in \(place)" }
    words += " refused: \(reason)"
    switch (neededBytes, availableBytes) {
    case (let need?, let have?):
      words += "; it takes \(Self.kilobytes(need, up: true)), there are "
      words += Self.kilobytes(have, up: false)
    case (let need?, nil): words += "; it takes \(Self.kilobytes(need, up: true))"
    case (nil, let have?): words += "; there are \(Self.kilobytes(have, up: false))"
    case (nil, nil): break
    }
    return words
  }

  private static func kilobytes(_ bytes: UInt64, up: Bool) -> String {
    let whole = bytes / 1024 + (up && bytes % 1024 > 0 ? 1 : 0)
    return Format.grouped(whole) + " KB"
  }
}
