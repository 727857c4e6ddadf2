import Core
import Ingest
import Support

extension AnalysedRun: FieldsEncodable {
  /// Why what the configuration may say is missing.
  static let unsaid = "neither the log nor an option, sidecar file or file name says so"

  /// Where it is from, what it ran, and its numbers.
  public var fields: Fields {
    let unsaid = Self.unsaid
    let cores = configuration.text(.cores).flatMap { Int($0) }
    var fields: Fields = [
      "id": id, "source": run.source.file, "line": run.source.firstLine,
      "dialect": run.source.dialect.rawValue,
      "origin": Outcome(statedOrigin, or: "nothing was measured"),
      "board": Outcome(board, or: unsaid), "mcu": Outcome(mcu, or: unsaid),
      "clock_hz": Outcome(clockHz, or: unsaid), "cores": Outcome(cores, or: unsaid),
      "runtime": Outcome(runtime, or: unsaid), "model": Outcome(model, or: unsaid),
      "model_crc32": Outcome(configuration.text(.modelCRC32), or: unsaid),
      "weights_source": configuration.weightsSource,
      "dtype": Outcome(dtype, or: unsaid), "dtype_claimed": dtypeClaimed,
      "dtype_evidence": Outcome(
        configuration.text(.dtypeEvidence),
        or: dtype == nil ? unsaid : "it was stated, not inferred"),
      "weights": Outcome(weights, or: unsaid), "latency": seconds.map(\.timeFields),
      "cycles": cycles.number, "instructions": instructions.number, "ticks": ticks.number,
      "boots": boots?.count,
      "macs": Outcome(macs, or: costsReason), "weight_bytes": Outcome(weightBytes, or: costsReason),
      "energy_joules": Outcome(
        run.energy.median, or: "the log holds no energy of an inference"),
      "operators": operators, "configuration": configuration,
    ]
    // Where the dtype is known, no claim beside it means that nothing else was said.
    if dtype == nil, dtypeClaimed == nil { fields.explain("dtype_claimed", unsaid) }
    if operators.isEmpty { fields.explain("operators", operatorsReason) }
    return fields
  }
}

extension AnalysedOperator: FieldsEncodable {
  /// Which one it is, and its numbers.
  public var fields: Fields {
    // The samples are the same in every unit.
    let samples = Measure.allCases.lazy.map(quantity).first { $0.value != nil } ?? seconds
    return [
      "index": Outcome(
        index,
        or: isSumOfKind
          ? "it is the sum over all operators of its kind"
          : "the source does not say where in the graph it is"),
      "kind": kind, "name": name, "is_sum_of_kind": isSumOfKind ? Optional(true) : nil,
      "seconds": seconds.number, "n": samples.map(\.count), "cycles": cycles.number,
      "instructions": instructions.number,
      "ticks": ticks.number, "macs": Outcome(macs, or: costsReason),
      "weight_bytes": Outcome(weightBytes, or: costsReason),
    ] + seconds.interval.fields
  }
}
