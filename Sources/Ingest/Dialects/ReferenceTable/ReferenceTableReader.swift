import Core
import Quantiles
import Support

/// Reads a table of published results, as `data/published-results.csv` is one: a row is a run.
struct ReferenceTableReader: DialectReader {
  static let dialect = Dialect(rawValue: "reference table")

  private let file: String
  private var columns: [String] = []

  init(file: String) { self.file = file }

  static func evidence(_ line: Span<UInt8>) -> Evidence? {
    guard Scan.starts(line, "id,board,") else { return nil }
    return Evidence(16, "a header 'id,board,...' of a table of results")
  }

  mutating func read(_ line: Span<UInt8>, at place: TextPlace, into sink: inout Sink) -> LineFate {
    if line[0] == UInt8(ascii: "#") { return .skipped(.comment) }
    guard let fields = CSVRow.fields(Scan.string(line)) else {
      sink.report(
        .error, at: place, rule: "bad-row", "a quote in the row is not closed",
        remedy: "Write quotes in pairs; a quote inside a field is written twice.")
      return .diagnosed
    }
    if columns.isEmpty {
      columns = fields.map(\.text)
      return .read
    }
    guard fields.count == columns.count else {
      sink.report(
        .error, at: place, rule: "bad-row",
        "the row has \(fields.count) fields; the header names \(columns.count)",
        remedy: "Write an empty field, not nothing, for what is not known.")
      return .diagnosed
    }
    let row = ResultRow(columns: columns, fields: fields, place: place)
    do throws(Diagnostic) {
      sink.add(try row.run(file: file))
      return .read
    } catch {
      sink.report(error)
      return .diagnosed
    }
  }

  mutating func finish(into sink: inout Sink) {}
}

/// One row of the table.
struct ResultRow {
  let columns: [String]
  let fields: [(text: String, column: Int)]
  let place: TextPlace

  /// The run the row describes.
  func run(file: String) throws(Diagnostic) -> Run {
    var run = Run(
      source: RunSource(
        file: file, firstLine: place.line, lastLine: place.line,
        dialect: ReferenceTableReader.dialect))
    run.label = text("id")?.text
    run.configuration.offer(.origin, Origin.published, .log)
    for (name, key) in Self.keys {
      guard let field = text(name) else { continue }
      do throws(Diagnostic) {
        run.configuration.offer(key, try key.canonical(field.text), .log)
      } catch {
        throw error.within(Place(place.advanced(by: field.column)))
      }
    }
    run.operatorUnit = .seconds
    run.latency = try latency()
    if let energy = try decimal("energy_uj") { run.energy.add(energy.value / 1e6) }
    if run.latency?.kind == .dutyCycle {
      run.observations.append(
        Observation(
          .dutyCycle,
          "The time is duty cycle times period: \(text("caveat")?.text ?? "no timed invoke").",
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
    if let time = try decimal("latency_ms") {
      return published(time.value / 1e3, quantum: time.quantum / 1e3)
    }
    if let rate = try decimal("throughput_per_s") {
      guard rate.value > 0 else {
        throw bad(
          rate.column, "a throughput of 0 has no time",
          remedy: "Leave the field empty where it is not known.")
      }
      // d(1/x) = dx / x^2: the last digit's worth of the rate, as time.
      return published(1 / rate.value, quantum: rate.quantum / (rate.value * rate.value))
    }
    if let duty = try decimal("duty_cycle") {
      guard let period = try decimal("period_ms") else {
        throw bad(duty.column, "a duty cycle needs its period", remedy: "Fill in period_ms.")
      }
      var result = published(
        duty.value * period.value / 1e3,
        quantum: (duty.quantum * period.value + duty.value * period.quantum) / 1e3)
      result.kind = .dutyCycle
      return result
    }
    return nil
  }

  private func published(_ seconds: Double, quantum: Double) -> Latency {
    Latency(samples: Samples([seconds]), unit: .seconds, kind: .published, quantum: quantum)
  }

  private func bad(_ column: Int, _ message: String, remedy: String) -> Diagnostic {
    Diagnostic("bad-value", message, remedy: remedy, place: Place(place.advanced(by: column)))
  }

  /// The text of a column; nil where it is empty or the table has no such column.
  private func text(_ name: String) -> (text: String, column: Int)? {
    guard let i = columns.firstIndex(of: name), !fields[i].text.isEmpty else { return nil }
    return fields[i]
  }

  /// The number of a column, with the worth of one unit of its last digit.
  private func decimal(
    _ name: String
  ) throws(Diagnostic) -> (value: Double, quantum: Double, column: Int)? {
    guard let field = text(name) else { return nil }
    let bytes = Array(field.text.utf8)
    let parts = field.text.lowercased().split(separator: "e")
    let decimals = parts.first?.split(separator: ".").dropFirst().first?.count ?? 0
    let exponent = parts.dropFirst().first.flatMap { Int($0) } ?? 0
    var end = 0
    // One unit of the last digit: 1e-3 for 73.785, 1e-5 for 1.25e-3.
    guard let value = Scan.decimal(bytes.span, &end), end == bytes.count, value >= 0,
      let quantum = Double("1e\(exponent - decimals)"), quantum.isFinite
    else {
      throw bad(
        field.column, "'\(field.text)' is no number for \(name)",
        remedy: "Write a decimal number without its unit; the unit is in the column's name.")
    }
    return (value, quantum, field.column)
  }
}
