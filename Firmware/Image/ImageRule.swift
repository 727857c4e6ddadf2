import Support

/// A rule of the data sheet, or of the core, that an image may break; in the words of the program.
public enum ImageRule: String, DiagnosticRule, CaseIterable, Sendable {
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
