import Ingest
import Notebook
import Performance
import Support

/// What the analysis takes for granted, and where each piece of configuration came from.
enum AssumptionsSection {
  @Sendable static func blocks(_ analysis: Analysis) -> [Block] {
    var lines = [
      "Compared with: \(analysis.selection.referenceWords).",
      "A ratio is subject time / reference time: above 1 the subject is slower. Per cycle, the clocks "
        + "are divided out.",
      "Only CPU-bound time scales with the clock. On RP2350 the flash clock is derived from clk_sys and "
        + "scales with it; on the Nucleo flash latency is fixed in nanoseconds, so there a ratio per cycle "
        + "holds for the clocks at which it was measured.",
      "Intervals: order statistics of the median at "
        + "\(Format.number(analysis.options.confidence * 100)) %, a seeded bootstrap for ratios (seed "
        + "\(analysis.options.seed)); for published figures, the rounding of their last digit and nothing else; for "
        + "identical samples, the timer's resolution. Counts of instructions are exact and have none. Where the "
        + "interval of a ratio holds 1, no direction is shown.",
    ]
    if let model = analysis.machine.model.value, !analysis.labels.predictions.isEmpty {
      lines.append(
        "Predictions come from the machine model (section explain): "
          + "\(Format.number(model.cyclesPerInstruction.value)) cycles per instruction and "
          + "\(Format.number(model.cyclesPerLine.value, digits: 3)) per 8-byte line, fitted to "
          + "\(counted(model.points.count, "published run")) ("
          + "\(model.points.map(\.run.id).joined(separator: ", ")) of the bundled results), instruction counts "
          + "from an emulator and line fills from a simulation; no board was used.")
    }
    lines += readings(analysis)
    return [bullets(lines)] + provenance(analysis)
  }

  /// Runs of which this is said one by one.
  private static let most = 10

  /// Which lines of words were taken for times, and why.
  private static func readings(_ analysis: Analysis) -> [String] {
    let kinds: Set<ObservationKind> = [.timeInWords, .timeAssumed, .stagesApart, .clockFromCycles]
    let said = analysis.selection.runs.map { run in
      (run, run.run.observations.filter { kinds.contains($0.kind) }.map(\.message))
    }.filter { !$0.1.isEmpty }
    let listed = said.prefix(most).map { run, messages in
      "\(run.id) (\(run.run.source.file):\(run.run.source.firstLine)): \(messages.joined(separator: " "))"
    }
    return listed
      + (said.count > most ? ["\(said.count - most) more runs were read from lines of words."] : [])
  }

  /// Configuration that did not come from the logs themselves.
  private static func provenance(_ analysis: Analysis) -> [Block] {
    var known: [Provenance: [String: [String]]] = [:]
    for run in analysis.selection.runs {
      for (key, entry) in run.configuration.all
      where entry.provenance != .log && entry.provenance != .implied
        && !(key == .mcu && entry.provenance == .boardDescription)
      {
        known[entry.provenance, default: [:]]["\(key.rawValue)=\(entry.text)", default: []]
          .append(run.id)
      }
    }
    guard !known.isEmpty else {
      return [paragraph("Everything known of the runs stands in the logs themselves.")]
    }
    let rows = known.sorted { $0.key < $1.key }.flatMap { source, all in
      all.sorted { $0.key < $1.key }.map { (source: source, words: $0, runs: $1) }
    }
    return [
      .table(
        Table(
          columns: [.init(["configuration"]), .init(["known"]), .init(["runs"])],
          rows: rows.map { row in
            .init([
              .text(row.words), .text(row.source.words),
              .text(
                row.runs.count > 4
                  ? "\(row.runs.prefix(3).joined(separator: ", ")) and \(row.runs.count - 3) more"
                  : row.runs.joined(separator: ", ")),
            ])
          }, caption: ["Configuration that the logs do not hold"]))
    ]
  }
}
