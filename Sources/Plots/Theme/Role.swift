/// What a colour stands for, the same in every figure.
public enum Role: String, Sendable, Codable, CaseIterable {
  /// Weights read from flash.
  case flash
  /// Weights in SRAM.
  case sram
  /// The reference board.
  case nucleo
  /// Whatever comes fourth.
  case fourth
  /// Roofs and ceilings.
  case roof
  /// Findings: a point above its roof.
  case error
  /// Points below what the timer resolves.
  case doubtful
}
