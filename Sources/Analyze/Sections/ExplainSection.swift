import Core
import Ingest
import MachineModel
import Notebook
import OrderedCollections
import Performance
import Statistics
import Support

/// Why each run takes the time it takes, and what it would take otherwise.
enum ExplainSection {
  @Sendable static func blocks(_ analysis: Analysis) -> [Block] {
    guard let model = analysis.machine.model.value else {
      return [
        paragraph("There is no machine model: \(analysis.machine.model.reason ?? "unknown why").")
      ]
    }
    var blocks = equation(model)
    if !analysis.machine.explanations.isEmpty {
      blocks += ExplainFigures.blocks(analysis, model)
      blocks.append(bullets(analysis.machine.explanations.lazy.map(sentence)))
      blocks += table(analysis.machine.explanations).withoutEmptyColumns()
    }
    let out = unexplained(analysis)
    if !out.isEmpty { blocks.append(paragraph(out)) }
    return blocks + ExplainAccounts.blocks(model) + ExplainPredictions.blocks(analysis)
  }

  // MARK: the model

  static func equation(_ model: MachineModel) -> [Block] {
    let cpi = Format.significant(model.cyclesPerInstruction.value, digits: 4)
    let line = Format.significant(model.cyclesPerLine.value, digits: 3)
    let clock = model.machine.clockHz ?? 0
    let stream = model.sequentialBandwidth(clockHz: clock)
    var text =
      "cycles = \(cpi) × instructions + \(line) × line fills + \(Format.number(model.mode.setupCycles)) × "
      + "line fills that begin a new transfer"
    text += " (\(model.machine.short), flash \(model.mode.id))."
    var lines = [text]
    lines.append(
      "Instructions are counted by an emulator, fills by a simulation of the XIP cache (its exact "
        + "expectation, so no seed matters) over the weight reads of each kernel; a new transfer costs "
        + "\(Format.number(model.mode.setupCycles)) cycles of command, address and dummy clocks. Only the "
        + "\(cpi) cycles per instruction \(interval(model.cyclesPerInstruction)) and the \(line) per line "
        + "\(interval(model.cyclesPerLine)) are fitted, by \(model.loss).")
    lines.append(
      "A line carries \(model.machine.cache?.lineBytes ?? 8) bytes in \(Format.number(model.mode.dataCycles)) "
        + "cycles of data clocks; with the \(line) fitted, a sequential stream reaches "
        + "\(Format.bandwidth(stream.value))"
        + (stream.interval.value.map {
          " (\(Format.bandwidth($0.low)) to \(Format.bandwidth($0.high)))"
        } ?? "") + " of the \(roof(model, clock)) roof. "
        + ExplainAccounts.divisor(model))
    if let sentence = ExplainAccounts.nested(model) { lines.append(sentence) }
    return lines.prefix(1).map { .paragraph([.strong([.text($0)])]) }
      + lines.dropFirst().map(paragraph)
  }

  private static func roof(_ model: MachineModel, _ clock: Double) -> String {
    model.machine.memoryRoof("flash").map { Format.bandwidth($0.bytesPerCycle * clock) }
      ?? "flash"
  }

  private static func interval(_ estimate: Estimate) -> String {
    switch estimate.interval {
    case .known(let interval):
      "(\(Format.range(interval.low, interval.high))"
        + (interval.level.map { " at \(Format.confidence($0))" } ?? "") + ")"
    case .missing(let reason): "(no interval: \(reason))"
    }
  }

  // MARK: runs

