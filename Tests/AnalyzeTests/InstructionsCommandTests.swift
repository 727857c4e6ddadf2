import Foundation
import TestSupport
import Testing

@testable import analyze

/// Emulated runs: their own section, and nowhere beside times.
@Suite struct InstructionsCommandTests {
  private static let emulated = """
    log origin=emulated tool=test
    machine id=1 board=qemu_mps2_an505 mcu=cortex-m33 cores=1
    build id=1 runtime=pico2-benchmark kernels=builtin
    build id=2 runtime=tflm kernels=cmsis-nn
    model id=1 name=tiny dtype=int8 macs=1000 weight_bytes=1000
    model id=2 name=tiny dtype=fp32 macs=1000 weight_bytes=4000
    run id=1 machine=1 build=1 model=1 weights=flash unit=instructions warmup=1
    op run=1 index=0 kind=FULLY_CONNECTED macs=1000 weight_bytes=1000
    op run=1 index=1 kind=TANH
    inf run=1 i=0 time=2400
    opt run=1 i=0 op=0 time=2000
    opt run=1 i=0 op=1 time=300
    run id=2 machine=1 build=2 model=1 weights=flash unit=instructions warmup=1
    op run=2 index=0 kind=FULLY_CONNECTED macs=1000 weight_bytes=1000
    op run=2 index=1 kind=TANH
    inf run=2 i=0 time=11300
    opt run=2 i=0 op=0 time=2200
    opt run=2 i=0 op=1 time=9000
    run id=3 machine=1 build=1 model=2 weights=flash unit=instructions warmup=1
    op run=3 index=0 kind=FULLY_CONNECTED macs=1000 weight_bytes=4000
    op run=3 index=1 kind=TANH
    inf run=3 i=0 time=9000
    opt run=3 i=0 op=0 time=7000
    opt run=3 i=0 op=1 time=1900
    run id=4 machine=1 build=1 model=1 weights=sram unit=instructions warmup=1
    inf run=4 i=0 time=2400
    bench id=1 machine=1 build=1 name=int8_smlad unit=instructions n=5 time=33280 macs=65536

    """

  private func withLog<T>(_ draft: String = emulated, _ body: (String) throws -> T) throws -> T {
    let sealed = try withFile("draft.txt", draft) { Harness.analyze("seal", $0) }
    #expect(sealed.status == 0, "\(sealed.err)")
    return try withFile("emulated.txt", sealed.out, body)
  }

  @Test func aCountThatWasCutOffIsNoAbsentOne() throws {
    let cut = """
      QEMU-AN505 CPU Clock Frequency: 20000000 Hz
      QEMU-AN505 ticks per second: 976562
      profile_count: 0
      invoke_time: 7990338 (usec)
      CONV_2D took 1106058 ticks (1132 ms).
      DEPTHWISE_CONV_2D took 594404 ticks (608 ms).
      CONV_2D took 1065184 ticks (1090 ms).

      """
    try withFile("cut.txt", cut) { path in
      for command in ["instructions", "summary"] {
        let out = Harness.analyze([command, path, "--set", "model=kws"], width: 200).out
        #expect(out.contains("the log is cut off inside the only inference"), "\(out)")
        #expect(!out.contains("No run was counted"))
      }
    }
  }

