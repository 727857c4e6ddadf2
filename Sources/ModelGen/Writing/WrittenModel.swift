import Core
import Inspection
import Models
import Notebook
import Support

/// A .tflite file that was written, as a row of the table.
struct WrittenModel {
  var model: String
  var dtype: Dtype
  var path: String
  var graph: Graph
  var arenaBytes: Int
  /// The last component of the path.
  var file: String { path.split(separator: "/").last.map(String.init) ?? path }
  /// Of int8 against fp32 at the output, in dB; nil where it was not measured.
  var signalToNoise: Double?
  /// Where int8 ranges are from; nil for fp32 and for models that were int8.
  var ranges: String?

  /// Files by their names where there is a caption to say in which folder, else by their paths.
  static func table(_ written: [WrittenModel], _ options: WritingOptions) -> Table {
    let hasCaption = options.format != .csv
    let place = options.output == "." ? "" : " to \(printable(options.output, limit: 60))"
    return Table(
      columns: [
        .init(["model"], priority: 1), .init(["dtype"]), .init(["file"]),
        .init(["file"], unit: "B"),
        .init(["operators"], priority: 5), .init(["MAC"]), .init(["weights"], unit: "B"),
        .init(["arena"], unit: "B"), .init(["CRC-32"], priority: 3),
        .init(["int8/fp32"], unit: "dB", priority: 2),
        .init(["weights are"], priority: 4), .init(["ranges from"], priority: 6),
      ],
      rows: written.map { each in
        .init([
          .text(each.model), .text(each.dtype.description),
          .text(hasCaption ? each.file : each.path),
          .count(each.graph.bytes.count), .count(each.graph.operators.count),
          .count(each.graph.macs), .count(each.graph.weightBytes), .count(each.arenaBytes),
          .text(Format.hex(each.graph.crc32)),
          each.signalToNoise.map {
            .number($0.isFinite ? Format.fixed($0, places: 1) : "no noise", sortValue: $0)
          } ?? .missing(reason: each.dtype == .fp32 ? "fp32 is the reference" : "not measured"),
          .text(each.graph.weightsSource.description),
          each.ranges.map { .text(printable($0, limit: 60)) }
            ?? .missing(reason: each.dtype == .fp32 ? "fp32 needs none" : "they were in the model"),
        ])
      }, caption: [.text("Models written" + place)]
    )
  }

}
