import Quantiles
import Support
import TestSupport
import Testing

@testable import Ingest

private func run(_ kinds: [String] = [], log: [(ConfigurationKey, String)] = []) -> Run {
  var run = Run(
    source: RunSource(file: "a.txt", firstLine: 7, lastLine: 9, dialect: BenchLogReader.dialect))
  for (key, text) in log { run.configuration.offer(key, text, .log) }
  run.operators = kinds.enumerated().map { OperatorRecord(index: $0, kind: $1, quantum: 1) }
  run.operatorUnit = .cycles
  return run
}

private let signatures = [
  ModelSignature(model: "ad", kinds: ["FULLY_CONNECTED", "FULLY_CONNECTED"]),
  ModelSignature(model: "ic", kinds: ["CONV_2D", "ADD", "RESHAPE", "SOFTMAX"]),
  ModelSignature(model: "ic2", kinds: ["CONV_2D", "CONV_2D"]),
  ModelSignature(model: "ic3", kinds: ["CONV_2D", "CONV_2D"]),
]

private func complete(
  _ run: Run, set: [(key: ConfigurationKey, text: String)] = [], sidecar: String? = nil,
  path: String = "a.txt"
) -> (run: Run, diagnostics: [Diagnostic]) {
  var runs = [run]
  let diagnostics = Completion(
    settings: set, signatures: signatures, path: path,
    sidecar: sidecar.map { (file: "a.toml", text: $0) }
  ).complete(&runs)
  return (runs[0], diagnostics)
}

/// The log, then --set, the sidecar file, the file name, recognition.
@Test func sourcesComeInOrder() {
  let path = "pico2_kws_fp32_sram_60MHz.txt"
  let kinds = ["FULLY_CONNECTED", "FULLY_CONNECTED"]
  var done = complete(
    run(kinds, log: [(.clock, "1")]), set: [(key: .weights, text: "flash")],
    sidecar: "board = \"my_board\"", path: path)
  let words = done.run.configuration.all.map {
    "\($0.key.rawValue)=\($0.entry.text) \($0.entry.provenance)"
  }
  #expect(
    words == [
      "board=my_board sidecar", "clock=1 log", "dtype=fp32 fileName", "mcu=rp2350 fileName",
      "model=kws fileName", "weights=flash option",
    ])
  done = complete(run(kinds))
  #expect(done.run.configuration[.model] == ConfigurationEntry("ad", .recognised))
  #expect(done.run.observations.map(\.kind) == [.modelRecognised])
  #expect(done.run.observations.first?.line == 7)
}

@Test func contradictionsAreReported() {
  let done = complete(
    run(log: [(.clock, "150000000")]),
    set: [(key: .clock, text: "60000000"), (key: .model, text: "ad")],
    sidecar: "clock = \"150MHz\"\nmodel = \"ic\"", path: "kws.txt")
  #expect(
    done.diagnostics.map(\.headline) == [
      "kws.txt:7:1: warning: --set gives clock=60000000, but the log says 150000000, which is kept",
      "kws.txt:7:1: warning: the sidecar file gives model=ic, but --set says ad, which is kept",
    ])
  #expect(done.diagnostics.allSatisfy { $0.rule == "contradicting-configuration" })
  #expect(done.run.configuration.text(.clock) == "150000000")
  #expect(done.run.configuration.text(.model) == "ad")
}

@Test func mistakesOfTheSidecarAreReportedOnce() {
  var runs = [run(), run()]
  let diagnostics = Completion(
    settings: [], signatures: [], path: "a.txt", sidecar: (file: "a.toml", text: "bord = 1")
  ).complete(&runs)
  #expect(diagnostics.map(\.rule) == ["sidecar-key"])
}

@Test func modelsAreRecognisedWhenOnlyOneFits() {
  let ic = ["QUANTIZE", "CONV_2D", "RESHAPE", "ADD", "SOFTMAX", "DEQUANTIZE"]
  #expect(complete(run(ic)).run.configuration.text(.model) == "ic")
  let two = complete(run(["CONV_2D", "CONV_2D"])).run
  #expect(two.configuration.text(.model) == nil && two.observations.isEmpty)
  for kinds in [["FULLY_CONNECTED"], ["CONV_2D", "SOFTMAX"], ["RESHAPE", "QUANTIZE"], []] {
    #expect(complete(run(kinds)).run.configuration.text(.model) == nil)
  }
}

@Test func otherOperatorsThanTheModelHasAreNoticed() {
  let kinds = ["FULLY_CONNECTED", "FULLY_CONNECTED"]
  let wrong = complete(run(kinds, log: [(.model, "ic")])).run
  #expect(wrong.observations.map(\.kind) == [.modelContradiction])
  #expect(wrong.configuration.text(.model) == "ic")
  #expect(complete(run(kinds, log: [(.model, "ad")])).run.observations.isEmpty)
  #expect(complete(run(kinds, log: [(.model, "mine")])).run.observations.isEmpty)
}

@Test func ticksOfUnknownLengthAreNoticed() {
  var ticks = run()
  ticks.latency = Latency(samples: Samples([5]), unit: .ticks, kind: .inference, quantum: 1)
  #expect(complete(ticks).run.observations.map(\.kind) == [.unknownTick])
  #expect(complete(ticks, set: [(key: .tick, text: "1us")]).run.observations.isEmpty)
  #expect(complete(run()).run.observations.isEmpty)
}
