import Testing

@testable import Ingest

struct TFLMProfilerTests {
  typealias F = TFLMFixture

  private static let log = """
    CONV_2D took 40123 ticks (321 ms).
    FULLY_CONNECTED took 9456 ticks (75 ms).
    SOFTMAX took 87 ticks (0 ms).

    """

  @Test func everythingSaidThreeTimes() throws {
    let file = Ingestor().ingest(bytes: try fixture("tflm-redundant.txt"), path: "log.txt")
    #expect(file.recognition.dialect == TFLMProfilerReader.dialect)
    #expect(file.diagnostics == [])
    let run = try #require(file.runs.first)
    #expect(file.runs.count == 1)
    #expect(run.operators.map(\.kind) == ["CONV_2D", "my-op v2", "SOFTMAX"])
    #expect(run.operators.map(\.samples.count) == [2, 2, 2])
    #expect(run.medians == [40124, 9456.5, 87])
    #expect(run.latency?.kind == .operatorSum)
    #expect(run.latency?.samples.sorted.map(\.value) == [49666, 49669])
  }

  @Test func nanosecondsCalledMicroseconds() throws {
    let file = Ingestor().ingest(bytes: try fixture("tflm-nanoseconds.txt"), path: "log.txt")
    #expect(file.rules == ["sum-contradicts-total"])
    let run = try #require(file.runs.first)
    #expect(run.operatorUnit == .seconds)
    #expect(run.medians == [nil, nil, nil])
    #expect(run.latency?.samples.median == 0.0086)
    #expect(file.observations(.sumContradictsTotal).first?.message.contains("nanoseconds") == true)
  }

  @Test(arguments: ["", "\n", "\nrun 2:\n\n", "run 2:\n"])
  func separators(_ between: String) {
    let file = ingest([Self.log, Self.log, Self.log].joined(separator: between))
    // Without anything between them they cannot be told from one inference of nine operators.
    #expect(file.rules == (between.isEmpty ? ["repeating-block"] : []))
    #expect(file.runs.count == 1)
    #expect(file.runs.first?.operators.count == (between.isEmpty ? 9 : 3))
  }

  @Test(arguments: ["\r\n", "\r", "\r\r\n"])
  func lineEnds(_ end: String) {
    let text = (Self.log + "\n" + Self.log).replacing("\n", with: end)
    let file = ingest(text)
    #expect(file.diagnostics == [])
    #expect(file.runs.first?.operators.map(\.samples.count) == [2, 2, 2])
  }

  @Test func doubledLineEnds() {
    let text = (Self.log + "\n" + Self.log).replacing("\n", with: "\n\n")
    let file = ingest(text)
    #expect(file.diagnostics == [])
    #expect(file.runs.first?.operators.map(\.samples.count) == [2, 2, 2])
  }

  @Test func contradictingTable() throws {
    let text =
      Self.log + "\"Event\",\"Tag\",\"Ticks\"\n0,CONV_2D,40123\n1,FULLY_CONNECTED,9466\n"
      + "2,SOFTMAX,87\n\n" + Self.log
    let file = ingest(text)
    let fault = try #require(file.diagnostics.first)
    #expect(fault.rule == "contradicting-readings")
    #expect((fault.line, fault.column) == (6, 19))
    #expect(file.runs.first?.operators.map(\.samples.count) == [1, 1, 1])
    #expect(file.observations(.blockDropped).count == 1)
  }

  @Test func twoAgainstOne() {
    // The total confirms the events, so only the row of the table is wrong.
    let text =
      Self.log + "\"Event\",\"Tag\",\"Ticks\"\n0,CONV_2D,40123\n1,FULLY_CONNECTED,9466\n"
      + "2,SOFTMAX,87\n\"total number of ticks\", 49666\n"
    let file = ingest(text)
    #expect(file.rules == ["contradicting-readings"])
    #expect(file.runs.first?.medians == [40123, 9456, 87])
  }

  @Test func staleSums() throws {
    let table = """
      "Unique Tag","Total ticks across all events with that tag."
      CONV_2D, 80246
      FULLY_CONNECTED, 18912
      SOFTMAX, 174
      "total number of ticks", 49666

      """
    let file = ingest(Self.log + table)
    #expect(file.diagnostics == [])
    let stale = try #require(file.observations(.staleTagSums).first)
    #expect(stale.message.contains("CONV_2D is 80246"))
    #expect(stale.message.contains("40123"))
    #expect(file.observations(.staleTagSums).count == 1)
    #expect(file.runs.first?.medians == [40123, 9456, 87])
  }

  @Test func indexGap() {
    let file = ingest("\"Event\",\"Tag\",\"Ticks\"\n0,CONV_2D,400\n2,SOFTMAX,20\n")
    #expect(file.rules == ["interrupted-block", "no-block"])
  }

