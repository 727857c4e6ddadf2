import Support

/// A line as messages show it.
enum TimeExample {
  /// Bytes of a line that are shown.
  private static let most = 80

  static func of(_ text: Span<UInt8>) -> String {
    text.count <= most
      ? Scan.string(text) : Scan.string(text, 0..<most).trimmingBlanks + "..."
  }
}
