import Core
import Ingest
import OrderedCollections
import Reference
import Support

/// An int8 function of one argument that TFLM computes and another runtime looks up.
///
/// TFLM computes int8 TANH and LOGISTIC with its integer reference code, for CMSIS-NN has no kernel of
/// them. An int8 input has 256 values, so a table of as many bytes holds all results.
enum TableBeatsArithmetic: FindingRule {
  private static let kinds: Set<String> = ["TANH", "LOGISTIC"]
  /// Fewer times as many instructions are no reason to change anything.
  private static let least = 1.5
  /// Operators named in the evidence.
  private static let mostNamed = 5

  struct Subject {
    var counts: [InstructionCounts]
    var precision: [PrecisionRatio]
    var selection: Selection
    var reference: ReferenceData
  }

  private struct Row {
    var run: AnalysedRun
    var one: AnalysedOperator
    var own: Double
    var other: InstructionComparison.Baseline
    var tflm: Double
  }

  static func findings(in subject: Subject) -> [Finding] {
    let runs = Dictionary(
      subject.selection.runs.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var groups: OrderedDictionary<String, [Row]> = [:]
    for counts in subject.counts {
      guard let run = runs[counts.run], run.dtype == .int8, run.runtime != "tflm",
        let comparison = counts.comparison.value
      else { continue }
      for one in run.operators where kinds.contains(one.kind) {
        guard let pair = comparison.operators.first(where: { $0.words == one.words }),
          pair.own > 0, pair.baseline >= least * pair.own
        else { continue }
        groups[one.kind, default: []].append(
          Row(run: run, one: one, own: pair.own, other: comparison.baseline, tflm: pair.baseline))
      }
    }
    return groups.map { finding($0, $1, subject) }
  }

  private static func finding(_ kind: String, _ rows: [Row], _ subject: Subject) -> Finding {
    let ratios = rows.map { $0.tflm / $0.own }
    let ends = [ratios.min() ?? 0, ratios.max() ?? 0].map { Format.significant($0, digits: 3) }
    let range = ends[0] == ends[1] ? ends[0] : "\(ends[0]) to \(ends[1])"
    var evidence = rows.prefix(mostNamed).map { row in
      "\(row.one.words) of \(row.run.id): \(amount(row.tflm, row)) in TFLM, "
        + "\(amount(row.own, row)) in \(row.run.runtime ?? "this run")."
    }
    if rows.count > mostNamed { evidence.append("\(rows.count - mostNamed) more of the kind.") }
    evidence += float(kind, rows, subject)
    evidence.append(
      "TFLM computes int8 \(kind) with its integer reference code; CMSIS-NN has no kernel for it. An int8 "
        + "input has 256 values, so a table holds every result and an element takes one load.")
    evidence += timed(kind, subject)
    let runtimes = rows.compactMap(\.run.runtime).uniqued()
    return Finding(
      id: "table-beats-arithmetic", severity: .note,
      message: "int8 \(kind) takes \(range) times as many instructions in TFLM as by table in "
        + "\(runtimes.isEmpty ? "the logs" : listed(runtimes)).",
      evidence: evidence,
      action:
        "Compute int8 \(kind) by a table of 256 entries; the bits are the same. Only a board says how "
        + "much time it saves.",
      runs: rows.flatMap { row -> [String] in
        if case .run(let other) = row.other { [row.run.id, other] } else { [row.run.id] }
      }.uniqued())
  }

  /// The same kind in fp32 in TFLM, model by model.
  private static func float(_ kind: String, _ rows: [Row], _ subject: Subject) -> [String] {
    let models = rows.compactMap(\.run.model).uniqued()
    return models.prefix(mostNamed).compactMap { model in
      guard let row = rows.first(where: { $0.run.model == model }),
        let count = floatCount(kind, model, subject), count > 0
      else { return nil }
      return
        "In fp32, by the C library's function, TFLM takes \(Format.whole(count)) instructions for the "
        + "\(kind) of '\(model)'; in int8 it takes \(Format.significant(row.tflm / count, digits: 3)) times as "
        + "many."
    }
  }

  /// From a TFLM run of the logs, else from the bundled counts.
  private static func floatCount(_ kind: String, _ model: String, _ subject: Subject) -> Double? {
    let run = subject.selection.runs.first {
      $0.model == model && $0.dtype == .fp32 && $0.runtime == "tflm"
    }
    if let one = run?.operators.first(where: { $0.kind == kind && !$0.isSumOfKind }) {
      return one.instructions.value?.value
    }
    return subject.reference.instructions.first {
      $0.model == model && $0.dtype == .fp32 && $0.kind == kind
    }.map { Double($0.instructions) }
  }

  /// Times of boards that show the same.
  private static func timed(_ kind: String, _ subject: Subject) -> [String] {
    let runtimes = Dictionary(
      subject.selection.all.map { ($0.id, $0.runtime) },
      uniquingKeysWith: { first, _ in first })
    return subject.precision.filter {
      $0.kind == kind && $0.ratio.basis == .time && $0.ratio.value > 1
        && $0.ratio.differsFromOne != false
        && runtimes[$0.int8Run] == "tflm"
    }.prefix(mostNamed).map { row in
      "In time, \(row.operatorWords ?? kind) of '\(row.model)' is \(Format.ratio(row.ratio.value)) times "
        + "slower in int8 than in fp32 on \(row.boardWords), with the same code of TFLM."
    }
  }

  /// "28,512 instructions for 64 elements", the latter where the shape is known.
  private static func amount(_ count: Double, _ row: Row) -> String {
    let text = "\(Format.whole(count)) instructions"
    guard let elements = elements(row), elements > 0 else { return text }
    return text + " (\(Format.number(count / Double(elements), digits: 3)) for each of "
      + "\(Format.grouped(elements)) elements)"
  }

  private static func elements(_ row: Row) -> Int? {
    if let output = row.one.cost?.output, !output.isEmpty {
      // Shapes come from a table or a file that may be hostile.
      return output.reduce(Int?(1)) { product, size in
        guard let (value, overflow) = product?.multipliedReportingOverflow(by: size), !overflow
        else { return nil }
        return value
      }
    }
    return generatedElements(row)
  }

  /// Elements behind a layer of a generated model, `mlp_16x64x32x8_m3328`; nil where its MACs are not
  /// those that the name says.
  private static func generatedElements(_ row: Row) -> Int? {
    guard let model = row.run.model, model.hasPrefix("mlp_"),
      let list = model.dropFirst(4).split(separator: "_").first, let index = row.one.index
    else { return nil }
    let sizes = list.split(separator: "x").compactMap { Int($0) }
    let before = row.run.operators.filter { ($0.index ?? .max) < index }
    let layers = before.filter { $0.kind == "FULLY_CONNECTED" }
    guard layers.count >= 1, layers.count < sizes.count,
      zip(layers, zip(sizes, sizes.dropFirst())).allSatisfy({ layer, size in
        let (macs, overflow) = size.0.multipliedReportingOverflow(by: size.1)
        return !overflow && layer.macs.map { $0 == UInt64(clamping: macs) } ?? false
      })
    else { return nil }
    return sizes[layers.count]
  }
}
