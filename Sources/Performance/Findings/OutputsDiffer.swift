import Core
import Ingest
import OrderedCollections
import Support

/// One model, one input, and outputs that are not the same: within a run, or between runs.
///
/// int8 kernels have no room for rounding of their own: every engine, placement, number of cores and
/// board must give the same bytes. Sums of fp32 may be taken in another order; where the log has the
/// bytes, they may differ by 2e-6 of the largest.
enum OutputsDiffer: FindingRule {
  /// Of the largest absolute output: what another order of sums may change.
  static let tolerance: Float = 2e-6
  private static let mostNamed = 5

  private struct Key: Hashable {
    var model: String
    var input: String
    var sample: UInt64
    var output: UInt64
  }
  private struct Value {
    var run: AnalysedRun
    var output: RunOutput
  }

  static func findings(in runs: [AnalysedRun]) -> [Finding] {
    var groups: OrderedDictionary<Key, [Value]> = [:]
    for run in runs {
      guard let model = run.configuration.text(.modelCRC32) else { continue }
      for output in run.run.outputs {
        let key = Key(
          model: model, input: run.configuration.text(.input) ?? "", sample: output.sample,
          output: output.output)
        groups[key, default: []].append(Value(run: run, output: output))
      }
    }
    let all = Array(groups.values)
    return [unstable(all), unlike(all), alike(all)].compactMap(\.self)
  }

  /// Inferences of one run that gave different bytes for the same sample.
  private static func unstable(_ groups: [[Value]]) -> Finding? {
    var runs: [AnalysedRun] = []
    for group in groups {
      let byRun = Dictionary(grouping: group, by: \.run.id)
      for value in group where (byRun[value.run.id]?.count ?? 0) > 1 {
        if !runs.contains(where: { $0.id == value.run.id }) { runs.append(value.run) }
      }
    }
    guard !runs.isEmpty else { return nil }
    return Finding(
      id: "outputs-change", severity: .error,
      message: "\(counted(runs.count, "run")) gave different outputs for the same input.",
      evidence: runs.prefix(mostNamed).map { "\($0.id): \(crcs($0))." },
      action:
        "Do not use the times: memory is written that another part uses, or the board is unstable "
        + "at this clock and flash divisor.", runs: runs.map(\.id))
  }

  /// Runs of one model whose outputs differ by more than their dtype allows.
  private static func unlike(_ groups: [[Value]]) -> Finding? {
    let wrong = groups.filter { group in
      group.contains { first in group.contains { !agree(first, $0) } }
    }
    let runs = wrong.flatMap { $0.map(\.run.id) }.uniqued()
    guard !wrong.isEmpty else { return nil }
    return Finding(
      id: "outputs-differ", severity: .warning,
      message:
        "\(counted(wrong.count, "output")) of the same model and input "
        + "\(wrong.count == 1 ? "differs" : "differ") between runs.",
      evidence: wrong.prefix(mostNamed).map { group in
        listed(
          group.map { "\($0.run.id) \(Format.hex($0.output.crc32))" }) + "."
      },
      action:
        "One of them computes something else: compare engines and builds, and do not compare their times.",
      runs: runs)
  }

  /// Engines that gave the same bytes.
  private static func alike(_ groups: [[Value]]) -> Finding? {
    let same = groups.filter { group in
      Set(group.map(\.run.runtime)).count > 1 && Set(group.map(\.output.crc32)).count == 1
    }
    guard !same.isEmpty else { return nil }
    let models = same.compactMap { group in
      group.first.map {
        "\(ModelName.words($0.run.model ?? "?")) (\($0.run.dtype?.description ?? "?"))"
      }
    }.uniqued()
    let engines = same.flatMap { $0.compactMap(\.run.runtime) }.uniqued()
    return Finding(
      id: "outputs-agree", severity: .note,
      message: "\(listed(engines)) give the same bytes for \(listed(models)).",
      evidence: ["Compared by the CRC-32 of the outputs, for the same model file and input."],
      action: "Nothing is to be done.", runs: same.flatMap { $0.map(\.run.id) }.uniqued())
  }

  private static func agree(_ a: Value, _ b: Value) -> Bool {
    if a.run.id == b.run.id || a.output.crc32 == b.output.crc32 { return true }
    guard a.run.dtype == .fp32 else { return false }
    // Without the bytes it cannot be told what the order of sums changed.
    guard let left = floats(a.output), let right = floats(b.output) else { return true }
    guard left.count == right.count else { return false }
    let largest = left.reduce(0) { max($0, $1.magnitude) }
    return zip(left, right).allSatisfy { ($0 - $1).magnitude <= tolerance * largest }
  }

  private static func floats(_ output: RunOutput) -> [Float]? {
    guard let bytes = output.data, bytes.count.isMultiple(of: 4) else { return nil }
    return stride(from: 0, to: bytes.count, by: 4).map { start in
      // Little-endian.
      let word = bytes[start..<start + 4].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      return Float(bitPattern: word)
    }
  }

  private static func crcs(_ run: AnalysedRun) -> String {
    listed(run.run.outputs.prefix(mostNamed).map { "sample \($0.sample) \(Format.hex($0.crc32))" })
  }
}
