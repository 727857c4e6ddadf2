import Core
import Ingest
import Models
import Quantiles
import Reference
import Statistics
import Support

/// Turns runs as they were read into runs in SI units, with the costs of their operators.
struct Normalisation {
  let reference: ReferenceData
  let confidence: Double
  /// What thousands of runs have in common.
  private let machines: [String: Shared<Machine>]
  private let words = Common<String>()
  private let configurations = Common<Configuration>()

  init(reference: ReferenceData, confidence: Double) {
    self.reference = reference
    self.confidence = confidence
    machines = Dictionary(
      reference.machines.map { ($0.id, Shared($0)) }, uniquingKeysWith: { first, _ in first })
  }

  /// The analysed form of a run by itself.
  func analyse(_ run: Run) -> AnalysedRun { analyse(Row(run)) }

  /// The analysed form of `row`; the id is still only its stem.
  func analyse(_ row: Row) -> AnalysedRun {
    let boots = Boots(row)
    var run = row.pooled
    let hasFailed = run.observations.contains { $0.kind == .failedRun }
    if hasFailed { run.dropNumbers() }
    let shared = run.configuration.text(.board).flatMap { machines[$0] }
    let machine = shared?.value
    if let machine {
      run.configuration.offer(.mcu, machine.mcu, .boardDescription)
      if let clock = machine.clockHz {
        run.configuration.offer(.clock, Format.fixed(clock, places: 0), .boardDescription)
      }
      run.configuration = configurations(run.configuration)
    }
    let scale = TimeScale(run.configuration)
    let cost = hasFailed ? nil : cost(of: run)
    // MACs do not depend on the dtype; bytes do, so without it they are not known.
    let knowsBytes = run.configuration.dtype != nil
    let published = run.latency?.kind == .published
    // Where boots may differ, all samples of one resemble each other.
    let unit = boots.flatMap { $0.areUnit ? $0 : nil }
    let dependence = unit == nil ? run.latency?.dependence : nil
    let raw =
      run.latency.map { $0.quantity(unit, confidence: confidence, dependence: dependence) }
      ?? .missing(reason: Self.noLatency(run))
    // Operators of two builds have no median either.
    let openReason = run.latency?.openReason
    var operators: [AnalysedOperator] = []
    let costs = aligned(run.operators, cost)
    for (i, (record, cost)) in zip(run.operators, costs).enumerated() {
      let medians = unit.flatMap { $0.operatorMedians[i].compactMap(\.self) }
      let raw =
        openReason.map { .missing(reason: $0) }
        ?? medians.map {
          .ofBoots($0, record.samples.count, quantum: record.quantum, confidence: confidence)
        } ?? record.quantity(run.operatorUnit, published: published, confidence: confidence)
      operators.append(
        AnalysedOperator(
          index: record.index, kind: record.kind, name: record.name,
          isSumOfKind: record.isSumOfKind,
          amount: Amount(raw: raw.shared(words), unit: run.operatorUnit, scale: scale),
          macs: record.macs ?? cost?.macs,
          weightBytes: record.weightBytes ?? (knowsBytes ? cost?.weightBytes : nil), cost: cost,
          samples: record.samples, samplesAre: record.samplesAre, quantum: record.quantum,
          bootMedians: medians))
    }
    return AnalysedRun(
      id: stem(run, machine), run: run, boots: boots.map { Shared($0) }, machine: shared,
      dependence: dependence,
      amount: Amount(raw: raw.shared(words), unit: run.latency?.unit ?? .seconds, scale: scale),
      printedCycles: openReason == nil && unit == nil
        ? printedCycles(run, scale, dependence).map { Shared($0) } : nil,
      operators: operators,
      macs: run.macs ?? cost?.macs,
      weightBytes: run.weightBytes ?? (knowsBytes ? cost?.weightBytes : nil))
  }

  /// The cycles that the tool printed beside the time, which has fewer digits; nil where there are
  /// none or where they are not that time at the clock of the configuration.
  private func printedCycles(
    _ run: Run, _ scale: TimeScale, _ dependence: SerialDependence?
  ) -> Outcome<Quantity>? {
    guard let latency = run.latency, let printed = run.printedCycles,
      printed.count == latency.samples.count, latency.unit == .seconds,
      !run.observations.contains(where: { $0.kind == .cyclesContradictDuration }),
      let cycles = printed.median, let seconds = latency.samples.median
    else { return nil }
    if let clock = scale.clockHz, abs(cycles - seconds * clock) > latency.quantum * clock + 1 {
      return nil
    }
    return printed.quantity(
      kind: latency.kind, quantum: 1, inferences: latency.inferences, confidence: confidence,
      dependence: dependence)
  }