  @Test func comparesCountsPerMAC() throws {
    try withLog { path in
      let result = Harness.analyze(["instructions", path], width: 200)
      #expect(result.status == 0, "\(result.err)")
      let text = result.out.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      #expect(
        text.contains(
          "In int8 pico2-benchmark takes 0.212 times the instructions of TFLM with CMSIS-NN for tiny"
        ))
      #expect(text.contains("1 TANH of tiny stands out with 300 against 9,000, 0.0333 times"))
      #expect(result.out.contains("Instructions per MAC (emulated)"))
      #expect(result.out.contains("Micro-benchmarks in instructions (emulated)"))
      let findings = Harness.analyze("findings", path, width: 200).out
      #expect(findings.contains("int8 TANH takes 30.0 times as many instructions in TFLM"))
    }
  }

  @Test func theDocumentHasThem() throws {
    try withLog { path in
      let out = Harness.analyze("instructions", path, "--format", "json").out
      let document = try #require(
        try JSONSerialization.jsonObject(with: Data(out.utf8)) as? [String: Any])
      let rows = try #require(document["instructions"] as? [[String: Any]])
      #expect(rows.count == 4)
      #expect(rows[0]["instructions_per_mac"] as? Double == 2.4)
      #expect(rows[0]["baseline_instructions"] as? Double == 11_300)
      #expect((rows[2]["reasons"] as? [String: String])?["baseline"] != nil)
      let benches = try #require(document["micro_benchmarks"] as? [[String: Any]])
      #expect(benches[0]["instructions"] as? Double == 33_280)
      #expect(benches[0]["cycles"] == nil && benches[0]["macs_per_cycle"] == nil)
      #expect((document["placement"] as? [Any])?.isEmpty == true)
      #expect((document["speedups"] as? [Any])?.isEmpty == true)
    }
  }

  /// Beside a log of times every table is of one kind.
  @Test func countsAndTimesHaveTablesOfTheirOwn() throws {
    try withLog { path in
      let text = Harness.analyze(["operators", path] + Harness.logs, width: 200).out
      #expect(text.contains("int8 against fp32; above 1, int8 is slower"))
      #expect(text.contains("instructions of one inference (emulated); above 1"))
      let timed = try #require(text.range(of: "above 1, int8 is slower"))
      let rest = text[timed.upperBound...]
      let table = rest[..<(try #require(rest.range(of: "\n\n"))).lowerBound]
      #expect(table.contains("RP2350") && !table.contains("emulated M33"))
      let placement = Harness.analyze(["placement", path] + Harness.logs, width: 200).out
      #expect(!placement.contains("emulated"))
    }
  }

  @Test func theReportHasTheSectionOnlyWithAnEmulatorsRuns() throws {
    let heading = "Instructions per MAC\n"
    #expect(!Harness.analyze(Harness.published).out.contains(heading))
    try withLog { path in
      #expect(Harness.analyze(path).out.contains(heading))
    }
    let none = Harness.analyze(["instructions"] + Harness.published)
    #expect(none.status == 0)
    #expect(none.out.contains("No run was counted on an emulator."))
  }

  @Test func measuredRoofsReplaceTheComputedOnes() throws {
    let draft = """
      log origin=measured tool=test
      machine id=1 board=pico2 mcu=rp2350 clock_hz=150000000 cores=1 flash=quad/3 xip_cache=on
      build id=1 runtime=pico2-benchmark kernels=builtin
      model id=1 name=kws dtype=int8
      run id=1 machine=1 build=1 model=1 weights=flash unit=cycles warmup=1
      inf run=1 i=0 time=8000000
      sum run=1 n=1 min=8000000 max=8000000 total=8000000 access=500000 miss=12000
      bench id=1 machine=1 build=1 name=int8_smlad unit=cycles n=5 time=33568 macs=65536
      bench id=2 machine=1 build=1 name=dma_flash_to_sram unit=cycles n=5 time=400000 bytes=65536

      """
    try withLog(draft) { path in
      let out = Harness.analyze("roofline", path, width: 250).out
      #expect(out.contains("measured by the micro-benchmarks of"))
      #expect(out.contains("counted line fills x 8 B"))
      #expect(out.contains("Micro-benchmarks: the shortest repetition"))
      #expect(out.contains("1.95"))
      let json = Harness.analyze("roofline", path, "--format", "json").out
      let document = try #require(
        try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
      let roofline = try #require(document["roofline"] as? [String: Any])
      let machines = try #require(roofline["machines"] as? [[String: Any]])
      let compute = try #require(machines[0]["compute"] as? [[String: Any]])
      #expect(compute.first { $0["id"] as? String == "int8" }?["is_measured"] as? Bool == true)
      #expect(compute.first { $0["id"] as? String == "fp32" }?["is_measured"] as? Bool == false)
    }
  }

  /// A log like the published ones, of `count` emulated models of many sizes.
  private static func sweep(_ count: Int) -> String {
    var text = """
      log origin=emulated tool=test
      machine id=1 board=qemu_mps2_an505 mcu=cortex-m33 cores=1
      build id=1 runtime=pico2-benchmark kernels=builtin

      """
    for id in 1...count {
      let bytes = 2048 * id
      text += """
        model id=\(id) name=fc_\(id) dtype=int8 macs=\(bytes) weight_bytes=\(bytes)
        run id=\(id) machine=1 build=1 model=\(id) weights=flash unit=instructions warmup=1
        op run=\(id) index=0 kind=FULLY_CONNECTED macs=\(bytes) weight_bytes=\(bytes)
        inf run=\(id) i=0 time=\(2 * bytes + 500)
        opt run=\(id) i=0 op=0 time=\(2 * bytes + 400)

        """
    }
    return text
  }

  /// However many emulated runs there are, the report stays as long as it is.
  @Test func theReportSumsThemUp() throws {
    func lines(_ count: Int) throws -> [Substring] {
      try withLog(Self.sweep(count)) { path in
        let result = Harness.analyze([path] + Harness.published)
        #expect(result.status == 0 && result.err.isEmpty)
        return result.out.split(separator: "\n", omittingEmptySubsequences: false)
      }
    }
    let few = try lines(20)
    let many = try lines(60)
    #expect(abs(few.count - many.count) <= 2)
    #expect(many.contains { $0.contains("60 emulated runs") })
    #expect(!many.contains { $0.contains("fc_30") })
    let text = many.joined(separator: " ")
    #expect(text.contains("leave no mark"))
    #expect(!text.contains("too few samples"))
  }

  @Test func commandsListThemUnlessBrief() throws {
    try withLog(Self.sweep(20)) { path in
      for command in ["runs", "operators", "instructions"] {
        let all = Harness.analyze([command, path], width: 200)
        #expect(all.status == 0)
        #expect(all.out.contains("fc_7"), "\(command)")
        let brief = Harness.analyze([command, path, "--brief"], width: 200)
        #expect(brief.status == 0)
        #expect(!brief.out.contains("fc_7"), "\(command)")
      }
    }
  }

  /// Up to four are runs like any other.
  @Test func fewAreListed() throws {
    try withLog(Self.sweep(4)) { path in
      #expect(Harness.analyze(["runs", path, "--brief"], width: 200).out.contains("fc_4"))
    }
  }

  @Test func noFigureOfTimeHasThem() throws {
    try withLog(Self.sweep(20)) { path in
      try withFolder { folder in
        let published = Harness.published
        for (name, logs) in [("with", [path] + published), ("without", published)] {
          #expect(Harness.analyze(logs + ["-o", "\(folder)/\(name)"]).status == 0)
        }
        func plots(_ name: String) throws -> [String] {
          try FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(name)/plots").filter {
            $0.hasSuffix(".svg")
          }.sorted()
        }
        let names = try plots("without")
        #expect(try plots("with") == names && !names.isEmpty)
        for name in names {
          let a = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/with/plots/\(name)"))
          let b = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/without/plots/\(name)"))
          #expect(a == b, "\(name)")
        }
      }
    }
  }

  /// The roofs of a board are a result without any run.
  @Test func aLogOfMicroBenchmarksAlone() throws {
    let draft = """
      log origin=measured tool=test
      machine id=1 board=pico2 mcu=rp2350 clock_hz=150000000 cores=1 flash=quad/3 xip_cache=on
      build id=1 runtime=pico2-benchmark kernels=builtin
      bench id=1 machine=1 build=1 name=int8_smlad unit=cycles n=5 time=33568 macs=65536
      bench id=2 machine=1 build=1 name=flash_sequential unit=cycles n=5 time=400000 bytes=65536

      """
    try withLog(draft) { path in
      for command in ["roofline", "summary", "report"] {
        let result = Harness.analyze([command, path], width: 250)
        #expect(result.status == 0, "\(command): \(result.err)")
        #expect(result.err.isEmpty)
      }
      let out = Harness.analyze(["roofline", path], width: 250).out
      #expect(out.contains("measured by the micro-benchmarks of"))
      #expect(out.contains("Micro-benchmarks: the shortest repetition"))
      #expect(Harness.analyze("summary", path).out.contains("2 micro-benchmarks"))
    }
  }
}
