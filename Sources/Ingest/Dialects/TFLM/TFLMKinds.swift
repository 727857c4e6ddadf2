import Core

/// Names that TFLM prints for tags: built-in operators; custom operators print names of their own.
enum TFLMKinds {
  /// The schema's, and one that only TFLM has.
  static let builtin = Set(BuiltinNames.all + ["DELAY"])

  private static let sorted = builtin.sorted()

  /// The built-in operator that `name` is a misprint of; nil when it is one, or is unlike all.
  static func misprint(_ name: String) -> String? {
    guard !builtin.contains(name), name.utf8.count > 2 else { return nil }
    let limit = name.utf8.count > 5 ? 2 : 1
    let letters = Array(name)
    return sorted.first {
      abs($0.utf8.count - letters.count) <= limit
        && Nearest.distance(letters, Array($0)) <= limit
    }
  }

  /// True when the tag in `text` is a built-in operator.
  static func isBuiltin(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    range.count <= 32 && builtin.contains(Scan.string(text, range))
  }
}
