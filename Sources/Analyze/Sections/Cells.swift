import Core
import Notebook
import OrderedCollections
import Performance
import Statistics
import Support

/// Table cells from quantities: text for people, the full number behind it.
enum Cells {
  /// The time of a run in milliseconds; no digit that was not published.
  static func milliseconds(_ run: AnalysedRun) -> Table.Cell {
    cell(run.seconds.map(\.value)) {
      (Format.milliseconds($0, resolution: run.publishedResolution), $0 * 1e3)
    }
  }

  /// The interval of a quantity in milliseconds.
  static func millisecondsInterval(_ quantity: Outcome<Quantity>) -> Table.Cell {
    interval(quantity.flatMap(\.interval).map { $0.scaled(by: 1e3) })
  }

  /// A number, or why there is none.
  static func cell(
    _ value: Outcome<Double>, _ format: (Double) -> (String, Double)
  ) -> Table.Cell {
    switch value {
    case .known(let value):
      let (text, number) = format(value)
      return .number(text, sortValue: number)
    case .missing(let reason): return .missing(reason: reason)
    }
  }

  /// Text that may be unknown.
  static func text(_ text: String?, missing reason: String) -> Table.Cell {
    text.map { .text($0) } ?? .missing(reason: reason)
  }

  /// A word that may be unknown.
  static func word(_ word: (some CustomStringConvertible)?, missing reason: String) -> Table.Cell {
    text(word?.description, missing: reason)
  }

  /// A whole number that may be unknown.
  static func whole(_ value: UInt64?, missing reason: String) -> Table.Cell {
    value.map { .count($0) } ?? .missing(reason: reason)
  }

  /// "18.366 – 18.369ʳ": an interval in the unit of its column, with the mark of its kind.
  static func interval(
    _ interval: Outcome<Interval>, _ format: (Double, Double) -> String = Format.range
  ) -> Table.Cell {
    switch interval {
    case .known(let known):
      .interval(
        format(known.low, known.high),
        Table.Interval(
          low: known.low, high: known.high, kind: known.kind.rawValue, level: known.level,
          mark: known.kind.mark, meaning: known.meaning))
    case .missing(let reason): .missing(reason: reason)
    }
  }
}

extension IntervalKind {
  /// Stands behind an interval in a table.
  fileprivate var mark: String {
    switch self {
    case .rounding: "ʳ"
    case .resolution: "ᵗ"
    case .confidence: "ᶜ"
    case .prediction: "ᵖ"
    case .model: "ᵐ"
    }
  }
}

extension Interval {
  /// What its kind means, for the line below a table.
  fileprivate var meaning: String {
    let level = level.map { Format.confidence($0) + " " } ?? ""
    return switch kind {
    case .rounding: "rounding of published figures"
    case .resolution: "resolution, no confidence"
    case .confidence: level + "confidence"
    case .prediction: level + "prediction of one new value"
    case .model: "what the model allows"
    }
  }
}

/// A paragraph of plain text.
func paragraph(_ text: String) -> Block { .paragraph([.text(text)]) }

/// A bulleted list of sentences.
///
/// Of hundreds the first and how many more there are.
func bullets(_ lines: some Collection<String>) -> Block {
  let most = 100
  var shown = Array(lines.prefix(most))
  if lines.count > most {
    shown.append("\(Format.grouped(lines.count - most)) more like these are not listed.")
  }
  return .list(List(lines: shown.map { [.text($0)] }))
}

/// Parts of a sentence with semicolons between them; of dozens the first and how many more there are.
func sequence(_ parts: [String]) -> String {
  let most = 24
  let rest = parts.count - most
  return (parts.prefix(most) + (rest > 0 ? ["and \(Format.grouped(rest)) more like these"] : []))
    .joined(separator: "; ")
}

/// The one word that all of `words` share; nil when they differ.
func common<Value: Equatable>(_ words: [Value]) -> Value? {
  guard let first = words.first, words.allSatisfy({ $0 == first }) else { return nil }
  return first
}

/// The dtype of a run as tables show it: "fp32 (said int8)".
func dtypeWords(_ run: AnalysedRun) -> String? {
  guard let dtype = run.dtype else { return run.dtypeClaimed.map { "said \($0)" } }
  guard let claimed = run.dtypeClaimed, claimed != dtype else { return dtype.description }
  return "\(dtype) (said \(claimed))"
}

extension Table {
  /// The table without columns that are missing in every row, and a sentence for each reason why.
  func withoutEmptyColumns() -> [Block] {
    var kept: [Int] = []
    var lost: OrderedDictionary<String, [String]> = [:]
    // The reason that all rows so far share.
    var shared = columns.indices.map { i -> String? in
      if case .missing(let reason)? = rows.first?.cells[i] { reason } else { nil }
    }
    for row in every where shared.contains(where: { $0 != nil }) {
      for i in columns.indices where shared[i] != nil {
        if case .missing(let reason) = row.cells[i], reason == shared[i] { continue }
        shared[i] = nil
      }
    }
    for i in columns.indices {
      if let reason = shared[i] {
        lost[reason, default: []].append(columns[i].title.plainText)
      } else {
        kept.append(i)
      }
    }
    return [.table(keeping(kept))]
      + lost.map { paragraph("No \(listed($1)): \($0).") }
  }
}
