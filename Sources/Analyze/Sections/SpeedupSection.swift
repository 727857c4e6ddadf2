import Core
import Ingest
import Notebook
import OrderedCollections
import Performance
import Statistics
import Support

/// Ratios against the reference, the unfair ones marked, the fair ones beside them.
enum SpeedupSection {
  @Sendable static func blocks(_ analysis: Analysis) -> [Block] {
    var blocks: [Block] = []
    if analysis.comparison.speedups.isEmpty {
      let with =
        analysis.selection.references.isEmpty ? "" : " with \(analysis.selection.referenceWords)"
      blocks.append(paragraph("No run was compared\(with)."))
    } else {
      blocks += sentences(analysis).map(paragraph)
      // Times and an emulator's counts each have a table of their own.
      for basis in [RatioBasis.time, .instructions] {
        let rows = analysis.comparison.speedups.filter { $0.ratio.basis == basis }
        if !rows.isEmpty { blocks.append(.table(table(rows, basis, analysis))) }
      }
    }
    if !analysis.labels.predictions.isEmpty { blocks += predicted(analysis) }
    if !analysis.comparison.unpaired.isEmpty {
      blocks.append(bullets(unpaired(analysis)))
    }
    return blocks
  }

  /// One line per reason, with the runs it holds for.
  private static func unpaired(_ analysis: Analysis) -> [String] {
    var all = analysis.comparison.unpaired
    var lines: [String] = []
    // Unless counts are the reference too, no emulated run has one.
    if EmulatedRuns.areMany(analysis),
      analysis.comparison.speedups.allSatisfy({ $0.ratio.basis != .instructions })
    {
      let emulated = EmulatedRuns.ids(analysis)
      let count = all.count { emulated.contains($0.run) }
      all.removeAll { emulated.contains($0.run) }
      lines.append(
        "\(counted(count, "emulated run")) are not compared with times: an emulator counts instructions, "
          + "which section instructions compares with those of TFLM.")
    }
    return lines
      + OrderedDictionary(grouping: all, by: \.reason).map { reason, group in
        let runs = group.map(\.run)
        let names = runs.count > 6 ? runs.prefix(5) + ["\(runs.count - 5) more"] : runs
        return "\(listed(names)) \(runs.count == 1 ? "is" : "are") not compared: \(reason)."
      }
  }

  private static func sentences(_ analysis: Analysis) -> [String] {
    let timed = analysis.comparison.speedups.filter { $0.ratio.basis == .time }
    guard !timed.isEmpty else { return [] }
    var result: [String] = []
    let names = sides(timed)
    let fair = timed.filter(\.isLikeForLike)
    let unfair = timed.filter { $0.likeness == .unlike }
    let open = timed.filter { $0.likeness != .unlike && !$0.isLikeForLike }
    if !fair.isEmpty {
      result.append(
        "Like with like, \(names.subject) takes \(range(fair.map(\.ratio.value))) times as long as "
          + "\(names.reference)\(perCycle(fair))\(unshown(fair)).")
    }
    if !unfair.isEmpty {
      result.append(
        "\(counted(unfair.count, "row")) marked 'no' \(unfair.count == 1 ? "compares" : "compare") unlike runs "
          + "(\(range(unfair.map(\.ratio.value)))\(perCycle(unfair))) and must not be quoted as the "
          + "difference between the boards.")
    }
    if !open.isEmpty {
      result.append(
        "Whether \(counted(open.count, "row")) marked 'not known' \(open.count == 1 ? "compares" : "compare") "
          + "like with like (\(range(open.map(\.ratio.value)))\(perCycle(open))) the logs do not say."
      )
    }
    return result + means(analysis.comparison.meanSpeedups) + SpeedupHeader.sentences(timed)
  }

  private static func perCycle(_ rows: [Speedup]) -> String {
    let values = rows.compactMap(\.perCycle.value)
    return values.isEmpty ? "" : ", per cycle \(range(values))"
  }

