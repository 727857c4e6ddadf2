/// A rule of the data sheet, or of the core, that an image breaks.
public struct BrokenRule: Hashable, Sendable, CustomStringConvertible {
  /// In the words of the program.
  public enum Rule: String, CaseIterable, Sendable {
    case imageStart = "image-start"
    case segments
    case flashSize = "flash-size"
    case sramSize = "sram-size"
    case stackPointer = "stack-pointer"
    case resetHandler = "reset-handler"
    case vectors
    case instructionSet = "instruction-set"
    case imageDefinition = "image-definition"
    case imageType = "image-type"
    case blockLoop = "block-loop"
  }

  /// Which one.
  public var rule: Rule
  /// Where, what is there, and what must be.
  public var message: String
  /// What to change.
  public var remedy: String

  /// The rule and both sentences.
  public var description: String { "\(rule.rawValue): \(message)\n  \(remedy)" }
}
