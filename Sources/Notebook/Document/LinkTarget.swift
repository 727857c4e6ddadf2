import Support

/// The target of a link that is safe to put into a page: `http:`, `https:`, `#anchor` or a relative
/// path.
///
/// Everything else (`javascript:`, `data:`, `file:`, `//host`, targets with spaces, control
/// characters or backslashes, which browsers read in surprising ways) is refused, so that a link in
/// a document cannot be more than a link.
public struct LinkTarget: Sendable, Equatable {
  /// The target as written.
  public let value: String
  /// Whether it leads to another machine.
  let isWeb: Bool

  /// Checks a target; nil when it is not allowed.
  public init?(_ value: String) {
    guard !value.isEmpty, value.unicodeScalars.allSatisfy(Self.isAllowed) else { return nil }
    let lowercased = value.lowercased()
    isWeb = lowercased.hasPrefix("http://") || lowercased.hasPrefix("https://")
    if !isWeb {
      guard !value.hasPrefix("//") else { return nil }
      // A colon before the first slash, question mark or hash would make a scheme (RFC 3986, 4.2).
      let head = value.prefix { !"/?#".contains($0) }
      guard !head.contains(":") else { return nil }
    }
    self.value = value
  }

  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.value > 0x20, !HiddenCharacters.contains(scalar) else { return false }
    return !scalar.properties.isWhitespace && !"\\<>\"`{}|^".unicodeScalars.contains(scalar)
  }
}
