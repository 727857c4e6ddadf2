// The room: what a build of the firmware makes. ELF files, the rules of images that RP2350 starts, and
// UF2 files that its boot ROM takes. It knows bytes, and not where files are or what the program in
// them does.

/// Why a file cannot be read.
public struct ImageError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, and where.
  public var message: String
  /// What to do.
  public var remedy: String

  init(_ message: String, remedy: String) {
    self.message = message
    self.remedy = remedy
  }

  /// Both, a line each.
  public var description: String { "\(message)\n  \(remedy)" }
}
