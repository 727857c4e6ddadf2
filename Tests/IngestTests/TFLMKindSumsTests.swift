import Testing

@testable import Ingest

/// Tables of sums per tag are operators by kind where nothing lists the events.
struct TFLMKindSumsTests {
  typealias F = TFLMFixture

  static func table(_ rows: [(String, Int)], total: Int? = nil) -> String {
    "\"Unique Tag\",\"Total ticks across all events with that tag.\"\n"
      + rows.map { "\($0.0), \($0.1)\n" }.joined()
      + "\"total number of ticks\", \(total ?? rows.reduce(0) { $0 + $1.1 })\n"
  }

  private static let rows = [
    ("CONV_2D", 41200), ("DEPTHWISE_CONV_2D", 22610), ("FULLY_CONNECTED", 640), ("SOFTMAX", 90),
  ]

  @Test func rowsAreSumsOverAKind() throws {
    let file = ingest(Self.table(Self.rows))
    #expect(file.diagnostics == [])
    let run = try #require(file.runs.first)
    #expect(run.operators.map(\.kind) == Self.rows.map(\.0))
    #expect(run.medians == [41200, 22610, 640, 90])
    #expect(run.operators.allSatisfy { $0.isSumOfKind && $0.index == nil })
    #expect(run.latency?.samples.median == 64540 && run.latency?.kind == .operatorSum)
  }

  @Test func severalTablesAreSamples() {
    let file = ingest(
      [0, 10, 20].map { more in Self.table(Self.rows.map { ($0.0, $0.1 + more) }) }.joined())
    #expect(file.runs.map { $0.operators.map(\.samples.count) } == [[3, 3, 3, 3]])
    #expect(file.runs.first?.medians == [41210, 22620, 650, 100])
  }

  /// Older copies never clear the sums, so each table holds those before it.
  @Test func growingSumsAreTakenApart() throws {
    let file = ingest(
      (1...3).map { n in Self.table(Self.rows.map { ($0.0, $0.1 * n) }, total: 64540) }.joined())
    #expect(file.diagnostics == [])
    let run = try #require(file.runs.first)
    #expect(file.runs.count == 1)
    #expect(run.medians == [41200, 22610, 640, 90])
    #expect(run.operators.map(\.samples.count) == [3, 3, 3, 3])
    #expect(run.latency?.samples.sorted.map(\.value) == [64540])
    let stale = try #require(file.observations(.staleTagSums).first)
    #expect(stale.message.contains("82400") && stale.message.contains("41200"))
  }

  /// The first table of a log may hold inferences that nobody saw: only its total counts.
  @Test func sumsOfUnseenInferences() throws {
    let file = ingest(Self.table(Self.rows.map { ($0.0, $0.1 * 5) }, total: 64540))
    let run = try #require(file.runs.first)
    #expect(run.medians == [nil, nil, nil, nil])
    #expect(run.latency?.samples.median == 64540)
    #expect(file.observations(.staleTagSums).count == 1)
  }

  /// The table behind it shows that the first one holds more than its inference, however little.
  @Test func theNextTableTellsOfTheFirst() throws {
    func log(_ more: Int) -> String {
      Self.table([("CONV_2D", 41204), ("SOFTMAX", 90)], total: 41290)
        + Self.table([("CONV_2D", more + 41210), ("SOFTMAX", 180)], total: 41300)
    }
    let growing = ingest(log(41204))
    #expect(growing.diagnostics == [])
    #expect(growing.runs.first?.latency?.samples.sorted.map(\.value) == [41290, 41300])
    #expect(growing.runs.first?.medians == [41210, 90])
    let good = Self.table(Self.rows)
    let damaged = ingest(good.replacing("64540", with: "6454") + good)
    #expect(damaged.rules == ["contradicting-readings"])
    #expect(damaged.runs.first?.latency?.samples.sorted.map(\.value) == [64540])
  }

  /// One digit of a row or of the total was damaged or lost.
  @Test(arguments: [("64540", "6450"), ("64540", "64040"), ("22610", "92610"), ("64540", "645")])
  func oneDamagedNumber(_ number: String, _ damaged: String) {
    let table = Self.table(Self.rows)
    let one = ingest(table.replacing(number, with: damaged))
    #expect(one.observations(.staleTagSums).isEmpty)
    let isCut = number.hasPrefix(damaged)
    #expect(one.rules == (isCut ? ["log-ends-in-block"] : ["contradicting-readings", "no-block"]))
    #expect(one.runs.allSatisfy { $0.latency == nil })
    let second = ingest(table + table.replacing(number, with: damaged) + table)
    #expect(second.runs.first?.latency?.samples.sorted.map(\.count) == [2])
    #expect(second.observations(.staleTagSums).isEmpty)
  }

  @Test(arguments: ["", "6", "6454"]) func aLogCutInsideItsTotal(_ total: String) throws {
    let table = Self.table(Self.rows)
    let file = ingest(table.replacing("64540\n", with: total))
    let run = try #require(file.runs.first)
    #expect(run.latency == nil && run.medians == [41200, 22610, 640, 90])
    #expect(file.observations(.incompleteInference).count == 1)
    #expect(file.observations(.staleTagSums).isEmpty)
    let behind = ingest(table + table + table.replacing("64540\n", with: total))
    #expect(behind.runs.map { $0.latency?.samples.count } == [2])
  }

  @Test func rowsWithoutATotalAreRecognised() {
    let lines = Self.table(Self.rows).split(separator: "\n").prefix(3).map { $0 + "\n" }
    let file = ingest(lines.joined())
    #expect(file.runs.first?.medians == [41200, 22610])
    #expect(file.observations(.incompleteInference).count == 1)
  }

  @Test func aLostRowIsAContradiction() {
    let file = ingest(Self.table(Array(Self.rows.dropFirst()), total: 64540))
    #expect(file.rules == ["contradicting-readings", "no-block"])
    #expect(file.runs.isEmpty)
  }

  @Test func eventsComeBeforeSums() {
    let file = ingest("CONV_2D took 400 ticks (0 ms).\n" + Self.table([("CONV_2D", 400)]))
    #expect(file.runs.first?.operators.map(\.isSumOfKind) == [false])
  }

  @Test func noModelIsRecognisedByThem() {
    let file = ingest(
      Self.table(Self.rows), settings: [(key: .model, text: "kws")],
      signatures: [ModelSignature(model: "kws", kinds: Self.rows.map(\.0) + ["CONV_2D"])])
    #expect(file.observations(.modelContradiction).isEmpty)
  }
}
