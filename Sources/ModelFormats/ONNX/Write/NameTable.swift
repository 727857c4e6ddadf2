/// Names of values in a file, each there once.
struct NameTable {
  private var taken: Set<String> = []
  /// By name: the last number put behind it.
  private var numbers: [String: Int] = [:]

  /// The name, with a number behind it where it is taken.
  mutating func unique(_ name: String) -> String {
    if taken.insert(name).inserted { return name }
    var number = numbers[name] ?? 1
    repeat { number += 1 } while !taken.insert("\(name)_\(number)").inserted
    numbers[name] = number
    return "\(name)_\(number)"
  }
}
