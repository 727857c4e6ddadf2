/// "a", "a and b", "a, b and c".
public func listed(_ words: [String], _ conjunction: String = "and") -> String {
  guard let last = words.last else { return "" }
  guard words.count > 1 else { return last }
  return words.dropLast().joined(separator: ", ") + " \(conjunction) " + last
}

/// "1 run", "4 runs".
public func counted(_ count: Int, _ noun: String) -> String {
  "\(count) \(noun)\(count == 1 ? "" : "s")"
}