  /// The models whose interval holds 1: for them the range shows no direction.
  static func unshown(_ rows: [Speedup]) -> String {
    let words = rows.compactMap { row in
      row.ratio.nullWords().map { "\(ModelName.words(row.model)), \($0)" }
    }
    guard !words.isEmpty else { return "" }
    let shown = words.count > 3 ? words.prefix(2) + ["\(words.count - 2) more"] : words
    return "; no difference is shown for \(listed(shown.map { "\($0)" }))"
  }

  /// The geometric means over models, and which rows are in none.
  private static func means(_ all: MeanSpeedups) -> [String] {
    let means = all.means.map { mean in
      let side = mean.example.subject
      let models = mean.models.map {
        ModelName.words($0.model) + ($0.rows > 1 ? " (mean of \($0.rows) rows)" : "")
      }
      let what = [side.dtype?.description, side.weights.map { "weights in \($0)" }, listed(models)]
      return "\(Format.ratio(mean.ratio)) (\(what.compactMap(\.self).joined(separator: ", ")))"
    }
    let left = OrderedDictionary(grouping: all.leftOut, by: \.reason).map { reason, rows in
      "\(listed(rows.map { "\(ModelName.words($0.row.model)) \(Format.ratio($0.row.ratio.value))" }.uniqued())) (\(reason))"
    }
    return [
      means.isEmpty
        ? left.isEmpty
          ? nil
          : "There is no geometric mean over models: like rows of two models that agree in the rest are missing."
        : "Geometric mean over models of like rows: \(listed(means)).",
      left.isEmpty ? nil : "Left out of it: \(left.joined(separator: "; ")).",
    ].compactMap(\.self)
  }

  /// "1.05 to 4.67", or one number where both ends read the same.
  static func range(_ values: [Double]) -> String {
    guard let low = values.min(), let high = values.max() else { return "" }
    let ends = [Format.ratio(low), Format.ratio(high)]
    return ends[0] == ends[1] ? ends[0] : ends.joined(separator: " to ")
  }

  /// What sentences call both sides; boards where they differ.
  static func sides(_ rows: [Speedup]) -> (subject: String, reference: String) {
    let subject = common(rows.map(\.subject.boardWords)) ?? "the subject"
    let reference = common(rows.map(\.reference.boardWords)) ?? "the reference"
    return subject == reference
      ? ("\(subject) in the logs", "\(reference) in the reference") : (subject, reference)
  }

  private static func table(_ rows: [Speedup], _ basis: RatioBasis, _ analysis: Analysis) -> Table {
    var subject = common(rows.map(\.subject.boardWords)) ?? "subject"
    var reference = common(rows.map(\.reference.boardWords)) ?? "reference"
    if subject == reference { (subject, reference) = ("subject", "reference") }
    // With many runs a model no longer tells rows apart.
    let many = rows.count > 12
    let unit: String? = basis == .time ? "ms" : nil
    return Table(
      columns: (many ? [.init(["run"])] : []) + [
        .init(["model"], priority: many ? 2 : 0), .init(["dtype"]), .init(["weights"], priority: 1),
        .init([.text(subject)], unit: unit), .init([.text(reference)], unit: unit),
        .init(["ratio"]), .init(["per cycle"]), .init(["like for like"]),
      ] + (basis == .time ? [.interval(priority: 3)] : []) + [
        .init(["reference dtype"], priority: 4),
        .init(["origin"], priority: 3), .init(["differing"], priority: 5),
      ] + (many ? [] : [.init(["run"], priority: 6)]) + [.init(["reference run"], priority: 6)],
      of: rows,
      caption: [
        .text(
          "Ratios against \(analysis.selection.referenceWords)"
            + (basis == .time ? "" : ", instructions of one inference (emulated)"))
      ],
      row: { row in
        .init(
          (many ? [.text(row.subject.id)] : []) + [
            .text(ModelName.words(row.model)),
            Cells.text(dtypeWords(row.subject), missing: "nothing says the dtype"),
            Cells.word(row.subject.weights, missing: "nothing says where the weights are"),
            side(row.subject, basis), side(row.reference, basis),
            .number(Format.ratio(row.ratio.value), sortValue: row.ratio.value),
            Cells.cell(row.perCycle) { (Format.ratio($0), $0) },
            likeness(row),
          ] + (basis == .time ? [Cells.interval(row.ratio.interval)] : []) + [
            Cells.word(row.reference.dtype, missing: "nothing says the dtype"),
            .text(origins(row)),
            .text(row.distinctions.isEmpty ? "nothing known" : listed(row.distinctions)),
          ] + (many ? [] : [.text(row.subject.id)]) + [.text(row.reference.id)],
          isEmphasized: row.isLikeForLike)
      })
  }

