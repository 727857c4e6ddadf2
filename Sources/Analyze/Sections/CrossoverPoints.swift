import Core
import Notebook
import Performance
import Statistics
import Support

/// Every point of every sweep, for CSV.
enum CrossoverPoints {
  static func table(_ all: [Crossover]) -> Table {
    Table(
      columns: [
        .init(["board"]), .init(["kind"]), .init(["filter"]), .init(["dtype"]),
        .init(["weights"]), .init(["origin"]), .init(["setup"]), .init(["run"]),
        .init(["operator"]), .init(["weight"], unit: "B"), .init(["cost"], unit: "cycles/MAC"),
        .init(["low"], unit: "cycles/MAC"), .init(["high"], unit: "cycles/MAC"),
        .init(["interval kind"]), .init(["level"]),
        .init(["instructions"], unit: "cycles/MAC"), .init(["waiting"], unit: "%"),
        .init(["fetches per weight"]), .init(["fitted"], unit: "cycles/MAC"),
      ],
      rows: all.flatMap { one in
        one.sweep.points.enumerated().map { i, point in row(one, i, point) }
      }, caption: ["Points of the sweeps"])
  }

  private static func row(_ one: Crossover, _ i: Int, _ point: SweepPoint) -> Table.Row {
    let key = one.sweep.key
    let waiting = one.bounds.shares.indices.contains(i) ? one.bounds.shares[i] : nil
    return .init([
      .text(key.board), .text(key.kind),
      Cells.text(
        key.filter,
        missing: key.kind == "CONV_2D" ? "no table gives its shapes" : "a matrix has no filter"),
      .text("\(key.dtype)"), .text("\(key.weights)"), .text("\(key.origin)"), .text(key.setupWords),
      .text(point.run),
      Cells.text(point.operatorWords, missing: "a predicted operator stands in no run"),
      .number(Format.whole(point.weightBytes), sortValue: point.weightBytes),
      number(.known(point.cyclesPerMAC)), number(point.interval.map(\.low)),
      number(point.interval.map(\.high)),
      Cells.word(point.interval.value?.kind, missing: point.interval.reason ?? ""),
      number(
        point.interval.flatMap { Outcome($0.level, or: "\($0.kind) has no level") }),
      number(point.instructionCycles),
      number(
        waiting.map { .known($0 * 100) } ?? .missing(reason: one.bounds.basis.reason ?? "")),
      number(point.fetches.map { .known($0) } ?? .missing(reason: "nobody counted them")),
      number(
        one.model.map { .known($0.value(at: point.weightBytes)) }
          ?? .missing(reason: one.fit.reason ?? "")),
    ])
  }

  private static func number(_ value: Outcome<Double>) -> Table.Cell {
    Cells.cell(value) { (Format.number($0), $0) }
  }
}
