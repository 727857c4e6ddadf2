import Support

/// Tells a damaged known line from prose, so that damage is reported and prose is passed over.
enum NearMiss {
  /// True when the text from `start` on begins like one of `words`: at most a quarter of its bytes
  /// differ, or the line was cut off within it.
  static func begins(_ text: Span<UInt8>, at start: Int, like words: [StaticString]) -> Bool {
    words.contains { word in
      let length = min(word.utf8CodeUnitCount, text.count - start)
      return length >= 4 && differences(text, start, word, length) <= length / 4
    }
  }

  /// True when something like one of `words` stands anywhere in the text.
  static func holds(_ text: Span<UInt8>, like words: [StaticString]) -> Bool {
    words.contains { word in
      let length = word.utf8CodeUnitCount
      guard length <= text.count else { return false }
      for start in 0...(text.count - length)
      where differences(text, start, word, length) <= length / 4 { return true }
      return false
    }
  }

  /// Bytes that differ over `length` bytes; stops counting once there are too many.
  private static func differences(
    _ text: Span<UInt8>, _ start: Int, _ word: StaticString, _ length: Int
  ) -> Int {
    word.withUTF8Buffer { w in
      var count = 0
      // Bounds: the callers see to start + length <= text.count and length <= w.count.
      for k in 0..<length where text[start + k] != w[k] {
        count += 1
        if count > length / 4 { break }
      }
      return count
    }
  }
}

extension Sink {
  /// Reports a line that resembles a known one but cannot be read; the answer for its fate.
  mutating func reportDamage(at place: TextPlace, _ what: String) -> LineFate {
    report(
      .warning, at: place, rule: "unknown-line",
      "the line resembles \(what), but cannot be read as one",
      remedy: "Copy the log again from its source; the line is damaged or of a newer version.")
    return .diagnosed
  }

  /// Reports two readings of the same thing that do not agree; neither is used.
  mutating func reportContradiction(
    at place: TextPlace, _ message: String,
    remedy: String = "Copy the log again from its source; one of the figures is damaged."
  ) {
    report(
      .error, at: place, rule: "contradicting-readings", message + "; neither is used",
      remedy: remedy)
  }
}
