import Support

/// Gives headings and tables names to link to, each of them once.
struct Anchors {
  private var used: Set<String> = []
  /// The last number given to headings of the same name.
  private var numbers: [String: Int] = [:]
  private var tables = 0

  /// The name of a heading, formed as GitHub does: lower case, spaces as hyphens, punctuation dropped.
  mutating func heading(_ text: String) -> String {
    var name = ""
    for scalar in VisibleText.line(text).lowercased().unicodeScalars {
      switch scalar.properties.generalCategory {
      case .lowercaseLetter, .otherLetter, .modifierLetter, .decimalNumber, .letterNumber:
        name.unicodeScalars.append(scalar)
      default:
        if scalar == "-" || scalar == "_" { name.unicodeScalars.append(scalar) }
        if scalar == " " { name += "-" }
      }
    }
    if name.isEmpty { name = "section" }
    var unique = name
    var number = numbers[name] ?? 0
    while !used.insert(unique).inserted {
      number += 1
      unique = "\(name)-\(number)"
    }
    numbers[name] = number
    return unique
  }

  /// The name of a table; its dot keeps it apart from every heading.
  mutating func table() -> String {
    tables += 1
    return "table.\(tables)"
  }
}
