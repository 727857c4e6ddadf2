import Core
import Support

/// What the description of a system says, as submitters of MLPerf Tiny write it.
struct MLPerfSystem {
  /// The keys that are used, as the rules spell them.
  enum Key: String, CaseIterable {
    case board = "Board Name"
    case chip = "SoC Name"
    case processor = "Processor(s) Name"
    case clock = "Processor(s) Frequencies"
    case accelerator = "Accelerator"
    case framework = "Inference Framework"
    case quantization = "Quantization Method"
    case compiler = "General Compiler(s)"
  }

  /// Others, so that none of them is taken for a misspelt one.
  private static let others: Set<String> = Set(
    [
      "Submitter", "Division", "Status", "SoC Memory type", "SoC storage type",
      "SoC storage capacity", "Board storage type", "Board storage capacity", "Board Memory type",
      "Accelerator(s) Frequencies", "Software Libraries", "Software Notes", "Hardware Notes",
      "Operating System", "Other Software", "Other Software Stack", "ML Model Compiler(s)",
      "Training framework (open division)", "Training and Quantization Notes",
      "Processor(s) Voltage", "Number of Processor(s)", "SoC Memory capacity",
      "Processor memory type and capacity", "Processor storage type and capacity",
      "Accelerator memory type and capacity", "Accelerator storage type and capacity",
    ].map(Board.squeezed))

  private var texts: [Key: String] = [:]
  /// What was mended or cannot be used.
  private(set) var notes: [Diagnostic] = []

  /// A system without a description.
  init() {}

  /// Reads the description in `bytes` of that file.
  init(_ bytes: [UInt8], file: String) {
    let json = LenientJSON(bytes)
    for (line, words) in json.mended {
      note(line, "mended-json", "the description of the system has \(words)", file)
    }
    for pair in json.pairs where !Self.isPlaceholder(pair.value) {
      guard let key = key(of: pair, file) else { continue }
      guard let first = texts[key] else {
        texts[key] = pair.value
        continue
      }
      if first != pair.value {
        note(
          pair.line, "repeated-key",
          "'\(key.rawValue)' is '\(first)' before and '\(pair.value)' here; the first one counts",
          file)
      }
    }
    if let clock = texts[.clock], clockHertz == nil {
      note(
        0, "many-clocks",
        "'\(clock)' is not one clock; the results have none", file,
        remedy: "Give it with --set-reference clock=150MHz where you know it.")
    }
  }

  private mutating func note(
    _ line: Int, _ rule: String, _ message: String, _ file: String,
    remedy: String = "Read as it was meant; nothing is left to do."
  ) {
    notes.append(
      Diagnostic(
        rule, message, remedy: remedy,
        place: line > 0 ? Place(TextPlace(line: line, column: 1)) : Place(), file: file,
        severity: .note))
  }

  /// The key that a pair has, however it is spelt.
  private mutating func key(of pair: LenientJSON.Pair, _ file: String) -> Key? {
    let name = Board.squeezed(pair.key)
    if let key = Key.allCases.first(where: { Board.squeezed($0.rawValue) == name }) { return key }
    guard !Self.others.contains(name), name.count > 6,
      let key = Key.allCases.first(where: {
        Nearest.distance(Array(name), Array(Board.squeezed($0.rawValue))) <= 2
      })
    else { return nil }
    note(pair.line, "misspelt-key", "'\(pair.key)' is taken for '\(key.rawValue)'", file)
    return key
  }

  private static func isPlaceholder(_ text: String) -> Bool {
    ["", "na", "none", "notapplicable", "tbd"].contains(Board.squeezed(text))
  }

  subscript(key: Key) -> String? { texts[key] }

  /// The clock in Hz; nil where none is said, or several are.
  var clockHertz: Double? {
    guard let text = texts[.clock] else { return nil }
    let units: [(String, Double)] = [
      ("ghz", 1e9), ("mhz", 1e6), ("khz", 1e3), ("m", 1e6), ("g", 1e9),
    ]
    let found = text.lowercased().matches(of: /([0-9]+(?:\.[0-9]+)?)\s*(ghz|mhz|khz|m\b|g\b)/)
    guard found.count == 1, let match = found.first, let value = Double(match.1),
      let unit = units.first(where: { $0.0 == match.2 }), value > 0, value * unit.1 <= 1e12
    else { return nil }
    return (value * unit.1).rounded()
  }

  /// int8 where the description says so.
  var dtype: Dtype? {
    texts[.quantization].map { Board.squeezed($0).contains("int8") } ?? false ? .int8 : nil
  }

  /// Whether this is the description of the system in the folders `names`: its own name holds all of theirs.
  static func fit(_ stem: String, to names: [String]) -> Int {
    var rest = Board.squeezed(stem)
    for words in ["systemdescription", "description"] {
      if let range = rest.ranges(of: words).first { rest.removeSubrange(range) }
    }
    let wanted = names.map(Board.squeezed)
    if wanted.joined() == rest { return 3 }
    if wanted.allSatisfy(rest.contains) { return wanted.joined().count == rest.count ? 3 : 2 }
    return wanted.joined().contains(rest) && rest.count > 3 ? 1 : 0
  }
}
