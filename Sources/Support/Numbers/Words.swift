/// "a", "a and b", "a, b and c".
public func listed(_ words: [String], _ conjunction: String = "and") -> String {
  guard let last = words.last else { return "" }
  guard words.count > 1 else { return last }
  return words.dropLast().joined(separator: ", ") + " \(conjunction) " + last
}

/// "1 run", "4 runs"; `grouped` "1,234 runs".
public func counted(
  _ count: some BinaryInteger, _ noun: String, grouped: Bool = false
) -> String {
  "\(grouped ? Format.grouped(count) : "\(count)") \(plural(noun, count))"
}

/// "run" for one, else "runs".
public func plural(_ noun: String, _ count: some BinaryInteger) -> String {
  count == 1 ? noun : noun + "s"
}
