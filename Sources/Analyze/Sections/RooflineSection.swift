import Core
import Ingest
import Notebook
import OrderedCollections
import Performance
import Statistics
import Support

/// Which roof each model and operator stands under, and how far below it.
enum RooflineSection {
  @Sendable static func blocks(_ analysis: Analysis) -> [Block] {
    let roofline = analysis.roofline
    // The reference alone would pass for a result of the logs.
    let isRead =
      !analysis.selection.runs.isEmpty || analysis.files.contains { !$0.microBenchmarks.isEmpty }
    guard isRead, !roofline.machines.isEmpty else {
      return [
        paragraph(
          "No run was timed on a board whose roofs are known, so there is no roofline."
            + leftOut(analysis))
      ]
    }
    var blocks = RooflineFigures.blocks(analysis)
    for machine in roofline.machines {
      let lines = RooflineSentences(machine: machine, analysis: analysis).lines
      if !lines.isEmpty { blocks.append(bullets(lines)) }
    }
    if !roofline.points.isEmpty {
      blocks += points(roofline).withoutEmptyColumns()
      blocks.append(paragraph(method))
    }
    blocks.append(.table(lines(roofline)))
    if let model = analysis.machine.model.value,
      roofline.machines.contains(where: { $0.short == model.machine.short })
    {
      blocks.append(paragraph(ExplainAccounts.divisor(model)))
    }
    blocks.append(.table(ridges(roofline.machines)))
    blocks += MicroBenchmarksTable.measured(analysis)
    let out = leftOut(analysis)
    if !out.isEmpty { blocks.append(paragraph(String(out.dropFirst()))) }
    return blocks
  }

  private static let method =
    "One MAC is two operations; biases are not counted as bytes. The roof is the smallest of the compute "
    + "roof and bandwidth x intensity at every level; without overlap the core waits for each byte. "
    + "Bound is the largest of four terms that add up: MACs at the rate of the kernel's inner loop (of "
    + "CMSIS-NN's in int8, of VFMA in fp32; of the roof where no loop is described), bytes of flash and "
    + "of SRAM at their roofs, and what these leave of the measured time, overhead. It is given only "
    + "where it is the same whatever is unknown of the bytes, and is sure where it exceeds the next "
    + "more than twice."

  /// " Without a place: ...", nothing where all have one.
  private static func leftOut(_ analysis: Analysis) -> String {
    let reasons = OrderedDictionary(grouping: analysis.roofline.leftOut, by: \.reason)
    guard !reasons.isEmpty else { return "" }
    let emulated = EmulatedRuns.ids(analysis)
    let words = reasons.map { reason, all in
      let what = all.map { one in
        one.operators.map { "\(counted($0, "operator")) of \(one.run)" } ?? one.run
      }
      return "\(EmulatedRuns.listed(what, apartFrom: emulated, most: 8)) (\(reason))"
    }
    return " Without a place on a roofline: \(sequence(words))."
  }

  private static func points(_ roofline: Roofline) -> Table {
    let hasOperators = roofline.points.contains { $0.operatorPosition != nil }
    let counter = common(roofline.points.map(\.byteCounter.words))
    var columns: [Table.Column] = [.init(["run"])]
    if hasOperators { columns.append(.init(["operator"])) }
    columns.append(.init(["MAC/B"]))
    if counter == nil { columns.append(.init(["bytes counted"], priority: 1)) }
    columns += [
      .init(["MAC/cycle"]), .init(["interval"], priority: 4),
      .init(["rate"], unit: "MMAC/s", priority: 3), .init(["roof"], unit: "MAC/cycle"),
      .init(["under"], priority: 1), .init(["share"], unit: "%"),
      .init(["no overlap"], unit: "%", priority: 2), .init(["bound"]),
      .init(["how sure"], priority: 2),
    ]
    if hasOperators { columns.append(.init(["of the time"], unit: "%", priority: 1)) }
    columns += [
      .init(["weights"], priority: 3), .init(["dtype"], priority: 4),
      .init(["origin"], priority: 4),
    ]
    return Table(
      columns: columns,
      of: roofline.points,
      caption: [
        .text(
          "Points of the roofline; bytes at the level that holds the weights"
            + (counter.map { ", counted as \($0)" } ?? ""))
      ],
      row: { point in
        .init(
          Self.row(point, hasOperators: hasOperators, namesCounter: counter == nil),
          isEmphasized: hasOperators && point.operatorPosition == nil)
      })
  }

