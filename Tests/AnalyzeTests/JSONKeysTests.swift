import Foundation
import Support
import TestSupport
import Testing

@testable import analyze

/// What `--format json` prints, against the list in `docs/json.md`.
@Suite(.serialized) struct JSONKeysTests {
  /// The same model in both dtypes, timed operator by operator, and two micro-benchmarks.
  private static var timed: [String] {
    var lines = [
      "log origin=measured tool=test",
      "machine id=1 board=pico2 mcu=rp2350 clock_hz=150000000 cores=1 flash=quad/3 xip_cache=on",
      "build id=1 runtime=tflm kernels=cmsis-nn",
    ]
    for (run, dtype) in [(1, "int8"), (2, "fp32")] {
      lines += [
        "model id=\(run) name=tiny dtype=\(dtype) macs=2000 weight_bytes=2000",
        "run id=\(run) machine=1 build=1 model=\(run) weights=flash unit=cycles warmup=1",
        "op run=\(run) index=0 kind=FULLY_CONNECTED macs=1000 weight_bytes=1000",
        "op run=\(run) index=1 kind=FULLY_CONNECTED macs=1000 weight_bytes=1000",
      ]
      // The times in no order, so that they do not depend on each other.
      for (i, step) in [3, 0, 6, 1, 7, 4, 2, 5].enumerated() {
        lines += [
          "inf run=\(run) i=\(i) time=\(9000 * run + 10 * step)",
          "opt run=\(run) i=\(i) op=0 time=\(4000 * run + 3 * step)",
          "opt run=\(run) i=\(i) op=1 time=\(4500 * run + 5 * step)",
        ]
      }
    }
    return lines + [
      "bench id=1 machine=1 build=1 name=int8_smlad unit=cycles n=5 time=33280 macs=65536",
      "bench id=2 machine=1 build=1 name=flash_sequential unit=cycles n=5 time=99000 bytes=8192 access=2048 miss=1024",
    ]
  }

  @Test func theAnalysisIsAsListed() throws {
    var keys = try ListedKeys(of: "The analysis")
    #expect(keys.count > 250)
    func check(_ arguments: [String]) throws {
      let printed = Harness.analyze(arguments + ["--format", "json"]).out
      let problems = try keys.problems(in: printed)
      #expect(problems.isEmpty, "\(arguments): \(problems.joined(separator: "\n"))")
    }
    try check(["report"] + Harness.logs)
    try check(["runs"] + Harness.logs.filter { $0.contains("sweep") })
    try check(
      ["explain"] + Harness.published + ["--predict", "model=ad,dtype=fp32,flash=quad/2"])
    let logs = [
      ("timed.txt", benchLog(Self.timed)),
      ("sweep.txt", try CrossoverCommandTests.log()),
      ("kws.txt", LogReadingTests.table),
      (
        "boots.txt", String(repeating: "ESP-ROM:esp32\nCONV_2D took 60 ticks (1 ms).\n\n", count: 2)
      ),
      ("prefixed.txt", "I (12) app: CONV_2D took 60 ticks (1 ms).\n"),
      ("unknown.txt", "no log\n"),
    ]
    for (name, text) in logs {
      try withFile(name, text) { path in
        try check(["report", path])
        try check(["crossover", path, "--reference", "none"])
      }
    }
    let unknown = (0...DiagnosticList.most).map { "key\($0) = 1\n" }.joined()
    try withFile("timed.toml", unknown) { path in
      let log = String(path.dropLast(4)) + "txt"
      try Files.write(Array(benchLog(Self.timed).utf8), log)
      try check(["runs", log])
    }
    #expect(keys.unseen.isEmpty, "listed and not printed: \(keys.unseen)")
  }
}
