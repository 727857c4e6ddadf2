import Ingest
import Performance
import Statistics

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
        let interval = reasons.value(quantity.interval, "interval")
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
      let seconds: Double?
      let low: Double?
      let high: Double?
      let n: UInt64?
      let cycles: Double?
      let instructions: Double?
      let macs: UInt64?
      let weightBytes: UInt64?
      let reasons: [String: String]?

      init(_ one: AnalysedOperator) {
        var reasons = Reasons()
        index = reasons.value(
          one.index, "index", "the source does not say where in the graph it is")
        kind = one.kind
        name = one.name
        let time = reasons.value(one.seconds, "seconds")
        seconds = time?.value
        let interval = time.flatMap { reasons.value($0.interval, "interval") }
        low = interval?.low
        high = interval?.high
        n = (time ?? one.instructions.value)?.count
        cycles = reasons.value(one.cycles, "cycles")?.value
        instructions = one.instructions.value?.value
        macs = reasons.value(one.macs, "macs", "the costs of this operator are not known")
        weightBytes = reasons.value(
          one.weightBytes, "weight_bytes", "the costs of this operator are not known")
        self.reasons = reasons.orNil
      }
    }

    let id: String
    let source: String
    let line: Int
    let dialect: String
    let origin: String
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
      origin = run.origin
      board = reasons.value(run.board, "board", unsaid)
      mcu = reasons.value(run.mcu, "mcu", unsaid)
      clockHz = reasons.value(run.clockHz, "clock_hz", unsaid)
      cores = reasons.value(configuration.text(.cores).flatMap { Int($0) }, "cores", unsaid)
      runtime = reasons.value(run.runtime, "runtime", unsaid)
      model = reasons.value(run.model, "model", unsaid)
      modelCrc32 = configuration.text(.modelCRC32)
      weightsSource = configuration.text(.weightsSource) ?? "real"
      dtype = reasons.value(run.dtype, "dtype", unsaid)
      dtypeClaimed = run.dtypeClaimed
      dtypeEvidence = configuration.text(.dtypeEvidence)
      weights = reasons.value(run.weights, "weights", unsaid)
      latency = reasons.value(run.seconds, "latency").map(LatencyEntry.init)
      cycles = reasons.value(run.cycles, "cycles")?.value
      instructions = run.instructions.value?.value
      macs = reasons.value(run.macs, "macs", "the costs of this model are not known")
      weightBytes = reasons.value(
        run.weightBytes, "weight_bytes", "the costs of this model are not known")
      energyJoules = run.run.energy.median
      operators = run.operators.map(OperatorEntry.init)
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
