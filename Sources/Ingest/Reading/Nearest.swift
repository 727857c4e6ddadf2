/// Finds the known word a mistyped one most likely stands for.
public enum Nearest {
  /// "Did you mean 'x'?" when one candidate is close enough; nil otherwise.
  public static func suggestion(for word: String, in candidates: [String]) -> String? {
    match(word, in: candidates).map { "Did you mean '\($0)'?" }
  }

  /// The closest candidate within a third of the word's length (at least 1 edit); ties go to the
  /// first.
  public static func match(_ word: String, in candidates: [String]) -> String? {
    let letters = Array(word.lowercased())
    let limit = max(1, letters.count / 3 + (letters.count > 4 ? 1 : 0))
    var best: (String, Int)?
    for candidate in candidates {
      let others = Array(candidate.lowercased())
      // The distance is at least the difference of the lengths; hostile words are long.
      guard abs(letters.count - others.count) <= limit else { continue }
      let d = distance(letters, others)
      if d <= limit, d < best?.1 ?? Int.max { best = (candidate, d) }
    }
    return best?.0
  }

  /// Edit distance with transpositions of neighbours (optimal string alignment).
  static func distance(_ a: [Character], _ b: [Character]) -> Int {
    guard !a.isEmpty else { return b.count }
    guard !b.isEmpty else { return a.count }
    var before = [Int](repeating: 0, count: b.count + 1)
    var previous = Array(0...b.count)
    for i in 1...a.count {
      var row = [i] + [Int](repeating: 0, count: b.count)
      for j in 1...b.count {
        let cost = a[i - 1] == b[j - 1] ? 0 : 1
        row[j] = min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + cost)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          row[j] = min(row[j], before[j - 2] + 1)
        }
      }
      before = previous
      previous = row
    }
    return previous[b.count]
  }
}