  /// Why `run` has no time of a whole inference.
  static func noLatency(_ run: Run) -> String {
    if run.observations.contains(where: { $0.kind == .failedRun }) { return AnalysedRun.failed }
    let reasons: [(ObservationKind, String)] = [
      (.costsOnly, "the report holds costs, not times"),
      (.incompleteInference, "the log is cut off inside the only inference"),
      (.tickOverflow, "a tick counter overflowed or ran backwards, so the operators have no sum"),
    ]
    let known = reasons.first { reason in run.observations.contains { $0.kind == reason.0 } }
    return known?.1 ?? "the log holds no time of a whole inference"
  }

  private func cost(of run: Run) -> ModelCost? {
    guard let model = run.configuration.text(.model),
      !run.observations.contains(where: { $0.kind == .modelContradiction })
    else { return nil }
    if let dtype = run.configuration.dtype {
      return reference.cost(model: model, dtype: dtype)
    }
    return reference.costs.first { $0.model == model }
  }

  /// The cost of each record, matched by the sequence of kinds; nil where they do not agree.
  private func aligned(_ records: [OperatorRecord], _ cost: ModelCost?) -> [OperatorCost?] {
    var result = [OperatorCost?](repeating: nil, count: records.count)
    guard let cost, records.allSatisfy({ $0.index != nil }) else { return result }
    // Of a log that lacks operators nobody could say which ones it has.
    let kinds = cost.operators.map(\.kind)
    guard
      ModelSignature(model: cost.model, kinds: records.map(\.kind))
        == ModelSignature(model: cost.model, kinds: kinds)
    else { return result }
    let pairs = Alignment.pairs(records.map(\.kind), kinds)
    for (i, j) in pairs { result[i] = cost.operators[j] }
    return result
  }

  /// `rp2350-ad-fp32-flash`; the source's own name for it where there is one.
  private func stem(_ run: Run, _ machine: Machine?) -> String {
    if let label = run.label { return label }
    let configuration = run.configuration
    let parts = [
      configuration.text(.mcu) ?? machine?.mcu ?? configuration.text(.board),
      configuration.text(.model) ?? "run", configuration.text(.dtype), configuration.text(.weights),
    ]
    return parts.compactMap { $0 }.joined(separator: "-").filter {
      $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_"
    }
  }
}

extension Run {
  /// Drops every number; what is known of the circumstances stays.
  fileprivate mutating func dropNumbers() {
    (latency, printedCycles, macs, weightBytes) = (nil, nil, nil, nil)
    operators = []
    energy = Samples()
    // It would say that the costs are kept.
    observations.removeAll { $0.kind == .costsOnly }
  }
}

extension Outcome<Quantity> {
  /// The same in words that others have, too.
  fileprivate func shared(_ words: Common<String>) -> Self {
    map { quantity in
      var quantity = quantity
      quantity.method = words(quantity.method)
      if let reason = quantity.interval.reason {
        quantity.interval = .missing(reason: words(reason))
      }
      return quantity
    }
  }
}

extension [AnalysedRun] {
  /// Makes ids unique, and none of `taken`, by counting repeated ones in order.
  mutating func makeIDsUnique(apartFrom taken: Set<String> = [], suffix: String = "") {
    var seen: [String: Int] = [:]
    for run in self { seen[run.id, default: 0] += 1 }
    // Names that stay as they are come first, so that a counted one never takes theirs.
    var used = taken
    for (id, count) in seen where count == 1 && !taken.contains(id) { used.insert(id) }
    var next: [String: Int] = [:]
    for i in indices {
      let stem = self[i].id
      let isRepeated = seen[stem] ?? 0 > 1
      guard isRepeated || taken.contains(stem) else { continue }
      let base = taken.contains(stem) ? stem + suffix : stem
      var id = isRepeated ? "" : base
      while id.isEmpty || used.contains(id) {
        next[base, default: 0] += 1
        id = "\(base)-\(next[base] ?? 0)"
      }
      used.insert(id)
      self[i] = self[i].named(id)
    }
  }
}
