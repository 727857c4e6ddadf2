import Support

/// Kinds of logs that files of `data/patterns` describe.
enum ShippedPatterns {
  /// In the order of the files; nothing is read before a log needs it.
  static let all: [PatternSet] = shippedPatternFiles.compactMap { file in
    // A test reads each by itself, so that none is left out in silence.
    try? PatternFile.set(file.text, file: "data/patterns/\(file.name)")
  }
}
