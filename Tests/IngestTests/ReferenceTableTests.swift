import Quantiles
import Testing

@testable import Ingest

private let header =
  "id,board,mcu,clock_hz,cores,runtime,model,dtype,dtype_claimed,weights,latency_ms,"
  + "throughput_per_s,duty_cycle,period_ms,energy_uj,origin,caveat,source"

private func table(_ rows: String...) -> IngestedFile {
  ingest(([header] + rows).joined(separator: "\n") + "\n", path: "table.csv")
}

@Test func rowsAreRuns() throws {
  let file = table(
    "# a comment",
    #"a1,pico2,rp2350,150000000,1,tflm,ad01,float32,int8,flash,73.785,,,,1234.5,,"warm, cache",me"#,
    "")
  #expect(file.recognition.dialect == ReferenceTableReader.dialect && file.diagnostics.isEmpty)
  #expect(file.account.read == 2 && file.account.skipped == [.comment: 1, .blank: 1])
  let run = try #require(file.runs.first)
  #expect(file.runs.count == 1 && run.label == "a1" && run.source.firstLine == 3)
  let said = run.configuration.all.map { "\($0.key.rawValue)=\($0.entry.text)" }
  #expect(
    said == [
      "board=pico2", "caveat=warm, cache", "citation=me", "clock=150000000", "cores=1",
      "dtype=fp32", "dtype_claimed=int8", "mcu=rp2350", "model=ad", "origin=published",
      "runtime=tflm", "weights=flash",
    ])
  let latency = try #require(run.latency)
  #expect(latency.samples == Samples([0.073785]) && latency.unit == .seconds)
  #expect(latency.kind == .published && latency.quantum == 1e-6 && latency.inferences == 1)
  #expect(abs((run.energy.median ?? 0) - 1.2345e-3) < 1e-15)
}

private func latency(_ fields: String) -> Latency? {
  table("a,pico2,,,,,ad,,,,\(fields),,,,").runs.first?.latency
}

/// A unit of the last digit is what a published figure is known to, however it was written.
@Test func quantumIsTheLastDigit() throws {
  for (text, seconds, quantum) in [
    ("12", 0.012, 1e-3), ("12.5", 0.0125, 1e-4), ("1.25e1", 0.0125, 1e-4), ("5E-2", 5e-5, 1e-5),
    ("1e3", 1, 1), ("0.50", 5e-4, 1e-5),
  ] {
    let found = try #require(latency("\(text),,,"))
    #expect(abs((found.samples.median ?? 0) - seconds) < 1e-12, "\(text)")
    #expect(abs(found.quantum / quantum - 1) < 1e-12, "\(text)")
  }
  let rate = try #require(latency(",311.579,,"))
  #expect(rate.samples.median == 1 / 311.579)
  #expect(abs(rate.quantum / (0.001 / (311.579 * 311.579)) - 1) < 1e-12)
  let duty = try #require(latency(",,0.25,20"))
  #expect(duty.kind == .dutyCycle && abs((duty.samples.median ?? 0) - 0.005) < 1e-15)
  #expect(latency(",,,") == nil)
}

@Test func dutyCycleIsObserved() {
  let run = table("a,pico2,,,,,ad,,,,,,0.25,20,,,,").runs.first
  #expect(run?.observations.map(\.kind) == [.dutyCycle])
}

/// What is wrong with a row, and the one-based column of the field that is.
@Test(arguments: [
  ("a,pico2", "bad-row", 1), (#"a,"pico2"#, "bad-row", 1),
  ("a,pico2,,fast,,,,,,,,,,,,,,", "bad-value", 10),
  ("a,pico2,,,,,,int7,,,,,,,,,,", "bad-value", 14),
  ("a,pico2,,,,,,,,,soon,,,,,,,", "bad-value", 17),
  ("a,pico2,,,,,,,,,-1,,,,,,,", "bad-value", 17),
  ("a,pico2,,,,,,,,,0x10,,,,,,,", "bad-value", 17),
  ("a,pico2,,,,,,,,,nan,,,,,,,", "bad-value", 17),
  ("a,pico2,,,,,,,,,0e999,,,,,,,", "bad-value", 17),
  ("a,pico2,,,,,,,,,1e99999999999999999999,,,,,,,", "bad-value", 17),
  ("a,pico2,,,,,,,,,1 ms,,,,,,,", "bad-value", 17),
  ("a,pico2,,,,,,,,,\"1,5\",,,,,,,", "bad-value", 17),
  ("a,pico2,,,,,,,,,,0,,,,,,", "bad-value", 18),
  ("a,pico2,,,,,,,,,,,0.5,,,,,", "bad-value", 19),
  ("a,pico2,,,,,,,,,,,,,much,,,", "bad-value", 21),
])
func badRowsHaveTheirPlace(row: String, rule: String, column: Int) {
  let good = "b,pico2,,,,,ad,,,,5,,,,,,,"
  let file = table(row, good)
  #expect(file.diagnostics.map { "\($0.line):\($0.column) \($0.rule)" } == ["2:\(column) \(rule)"])
  #expect(file.runs.map(\.label) == ["b"])
  #expect(file.account.diagnosed == 1 && file.account.read == 2)
}
