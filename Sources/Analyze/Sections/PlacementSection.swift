import Core
import Ingest
import Notebook
import Performance
import Support

/// Weights in flash against weights in SRAM.
enum PlacementSection {
  static func blocks(_ rows: [PlacementRatio]) -> [Block] {
    guard !rows.isEmpty else {
      return [
        paragraph(
          "No model was run with its weights in flash and in SRAM under the same conditions, so the "
            + "cost of flash cannot be separated.")
      ]
    }
    var sentences: [String] = []
    for row in rows {
      if let null = row.ratio.nullWords() {
        sentences.append(
          "\(ModelName.words(row.model)) (\(row.dtype)) shows no difference between flash and SRAM on "
            + "\(row.boardWords) (\(null)).")
        continue
      }
      var text =
        "\(ModelName.words(row.model)) (\(row.dtype)) takes \(Format.ratio(row.ratio.value)) times as long "
        + "from flash as from SRAM on \(row.boardWords)"
      if let traffic = row.traffic.value {
        text +=
          ": \(Format.seconds(traffic.extraSeconds)) more, in which flash at its roof of "
          + "\(Format.bandwidth(traffic.roof)) delivers \(Format.number(traffic.bytesAtRoof / 1e6, digits: 3)) MB, "
          + "\(Format.number(traffic.bytesAtRoof / Double(traffic.leastBytes), digits: 3)) times the weights"
        if let bytes = traffic.simulatedBytes, let rate = traffic.simulatedBandwidth {
          text +=
            "; the simulated cache fetches \(Format.number(bytes / 1e6, digits: 3)) MB, which thus came "
            + "at \(Format.bandwidth(rate))"
        }
      }
      sentences.append(text + ".")
    }
    return sentences.map(paragraph) + [.table(table(rows))]
  }

  private static func table(_ rows: [PlacementRatio]) -> Table {
    func milliseconds(_ value: Double, _ resolution: Double?) -> Table.Cell {
      .number(Format.milliseconds(value, resolution: resolution), sortValue: value * 1e3)
    }
    return Table(
      columns: [
        .init(["board"]), .init(["model"]), .init(["dtype"]), .init(["flash"], unit: "ms"),
        .init(["SRAM"], unit: "ms"), .init(["ratio"]), .interval(priority: 2),
        .init(["bandwidth, simulated bytes"], unit: "MB/s", priority: 1),
        .interval(["bounds"], unit: "MB/s", priority: 2),
        .init(["roof"], unit: "MB/s", priority: 1), .init(["origin"], priority: 2),
      ],
      rows: rows.map { row in
        let reason = row.traffic.reason ?? ""
        return .init([
          .text(row.boardWords), .text(ModelName.words(row.model)), .text("\(row.dtype)"),
          milliseconds(row.flash, row.resolutions.flash),
          milliseconds(row.sram, row.resolutions.sram),
          .number(Format.ratio(row.ratio.value), sortValue: row.ratio.value),
          Cells.interval(row.ratio.interval),
          row.traffic.value?.simulatedBandwidth.map {
            .number(Format.significant($0 / 1e6, digits: 3), sortValue: $0 / 1e6)
          }
            ?? .missing(
              reason: row.traffic.reason ?? "the cache cannot be simulated for this run"),
          Cells.interval(row.traffic.map { $0.bandwidthBounds.scaled(by: 1e-6) }) { low, high in
            [low, high].map { Format.significant($0, digits: 3) }.joined(separator: " – ")
          },
          row.traffic.value.map {
            .number(Format.significant($0.roof / 1e6, digits: 3), sortValue: $0.roof / 1e6)
          } ?? .missing(reason: reason),
          .text("\(row.origin)"),
        ])
      },
      caption: [
        "Flash against SRAM; bandwidth by what the simulated XIP cache fetches, and its bounds: each weight once, and once per MAC"
      ])
  }
}