  private static func sentence(_ row: Explanation) -> String {
    let name = "\(ModelName.words(row.model)) (\(row.dtype), \(row.weights.words))"
    let measured = Format.seconds(row.measuredCycles / row.clockHz)
    let predicted = Format.seconds(row.parts.total / row.clockHz, digits: 4)
    guard row.parts.waiting > 0 else {
      return "\(name): \(measured), all of it instructions; predicted \(predicted), "
        + "\(signed(row.error))."
    }
    let share = row.parts.waiting / row.parts.total
    var text =
      "\(name): of \(measured), \(Format.percent(1 - share)) is spent on instructions and "
      + "\(Format.percent(share)) waiting for flash; "
      + "\(Format.number(row.flashBytes / 1e6, digits: 3)) MB are fetched, "
      + "\(Format.percent(row.traffic.fills > 0 ? row.traffic.newTransfers / row.traffic.fills : 0)) "
      + "of the lines by a new transfer; predicted \(predicted), \(signed(row.error))"
    if !row.isFitted, abs(row.error) > 0.1 {
      text += ": the model does not describe this run, so what is assumed of it may be wrong"
    }
    return text + "."
  }

  /// "+1.4 %".
  static func signed(_ fraction: Double) -> String {
    Format.signed(fraction * 100, places: 2) + " %"
  }

  private static func table(_ rows: [Explanation]) -> Table {
    Table(
      columns: [
        .init(["run"]), .init(["measured"], unit: "ms"), .init(["predicted"], unit: "ms"),
        .init(["error"], unit: "%"), .init(["left out"], unit: "%", priority: 1),
        .init(["instructions"], unit: "%"), .init(["data"], unit: "%"),
        .init(["transfers"], unit: "%"), .init(["fetched"], unit: "MB", priority: 2),
        .init(["new transfers"], unit: "%", priority: 3),
        .init(["bandwidth"], unit: "MB/s", priority: 2), .init(["origin"], priority: 4),
      ],
      of: rows,
      caption: [
        .text(
          "Predicted against measured, and where the predicted cycles go; left out: error of a model "
            + "chosen and fitted without the run; bandwidth: bytes fetched in the time that instructions leave"
        )
      ],
      row: { row in
        let none = "nothing is fetched from flash"
        let total = row.parts.total
        return .init([
          .text(row.run), measured(row),
          milliseconds(total / row.clockHz, digits: 4), percent(row.error, places: 2),
          row.heldOutError.map { percent($0, places: 2) }
            ?? .missing(reason: "the fit without this run fails"),
          percent(row.parts.instructions / total), percent(row.parts.data / total),
          percent(row.parts.transfers / total),
          row.flashBytes > 0
            ? .number(
              Format.significant(row.flashBytes / 1e6, digits: 3), sortValue: row.flashBytes / 1e6)
            : .missing(reason: none),
          row.traffic.fills > 0
            ? percent(row.traffic.newTransfers / row.traffic.fills) : .missing(reason: none),
          row.bandwidth.map {
            .number(Format.significant($0 / 1e6, digits: 3), sortValue: $0 / 1e6)
          }
            ?? .missing(
              reason: row.flashBytes > 0
                ? "instructions alone take longer than was measured" : none),
          .text("\(row.origin)"),
        ])
      })
  }

  static func milliseconds(_ seconds: Double, digits: Int) -> Table.Cell {
    .number(Format.significant(seconds * 1e3, digits: digits), sortValue: seconds * 1e3)
  }

  private static func measured(_ row: Explanation) -> Table.Cell {
    let seconds = row.measuredCycles / row.clockHz
    return .number(
      Format.milliseconds(seconds, resolution: row.resolution), sortValue: seconds * 1e3)
  }

  private static func percent(_ fraction: Double, places: Int = 1) -> Table.Cell {
    .number(Format.fixed(fraction * 100, places: places), sortValue: fraction * 100)
  }

  private static func unexplained(_ analysis: Analysis) -> String {
    guard !analysis.machine.unexplained.isEmpty else { return "" }
    let groups = OrderedDictionary(grouping: analysis.machine.unexplained, by: \.reason)
    let emulated = EmulatedRuns.ids(analysis)
    let words = groups.map { reason, all in
      "\(EmulatedRuns.listed(all.map(\.run), apartFrom: emulated, most: 8)) (\(reason))"
    }
    return "Not explained: \(sequence(words))."
  }
}