  @Test func litexCyclesThatAreNot1024() {
    let rows = "Running imgc\n\"Event\",\"Tag\",\"Ticks\"\n0,CONV_2D,10000\n1,SOFTMAX,20\n"
    let good = ingest(rows + "   10M (   10265230 )  cycles total\n")
    #expect(good.runs.first?.text(.tick) == "1024cycles")
    #expect(good.runs.first?.latency?.samples.median == 10_265_230)
    let other = ingest(rows + "   13M (   13265230 )  cycles total\n")
    #expect(other.runs.first?.text(.tick) == nil)
    #expect(other.runs.first?.latency?.unit == .cycles)
    #expect(other.runs.first?.medians == [10000, 20])
    let damaged = ingest(rows + "   10M (   10965230 )  cycles total\n")
    #expect(damaged.rules == ["contradicting-readings"])
    #expect(damaged.runs.first?.latency?.unit == .ticks)
  }

  @Test func modelsOfTheMenuAreRuns() {
    let rows =
      "\"Event\",\"Tag\",\"Ticks\"\n0,CONV_2D,10000\n1,SOFTMAX,20\n"
      + " Counter |  Total | Starts | Average |     Raw\n"
    let file = ingest("Running imgc\n\(rows)Running imgc\n\(rows)Running pdti8\n\(rows)")
    #expect(file.diagnostics == [])
    #expect(file.runs.map { $0.text(.model) } == ["ic", "person_detect"])
    #expect(file.runs.map { $0.operators[0].samples.count } == [2, 1])
  }

  @Test func anotherModelWithoutAMark() {
    let other = (0..<9).map { "ADD took \($0 + 1000) ticks (8 ms).\n" }.joined()
    let file = ingest(Self.log + "\n" + other)
    #expect(file.runs.map(\.operators.count) == [3, 9])
  }

  @Test func wholeInferences() {
    let file = ingest(
      "PersonIterations(1) took 49666 ticks (397 ms)\n\(Self.log)\n"
        + "PersonIterations(10) took 496660 ticks (3973 ms)\n")
    #expect(file.diagnostics == [])
    #expect(file.runs.map { $0.latency?.kind } == [.inference, .window])
    #expect(file.runs.map { $0.latency?.samples.median } == [49666, 49666])
    #expect(file.runs.map { $0.latency?.inferences } == [1, 10])
    #expect(file.runs.map { $0.latency?.quantum } == [1, 0.1])
    #expect(file.runs.map(\.operators.count) == [3, 0])
  }

  @Test func damagedDigitWithoutKnownTick() throws {
    // 40123 in 321 ms and 9456 in 75 ms bound the rate; 49123 in 321 ms does not fit.
    let text = Self.log + "\n" + Self.log.replacing("40123", with: "49123") + "\n" + Self.log
    let file = ingest(text)
    #expect(file.rules == ["contradicting-readings"])
    #expect(file.diagnostics.first?.line == 5)
    #expect(file.runs.first?.operators.map(\.samples.count) == [2, 3, 3])
    #expect(file.runs.first?.latency?.samples.count == 2)
  }

  @Test func noiseBetweenEvents() {
    let text = Self.log.replacing("SOFTMAX took", with: "wifi: joined\nSOFTMAX took")
    let file = ingest(Self.log + "\n" + Self.log + "\n" + text)
    #expect(file.rules == ["unknown-line"])
    #expect(file.runs.first?.operators.map(\.samples.count) == [3, 3, 3])
    let alone = ingest(text)
    #expect(alone.rules.contains("unknown-line"))
  }

  @Test func damagedFirstLine() {
    let file = ingest(Self.log.replacing("CONV_2D took 40123", with: "CONV_2D took 4x123"))
    #expect(file.rules.contains("unknown-line"))
    #expect(file.runs.isEmpty)
  }

  @Test func misspeltKind() {
    let file = ingest(Self.log.replacing("SOFTMAX", with: "SOFTMBX"))
    #expect(file.rules == ["unknown-kind"])
    #expect(file.diagnostics.first?.remedy == "Did you mean 'SOFTMAX'?")
  }

  @Test func tickRateInTheLog() {
    let file = ingest("ticks per second of the timer\nX ticks per second: 125000\n" + Self.log)
    #expect(file.runs.first?.text(.tick) == "125000Hz")
  }

  @Test func benchmark() throws {
    let file = Ingestor().ingest(bytes: try fixture("tflm-benchmark.txt"), path: "log.txt")
    #expect(file.recognition.dialect == TFLMBenchmarkReader.dialect)
    #expect(file.diagnostics == [])
    let run = try #require(file.runs.first)
    #expect(file.runs.count == 1)
    #expect(run.operators.map(\.kind) == ["CONV_2D", "SOFTMAX"])
    #expect(run.medians == [400, 20])
    #expect(run.text(.arenaBytes) == "2000")
    #expect(run.text(.compiler) == "our-g++ 14.1")
    #expect(run.text(.dtype) == "fp32")
    #expect(run.text(.model) == "kws")
    #expect(run.text(.modelBytes) == "5000")
    #expect(run.text(.origin) == nil)
    #expect((file.account.skipped[.modelDump] ?? 0) == 2)
  }
}
