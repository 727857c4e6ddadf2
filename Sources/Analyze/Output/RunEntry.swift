import Ingest
import Performance
import Statistics
import Support

extension AnalysisDocument {
  /// One run of the JSON document.
  struct RunEntry: Encodable {
    struct LatencyEntry: Encodable {
      let seconds: Double
      let low: Double?
      let high: Double?
      let n: UInt64
      let method: String
      let intervalMethod: String?
      let reasons: [String: String]?

      init(_ quantity: Quantity) {
        var reasons = Reasons()
        let interval = reasons.interval(of: .known(quantity))
        seconds = quantity.value
        low = interval?.low
        high = interval?.high
        n = quantity.count
        method = quantity.method
        intervalMethod = interval?.method
        self.reasons = reasons.orNil
      }
    }

    struct OperatorEntry: Encodable {
      let index: Int?
      let kind: String
      let name: String?
      let isSumOfKind: Bool?
      let seconds: Double?
      let low: Double?
      let high: Double?
      let n: UInt64?
      let cycles: Double?
      let instructions: Double?
      let ticks: Double?
      let macs: UInt64?
      let weightBytes: UInt64?
      let reasons: [String: String]?

      init(_ one: AnalysedOperator) {
        var reasons = Reasons()
        index = reasons.value(
          one.index, "index",
          one.isSumOfKind
            ? "it is the sum over all operators of its kind"
            : "the source does not say where in the graph it is")
        kind = one.kind
        name = one.name
        isSumOfKind = one.isSumOfKind ? true : nil
        let time = reasons.value(one.seconds, "seconds")
        seconds = time?.value
        let interval = reasons.interval(of: one.seconds)
        low = interval?.low
        high = interval?.high
        // The samples are the same in every unit.
        n = Measure.allCases.lazy.compactMap { one.quantity($0).value?.count }.first
        if n == nil { _ = reasons.value(one.seconds.map(\.count), "n") }
        cycles = reasons.value(one.cycles, "cycles")?.value
        instructions = reasons.value(one.instructions, "instructions")?.value
        ticks = reasons.value(one.ticks, "ticks")?.value
        macs = reasons.value(one.macs, "macs", one.costsReason)
        weightBytes = reasons.value(one.weightBytes, "weight_bytes", one.costsReason)
        self.reasons = reasons.orNil
      }
    }

    let id: String
    let source: String
    let line: Int
    let dialect: String
    let origin: String?
    let board: String?
    let mcu: String?
    let clockHz: Double?
    let cores: Int?
    let runtime: String?
    let model: String?
    let modelCrc32: String?
    let weightsSource: String
    let dtype: String?
    let dtypeClaimed: String?
    let dtypeEvidence: String?
    let weights: String?
    let latency: LatencyEntry?
    let cycles: Double?
    let instructions: Double?
    let ticks: Double?
    let macs: UInt64?
    let weightBytes: UInt64?
    let energyJoules: Double?
    let operators: [OperatorEntry]
    let configuration: [String: ConfigurationEntryDocument]
    let reasons: [String: String]?

    /// A value of the configuration and how it is known.
    struct ConfigurationEntryDocument: Encodable {
      let value: String
      let known: String
    }

    init(_ run: AnalysedRun) {
      var reasons = Reasons()
      let unsaid = "neither the log nor an option, sidecar file or file name says so"
      let configuration = run.configuration
      id = run.id
      source = run.run.source.file
      line = run.run.source.firstLine
      dialect = run.run.source.dialect.rawValue
      origin = reasons.value(run.statedOrigin, "origin", "nothing was measured")
      board = reasons.value(run.board, "board", unsaid)
      mcu = reasons.value(run.mcu, "mcu", unsaid)
      clockHz = reasons.value(run.clockHz, "clock_hz", unsaid)
      cores = reasons.value(configuration.text(.cores).flatMap { Int($0) }, "cores", unsaid)
      runtime = reasons.value(run.runtime, "runtime", unsaid)
      model = reasons.value(run.model, "model", unsaid)
      modelCrc32 = reasons.value(configuration.text(.modelCRC32), "model_crc32", unsaid)
      weightsSource = configuration.text(.weightsSource) ?? "real"
      dtype = reasons.value(run.dtype, "dtype", unsaid)
      dtypeClaimed = run.dtypeClaimed
      // Where the dtype is known, no claim beside it means that nothing else was said.
      if dtype == nil { _ = reasons.value(dtypeClaimed, "dtype_claimed", unsaid) }
      dtypeEvidence = reasons.value(
        configuration.text(.dtypeEvidence), "dtype_evidence",
        dtype == nil ? unsaid : "it was stated, not inferred")
      weights = reasons.value(run.weights, "weights", unsaid)
      latency = reasons.value(run.seconds, "latency").map(LatencyEntry.init)
      cycles = reasons.value(run.cycles, "cycles")?.value
      instructions = reasons.value(run.instructions, "instructions")?.value
      ticks = reasons.value(run.ticks, "ticks")?.value
      macs = reasons.value(run.macs, "macs", run.costsReason)
      weightBytes = reasons.value(run.weightBytes, "weight_bytes", run.costsReason)
      energyJoules = reasons.value(
        run.run.energy.median, "energy_joules", "the log holds no energy of an inference")
      operators = run.operators.map(OperatorEntry.init)
      if operators.isEmpty {
        _ = reasons.value(nil as Bool?, "operators", run.operatorsReason)
      }
      self.configuration = Dictionary(
        uniqueKeysWithValues: configuration.all.map {
          (
            $0.key.rawValue,
            ConfigurationEntryDocument(
              value: $0.entry.text, known: $0.entry.provenance.words)
          )
        })
      self.reasons = reasons.orNil
    }
  }
}

extension Reasons {
  /// The interval of a quantity, whose ends stand under keys of their own.
  fileprivate mutating func interval(of quantity: Outcome<Quantity>) -> Interval? {
    let interval: Outcome<Interval> =
      switch quantity {
      case .known(let known): known.interval
      case .missing(let reason): .missing(reason: reason)
      }
    _ = value(interval, "low")
    return value(interval, "high")
  }
}
