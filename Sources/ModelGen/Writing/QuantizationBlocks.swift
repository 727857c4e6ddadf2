import Inspection
import Notebook
import Quantizer
import Support

/// What quantization did to a model, as tables.
enum QuantizationBlocks {
  /// Operators by the damage each does alone, the worst first.
  static func blocks(_ report: QuantizationReport, _ name: String) -> [Block] {
    let output = report.outputs.map { decibels($0.decibels) + " dB" }.joined(separator: ", ")
    let sentence =
      "int8 against fp32 on \(counted(report.sampleCount, "sample")): a signal-to-noise ratio of \(output) at "
      + "the output. Operators are sorted by the noise that each adds by itself, the most first."
    let table = Table(
      columns: [
        .init(["#"]), .init(["operator"]), .init(["by itself"], unit: "dB"),
        .init(["so far"], unit: "dB"), .init(["clipped"], unit: "%"),
        .init(["at lowest"], unit: "%", priority: 1), .init(["at highest"], unit: "%", priority: 1),
      ],
      rows: report.rowsByDamage.map { row in
        .init([
          .number("\(row.index)"), .text(row.kind), noise(row.own), noise(row.collected),
          share(row.clipped), share(row.atLowest), share(row.atHighest),
        ])
      }, caption: [.text("Quantization of \(name)")])
    return [.heading(level: 2, [.text(name)]), .paragraph([.text(sentence)]), .table(table)]
  }

  /// fp32 and int8 side by side.
  static func blocks(
    _ verification: Verification, _ name: String, _ source: String
  ) -> [Block] {
    var sentence =
      "Verified on \(counted(verification.rows.count, "sample")) (\(source)): the largest difference is "
      + "\(verification.largestDifference), the signal-to-noise ratio "
      + "\(decibels(verification.signal.decibels)) dB."
    if let agreement = verification.agreement {
      sentence += " Both name the same class for \(agreement.count) of \(agreement.total)."
    }
    let table = Table(
      columns: [
        .init(["sample"]), .init(["largest difference"]), .init(["noise"], unit: "dB"),
        .init(["class, fp32"]), .init(["class, int8"]),
      ],
      rows: verification.rows.prefix(100).map { row in
        .init([
          .number("\(row.sample)"), .number("\(row.largestDifference)"), noise(row.signal),
          label(row.referenceClass), label(row.candidateClass),
        ])
      }, caption: [.text("fp32 and int8 of \(name), sample by sample")])
    return [.paragraph([.text(sentence)]), .table(table)]
  }

  private static func label(_ value: Int?) -> Table.Cell {
    value.map { .number("\($0)") } ?? .missing(reason: "the output is no distribution")
  }

  private static func noise(_ value: SignalToNoise) -> Table.Cell {
    .number(decibels(value.decibels), sortValue: value.decibels)
  }

  private static func decibels(_ value: Double) -> String {
    value.isFinite ? Format.fixed(value, places: 1) : value > 0 ? "exact" : "no signal"
  }

  private static func share(_ value: Share) -> Table.Cell {
    .number(Format.fixed(100 * value.fraction, places: 1), sortValue: 100 * value.fraction)
  }
}