  private static func side(_ run: AnalysedRun, _ basis: RatioBasis) -> Table.Cell {
    basis == .time
      ? Cells.milliseconds(run)
      : Cells.cell(run.instructions.map(\.value)) { (Format.whole($0), $0) }
  }

  private static func likeness(_ row: Speedup) -> Table.Cell {
    switch row.likeness {
    case .like: .text("yes")
    case .unlike: .text("no")
    case .unknown: .text("not known")
    }
  }

  private static func origins(_ row: Speedup) -> String {
    row.subject.origin == row.reference.origin
      ? "\(row.subject.origin)" : "\(row.subject.origin) / \(row.reference.origin)"
  }

  private static func predicted(_ analysis: Analysis) -> [Block] {
    let rows = analysis.labels.predictions
    let reference = analysis.selection.references.first?.boardWords ?? "the reference"
    let beside = Set(rows.map(\.besideRun))
    let origin =
      common(analysis.selection.runs.filter { beside.contains($0.id) }.map(\.origin))?.description
      ?? "logged"
    let words = rows.compactMap { row in
      row.flash.ratioWords.flatMap { flash in
        row.sram.ratio.map {
          "\(ModelName.words(row.model)) \(flash) from flash and \(Format.ratio($0)) from SRAM"
        }
      }
    }
    var blocks: [Block] = []
    if !words.isEmpty {
      blocks.append(
        paragraph(
          (rows.allSatisfy(\.isOfFloat32)
            ? "The fair comparison for the mislabelled models has not been measured."
            : "Why these models are slow is not known, so no fair comparison was measured.")
            + " Predicted for \(rows.subjectWords), against \(reference) in int8: "
            + "\(words.joined(separator: "; ")). No board was used."
        ))
    }
    blocks.append(
      .table(
        Table(
          columns: [
            .init(["model"]), .init(["weights"]), .init([.text("as \(origin)")], unit: "ms"),
            .init(["int8"], unit: "ms"), .interval(unit: "ms", priority: 1),
            .init(["ratio"]), .interval(["its interval"], priority: 2), .init(["per cycle"]),
            .init(["instructions"], priority: 3), .init(["origin"], priority: 1),
          ],
          rows: rows.flatMap { row in
            [row.flash, row.sram].enumerated().map { i, placed in
              line(row, placed, weights: i == 0 ? .flash : .sram, analysis)
            }
          }, caption: [.text("What \(rows.subjectWords) would take (predicted)")])))
    if let caveat = rows.flatMap(\.caveats).first {
      blocks.append(
        paragraph(
          "From flash: \(caveat). Intervals span every account that fits the published times (section explain)."
        ))
    }
    return blocks
  }

  private static func line(
    _ row: FairPrediction, _ placed: FairPrediction.Placed, weights: WeightsPlace,
    _ analysis: Analysis
  ) -> Table.Row {
    let beside = analysis.selection.runs.first { $0.id == row.besideRun }
    let none = "the reference has no int8 result for this model"
    return .init([
      .text(ModelName.words(row.model)), .text("\(weights)"),
      beside.map(Cells.milliseconds) ?? .missing(reason: none),
      .number(Format.significant(placed.seconds * 1e3, digits: 3), sortValue: placed.seconds * 1e3),
      Cells.interval(placed.interval.map { $0.scaled(by: 1e3) }),
      placed.ratio.map { .number(Format.ratio($0), sortValue: $0) } ?? .missing(reason: none),
      Cells.interval(placed.ratioInterval),
      placed.perCycle.map { .number(Format.ratio($0), sortValue: $0) } ?? .missing(reason: none),
      .count(row.instructions),
      .text("\(Origin.predicted)"),
    ])
  }
}
