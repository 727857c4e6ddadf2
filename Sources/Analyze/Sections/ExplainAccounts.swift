import Core
import Ingest
import MachineModel
import Notebook
import OrderedCollections
import Performance
import Support

/// What the published times decide of the machine model, and what they leave open.
enum ExplainAccounts {
  /// Errors of times that neither the fit nor the choice of what is counted has seen, and what was chosen.
  static func nested(_ model: MachineModel) -> String? {
    guard let errors = model.heldOutErrors else { return nil }
    let worst = model.points.max { abs($0.heldOutError ?? 0) < abs($1.heldOutError ?? 0) }?.run
    var text =
      "Fitted to \(counted(model.points.count, "published time")). A model that was chosen and fitted without one of "
      + "them misses it by \(Format.fixed(errors.worst * 100, places: 2)) % at worst"
      + (worst.map { " (\(words($0)))" } ?? "")
      + " and \(Format.fixed(errors.median * 100, places: 2)) % in the median (nested leave-one-out)."
    let chosen = OrderedDictionary(
      grouping: model.points.filter { $0.selected != nil }, by: { $0.selected ?? "" })
    if !chosen.isEmpty {
      let steps = chosen.map { step, points in
        "\"\(step)\" without \(listed(points.map { words($0.run) }))"
      }
      text += " Chosen: \(steps.joined(separator: "; "))."
    }
    return text
  }

  private static func words(_ run: MeasuredRun) -> String {
    "\(ModelName.words(run.model)) \(run.dtype) from \(run.weights.words)"
  }

  /// What the roof of flash assumes.
  static func divisor(_ model: MachineModel) -> String {
    let mode = model.mode
    return
      "The flash roof assumes the serial clock clk_sys/\(Format.number(mode.divider)) of the boot ROM. The "
      + "published times support that only in that a line takes "
      + "\(Format.significant(model.cyclesPerLine.value, digits: 3)) cycles in the fit, against the "
      + "\(Format.number(mode.dataCycles)) of its data."
  }

  /// The accounts that were tried beside the chosen one.
  static func blocks(_ model: MachineModel) -> [Block] {
    guard !model.accounts.isEmpty else { return [] }
    let open = model.accounts.filter(\.isAdmissible).count
    let most = model.heldOutErrors.map { Format.percent($0.worst) } ?? "its own error"
    return [
      paragraph(
        "\(open) of \(counted(model.accounts.count, "other account")) of the published times fit each of them "
          + "within \(most), so nothing that was measured excludes them. Intervals of predictions span what the "
          + "chosen account and these \(open) say."),
      .table(table(model)),
    ]
  }

  private static func table(_ model: MachineModel) -> Table {
    func row(_ name: String, _ one: MachineModel, _ worst: Double, _ verdict: String) -> Table.Row {
      func cycles(_ value: Double, _ digits: Int) -> Table.Cell {
        .number(Format.significant(value, digits: digits), sortValue: value)
      }
      return .init([
        .text(name), cycles(one.cyclesPerInstruction.value, 4), cycles(one.cyclesPerLine.value, 3),
        cycles(one.cyclesPerNewTransfer.value, 3),
        .number(Format.fixed(worst * 100, places: 2), sortValue: worst), .text(verdict),
      ])
    }
    return Table(
      columns: [
        .init(["account"]), .init(["per instruction"], unit: "cycles"),
        .init(["per line"], unit: "cycles"), .init(["per new transfer"], unit: "cycles"),
        .init(["worst error"], unit: "%"), .init(["excluded"]),
      ],
      rows: [row("chosen", model, model.worstError, "")]
        + model.accounts.map { row($0.name, $0.model, $0.worst, $0.objection ?? "no") },
      caption: ["Accounts of the published times; each differs from the chosen one in one respect"])
  }
}
