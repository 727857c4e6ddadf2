/// What stands in front of the lines of a log and is no part of them: one form behind another.
struct LinePrefix: Sendable, Equatable {
  /// From the beginning of a line on; of a layer the first form that fits counts, and a line may lack any.
  private(set) var layers: [[PrefixForm]] = []

  /// No more stand behind each other.
  static let mostLayers = 4

  /// None at all.
  static let none = LinePrefix()
  /// Only stamps that are taken off any log.
  static let stamps = LinePrefix(layers: [KnownPrefixes.stamps])

  private static let wholeLines = KnownPrefixes.all.filter { $0.kind == .wholeLine }

  /// The same with forms behind it.
  func and(_ forms: [PrefixForm]) -> LinePrefix { LinePrefix(layers: layers + [forms]) }

  /// Whether there is more than the stamps of any log.
  var isFound: Bool { layers.count > 1 }

  /// Bytes of the prefix of a line, and whether every form that was found stands there.
  func length(of text: Span<UInt8>) -> (bytes: Int, isWhole: Bool) {
    guard isFound || PrefixTime.mayBegin(text) else { return (0, true) }
    var (end, isWhole) = (0, true)
    for k in layers.indices {
      if let next = match(layers[k], text, end)?.end {
        end = next
      } else if k > 0 {
        isWhole = false
      }
    }
    if !isWhole, let whole = match(Self.wholeLines, text, end)?.end { return (whole, true) }
    return (end, isWhole)
  }

  /// What prints the prefix of this line, from its beginning on.
  func words(of text: Span<UInt8>) -> [String] {
    var (words, end): ([String], Int) = ([], 0)
    for forms in layers {
      guard let (form, next) = match(forms, text, end) else { continue }
      if words.last != form.words { words.append(form.words) }
      end = next
    }
    return words
  }

  private func match(
    _ forms: [PrefixForm], _ text: Span<UInt8>, _ start: Int
  ) -> (form: PrefixForm, end: Int)? {
    for form in forms {
      if let end = form.end(in: text, from: start) { return (form, end) }
    }
    return nil
  }
}