  private static func row(
    _ point: RooflinePoint, hasOperators: Bool, namesCounter: Bool
  ) -> [Table.Cell] {
    let rate = point.macsPerCycle
    let atLeast = point.isBelowTimerResolution ? "≥ " : ""
    let noRate: String? = point.macs > 0 ? nil : point.intensity.reason ?? ""
    var cells: [Table.Cell] = [.text(point.run)]
    if hasOperators { cells.append(.text(point.operatorWords ?? "whole model")) }
    cells.append(Cells.cell(point.intensity) { (Format.number($0, digits: 3), $0) })
    if namesCounter { cells.append(.text(point.byteCounter.words)) }
    cells += [
      noRate.map { .missing(reason: $0) }
        ?? .number(atLeast + Format.number(rate.value, digits: 3), sortValue: rate.value),
      noRate.map { .missing(reason: $0) }
        ?? Cells.cell(rate.interval.map(\.low)) { low in
          (Format.range(low, rate.interval.value?.high ?? low), low)
        },
      noRate.map { .missing(reason: $0) }
        ?? Cells.cell(point.macsPerSecond.map { $0.value / 1e6 }) {
          (Format.number($0, digits: 3), $0)
        },
      Cells.cell(point.attainable.map(\.macsPerCycle)) { (Format.number($0, digits: 3), $0) },
      text(point.attainable.map(\.limit.words)),
      percent(point.share), percent(point.noOverlapShare),
      text(point.bound.map(\.term.words)), text(point.bound.map(\.certainty)),
    ]
    if hasOperators { cells.append(percent(point.timeShare)) }
    return cells + [
      Cells.text(
        point.weights.map { point.assumptions.isEmpty ? "\($0)" : "\($0) (assumed)" },
        missing: "nothing says where the weights are"),
      Cells.word(point.dtype, missing: "nothing says the dtype"), .text("\(point.origin)"),
    ]
  }

  private static func text(_ text: Outcome<String>) -> Table.Cell {
    switch text {
    case .known(let text): .text(text)
    case .missing(let reason): .missing(reason: reason)
    }
  }

  private static func percent(_ share: Outcome<Double>) -> Table.Cell {
    Cells.cell(share.map { $0 * 100 }) { (Format.significant($0, digits: 3), $0) }
  }

  private static func lines(_ roofline: Roofline) -> Table {
    let machines = roofline.machines
    // By its name alone where one machine of a board is enough.
    func name(_ machine: RooflineMachine) -> String {
      machines.filter { $0.board == machine.board && $0.clockHz == machine.clockHz }.count > 1
        ? roofline.words(machine) : machine.short
    }
    return Table(
      columns: [
        .init(["board"]), .init(["line"]), .init(["per cycle"]), .init(["per second"]),
        .init(["what"], priority: 1), .init(["known"], priority: 2),
      ],
      rows: machines.flatMap { machine in
        machine.memory.map { line in
          Table.Row([
            .text(name(machine)), .text(line.id),
            .number(
              "\(Format.number(line.bytesPerCycle, digits: 3)) B", sortValue: line.bytesPerCycle),
            .number(Format.bandwidth(line.bytesPerSecond), sortValue: line.bytesPerSecond),
            .text(line.name), .text(line.provenance.words),
          ])
        }
          + machine.compute.map { line in
            Table.Row([
              .text(name(machine)), .text(line.id),
              .number(
                "\(Format.number(line.macsPerCycle, digits: 3)) MAC", sortValue: line.macsPerCycle),
              .number(
                "\(Format.number(line.macsPerSecond / 1e6, digits: 3)) MMAC/s",
                sortValue: line.macsPerSecond), .text(line.name), .text(line.provenance.words),
            ])
          }
      }, caption: ["Roofs and the lines below them, for one core"])
  }

  private static func ridges(_ machines: [RooflineMachine]) -> Table {
    var memory: [String] = []
    for ridge in machines.flatMap(\.ridges) where !memory.contains(ridge.memory) {
      memory.append(ridge.memory)
    }
    return Table(
      columns: [.init(["board"]), .init(["compute line"])]
        + memory.map { .init([.text($0)], unit: "MAC/B") },
      rows: machines.flatMap { machine in
        machine.compute.map { line in
          Table.Row(
            [.text(machine.short), .text(line.id)]
              + memory.map { id in
                machine.ridge(memory: id, compute: line.id).map {
                  .number(Format.number($0.intensity, digits: 3), sortValue: $0.intensity)
                } ?? .missing(reason: "the board has no such line")
              })
        }
      }, caption: ["Ridges: above them a layer is on the compute side of that line"])
  }
}
