/// Everything that came out of one file.
public struct IngestedFile: Sendable {
  public var path: String
  public var recognition: Recognition
  public var runs: [Run]
  public var diagnostics: [Diagnostic]
  /// Diagnostics beyond those kept.
  public var unkeptDiagnostics: Int
  public var account: LineAccount
  /// Bytes read, after unpacking.
  public var bytes: UInt64
  public var isCompressed: Bool
}
