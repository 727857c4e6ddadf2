import Core
import Notebook
import OrderedCollections
import Performance
import Statistics
import Support

/// The size at which weights outgrow the cache, sweep by sweep.
enum CrossoverSection {
  /// From the operators of the logs; where they make no sweep, as predicted.
  @Sendable static func blocks(_ analysis: Analysis) -> [Block] {
    blocks(.orPredicted(analysis), analysis)
  }

  /// From sweeps that were fitted already.
  static func blocks(_ crossovers: Crossovers, _ analysis: Analysis) -> [Block] {
    var blocks: [Block] = []
    if crossovers.logged.isEmpty {
      // Without a log there is nothing to miss.
      if !analysis.files.isEmpty {
        let reason = nothing(crossovers)
        let remedy =
          crossovers.predicted == nil
          ? " 'analyze crossover --predict' shows what the machine model expects." : ""
        blocks.append(paragraph("T" + reason.dropFirst() + "." + remedy))
      }
    } else {
      blocks.append(bullets(crossovers.logged.map(sentence)))
      blocks += unused(crossovers.unused)
    }
    switch crossovers.predicted {
    case nil: break
    case .missing(let reason): blocks.append(paragraph("No prediction: \(reason)."))
    case .known(let predicted):
      let boards = Set(predicted.map(\.sweep.key.boardWords)).sorted()
      let modes = Set(predicted.compactMap(\.sweep.key.flash)).sorted()
      blocks.append(
        paragraph(
          "Predicted for \(listed(boards)), flash \(listed(modes)), by the machine model (section "
            + "explain); no board was used:"))
      blocks.append(bullets(predicted.map { $0.statement + "." }))
      blocks.append(paragraph(Crossover.predictedIntervals + "."))
    }
    let all = crossovers.all
    guard !all.isEmpty else { return blocks }
    blocks += CrossoverFigures.blocks(all, level: analysis.options.confidence)
    blocks += table(all).withoutEmptyColumns()
    let remarks = remarks(all)
    if !remarks.isEmpty { blocks.append(bullets(remarks)) }
    blocks.append(paragraph(method))
    return blocks
  }

  private static let method =
    "Cycles per MAC against the bytes of an operator's weights: flat, a ramp that is straight in -1 / "
    + "bytes, a plateau, by least squares of the relative error; onset and saturation with intervals by "
    + "profile likelihood. One break and none are fitted too; AICc and an F test choose. A rise of less "
    + "than 5 % is none. An operator is bound by the larger of the cycles of its instructions and those that "
    + "wait for flash."

  private static func sentence(_ crossover: Crossover) -> String {
    let key = crossover.sweep.key
    let setup = key.setupWords.isEmpty ? "" : ", \(key.setupWords)"
    return "\(crossover.statement) (\(key.boardWords)\(setup), \(key.origin))."
  }

  /// Why the logs give no sweep.
  static func nothing(_ crossovers: Crossovers) -> String {
    let reasons = reasons(crossovers.unused)
    return "the logs hold no sweep: "
      + (reasons.isEmpty
        ? "they have no CONV_2D and no FULLY_CONNECTED with a time"
        : reasons.joined(separator: "; "))
  }

  private static func unused(_ unused: [UnusedOperators]) -> [Block] {
    let reasons = reasons(unused)
    return reasons.isEmpty ? [] : [paragraph("In no sweep: \(reasons.joined(separator: "; ")).")]
  }

  /// Reasons kept apart in a sentence; the rest is counted.
  private static let mostReasons = 6

  private static func reasons(_ unused: [UnusedOperators]) -> [String] {
    let groups = OrderedDictionary(grouping: unused, by: \.reason).elements
    func count(_ all: [UnusedOperators]) -> Int { all.reduce(0) { $0 + $1.count } }
    let shown = groups.prefix(mostReasons).map { reason, all in
      let what = all.map(\.words)
      let named = what.count > 4 ? what.prefix(3) + ["\(what.count - 3) more"] : what
      return "\(counted(count(all), "operator")), \(listed(named)): \(reason)"
    }
    let rest = groups.dropFirst(mostReasons).reduce(0) { $0 + count($1.value) }
    return rest > 0 ? shown + ["\(counted(rest, "operator")) for other reasons"] : shown
  }

  /// Each remark once, with the sweeps that it is of.
  private static func remarks(_ all: [Crossover]) -> [String] {
    var kinds: OrderedDictionary<String, OrderedSet<String>> = [:]
    for one in all {
      for remark in one.sweep.remarks {
        kinds[remark, default: []].append(one.sweep.key.kindWords)
      }
    }
    return kinds.map { "\(listed($1.elements)): \($0)." }
  }

  private static func table(_ all: [Crossover]) -> Table {
    Table(
      columns: [
        .init(["sweep"]), .init(["board"], priority: 3), .init(["n"], priority: 2),
        .init(["sizes"], unit: "KiB", priority: 2), .init(["below"], unit: "cycles/MAC"),
        .init(["onset"], unit: "KiB"), .interval(unit: "KiB", priority: 1),
        .init(["full"], unit: "KiB"), .interval(unit: "KiB", priority: 1),
        .init(["above"], unit: "cycles/MAC"), .init(["even"], unit: "KiB", priority: 1),
        .init(["breaks"], priority: 2), .init(["origin"], priority: 1),
      ],
      rows: all.map { one in
        let noFit = one.fit.reason ?? ""
        return .init([
          .text(one.sweep.key.words), .text(one.sweep.key.boardWords),
          .number(String(one.sweep.points.count), sortValue: Double(one.sweep.points.count)),
          one.sweep.range.map {
            .number(
              Format.kibibytes($0.lowerBound, hasUnit: false) + " – "
                + Format.kibibytes($0.upperBound, hasUnit: false))
          } ?? .missing(reason: "the sweep has no points"),
          cost(one.model?.before, noFit), size(one.onset.map(\.value)), interval(one.onset),
          size(one.saturation.map(\.value)), interval(one.saturation),
          cost(one.verdict == .rises ? one.model?.after : nil, one.onset.reason ?? noFit),
          size(one.bounds.even), Cells.text(one.modelWords, missing: noFit),
          .text("\(one.sweep.key.origin)"),
        ])
      },
      caption: [
        .text(
          "Sweeps: cycles per MAC below the onset and from the saturation (full) on; even is where "
            + "waiting for flash begins to exceed the instructions")
      ])
  }

  private static func cost(_ cycles: Double?, _ reason: String) -> Table.Cell {
    cycles.map { .number(Format.significant($0, digits: 3), sortValue: $0) }
      ?? .missing(reason: reason)
  }

  private static func size(_ bytes: Outcome<Double>) -> Table.Cell {
    Cells.cell(bytes) { (Format.kibibytes($0, hasUnit: false), $0 / 1024) }
  }

  private static func interval(_ found: Outcome<BreakEstimate>) -> Table.Cell {
    Cells.interval(found.flatMap(\.interval).map { $0.scaled(by: 1.0 / 1024) })
  }
}
