import Core
import Quantiles
import Support

/// One published result: a row of a table, or what a file of a board says of a model.
struct ResultRow {
  /// What one key or column says.
  private struct Field {
    /// One, or the samples of a list.
    var texts: [String]
    var place: TextPlace
  }

  /// Where it begins.
  let place: TextPlace
  let dialect: Dialect
  private var fields: [String: Field] = [:]
  private var lastLine: Int

  /// A result of which nothing is known yet.
  init(place: TextPlace, dialect: Dialect) {
    self.place = place
    self.dialect = dialect
    lastLine = place.line
  }

  /// All keys that a result may have.
  static let names =
    keys.map(\.0) + [
      "id", "latency_s", "resolution_s", "inferences", "latency_ms", "throughput_per_s",
      "duty_cycle", "period_ms", "kind", "energy_uj",
    ]

  /// Those that may hold a list.
  static let lists: Set<String> = ["latency_s"]

  /// Takes what `name` says; nothing where it is empty. False where it has been said.
  @discardableResult
  mutating func enter(_ name: String, _ texts: [String], at place: TextPlace) -> Bool {
    lastLine = max(lastLine, place.line)
    guard texts != [""], !texts.isEmpty else { return true }
    guard fields[name] == nil else { return false }
    fields[name] = Field(texts: texts, place: place)
    return true
  }

  /// Takes what `other` says and this does not.
  mutating func complete(from other: ResultRow) {
    fields.merge(other.fields) { own, _ in own }
  }

  /// The run that it describes.
  func run(file: String) throws(Diagnostic) -> Run {
    var run = Run(
      source: RunSource(file: file, firstLine: place.line, lastLine: lastLine, dialect: dialect))
    run.label = text("id")
    run.configuration.offer(.origin, Origin.published, .log)
    for (name, key) in Self.keys {
      guard let field = fields[name], let text = field.texts.first else { continue }
      do throws(Diagnostic) {
        run.configuration.offer(key, try key.canonical(text), .log)
      } catch {
        throw error.within(Place(field.place))
      }
    }
    run.operatorUnit = .seconds
    run.latency = try latency()
    if let energy = try decimal("energy_uj") { run.energy.add(energy.value / 1e6) }
    if run.latency?.kind == .dutyCycle {
      run.observations.append(
        Observation(
          .dutyCycle,
          "The time is duty cycle times period: \(text("caveat") ?? "no timed invoke").",
          line: place.line))
    }
    return run
  }

  private static let keys: [(String, ConfigurationKey)] = [
    ("board", .board), ("mcu", .mcu), ("clock_hz", .clock), ("cores", .cores),
    ("runtime", .runtime), ("model", .model), ("dtype", .dtype),
    ("dtype_claimed", .dtypeClaimed), ("weights", .weights), ("caveat", .caveat),
    ("origin", .origin), ("source", .citation),
  ]

  private func latency() throws(Diagnostic) -> Latency? {
    if let samples = try decimals("latency_s") { return try measured(samples) }
    if let time = try decimal("latency_ms") {
      return published(time.value / 1e3, quantum: time.quantum / 1e3)
    }
    if let rate = try decimal("throughput_per_s") {
      guard rate.value > 0 else {
        throw bad(
          rate.place, "a throughput of 0 has no time",
          remedy: "Leave the field empty where it is not known.")
      }
      // d(1/x) = dx / x^2: the last digit's worth of the rate, as time.
      return published(1 / rate.value, quantum: rate.quantum / (rate.value * rate.value))
    }
    if let duty = try decimal("duty_cycle") {
      guard let period = try decimal("period_ms") else {
        throw bad(duty.place, "a duty cycle needs its period", remedy: "Fill in period_ms.")
      }
      var result = published(
        duty.value * period.value / 1e3,
        quantum: (duty.quantum * period.value + duty.value * period.quantum) / 1e3)
      result.kind = .dutyCycle
      return result
    }
    return nil
  }

  /// Samples in s: the one time that was published, or that of each window.
  private func measured(_ samples: [Decimal]) throws(Diagnostic) -> Latency {
    let resolution = try decimal("resolution_s")
    var result = Latency(
      samples: Samples(samples.map(\.value)), unit: .seconds,
      kind: samples.count > 1 ? .window : .published,
      quantum: resolution?.value ?? samples.map(\.quantum).max() ?? 0)
    if let kind = fields["kind"], let word = kind.texts.first {
      guard let known = LatencyKind(rawValue: word) else {
        throw bad(
          kind.place, "'\(word)' is not a kind of time",
          remedy: "It is \(LatencyKind.window.rawValue), \(LatencyKind.published.rawValue) or "
            + "\(LatencyKind.dutyCycle.rawValue).")
      }
      result.kind = known
    }
    if let count = try decimal("inferences") {
      guard let whole = UInt64(exactly: count.value), whole > 0 else {
        throw bad(
          count.place, "'\(Format.shortest(count.value))' is not a number of inferences",
          remedy: "Write a whole number above 0, or leave the key out.")
      }
      result.inferences = whole
    }
    return result
  }

  private func published(_ seconds: Double, quantum: Double) -> Latency {
    Latency(samples: Samples([seconds]), unit: .seconds, kind: .published, quantum: quantum)
  }

  private func bad(_ place: TextPlace, _ message: String, remedy: String) -> Diagnostic {
    Diagnostic("bad-value", message, remedy: remedy, place: Place(place))
  }

  private func text(_ name: String) -> String? { fields[name]?.texts.first }

  private typealias Decimal = (value: Double, quantum: Double, place: TextPlace)

  private func decimal(_ name: String) throws(Diagnostic) -> Decimal? {
    try decimals(name)?.first
  }

  /// The numbers of a field, with the worth of one unit of the last digit of each.
  private func decimals(_ name: String) throws(Diagnostic) -> [Decimal]? {
    guard let field = fields[name] else { return nil }
    var result: [Decimal] = []
    for text in field.texts {
      let bytes = Array(text.utf8)
      let parts = text.lowercased().split(separator: "e")
      let decimals = parts.first?.split(separator: ".").dropFirst().first?.count ?? 0
      let exponent = parts.dropFirst().first.flatMap { Int($0) } ?? 0
      var end = 0
      // One unit of the last digit: 1e-3 for 73.785, 1e-5 for 1.25e-3.
      guard let value = Scan.decimal(bytes.span, &end), end == bytes.count, value >= 0,
        let quantum = Double("1e\(exponent - decimals)"), quantum.isFinite
      else {
        throw bad(
          field.place, "'\(text)' is no number for \(name)",
          remedy: "Write a decimal number without its unit; the unit is in the column's name.")
      }
      result.append((value, quantum, field.place))
    }
    return result
  }
}
