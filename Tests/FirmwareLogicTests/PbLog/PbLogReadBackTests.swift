import BenchLog
import Ingest
import TestSupport
import Testing

/// What pb_log.h prints is read without a diagnostic, and gives the runs that were told.
struct PbLogReadBackTests {
  private func log(_ body: String) throws -> String {
    let printed = try PbCompiler.hostC.output(of: PbProgram.host(body))
    try #require(printed.status == 0, "\(printed.err)")
    return printed.out
  }

  private static let twoInferences = """
      bench.clock_hz = 64000000;
      bench.model = "kws";
      bench.dtype = PB_INT8;
      bench.weights = PB_FLASH;
      pb_operator(&bench, "CONV_2D", 1900);
      pb_operator(&bench, "SOFTMAX", 90);
      pb_inference(&bench, 2000);
      pb_operator(&bench, "CONV_2D", 1904);
      pb_operator(&bench, "SOFTMAX", 92);
      pb_inference(&bench, 2004);
      pb_end(&bench);

    """

  @Test(.tools("c++:cstddef")) func aRunIsWhatWasTold() throws {
    let file = ingest(try log(Self.twoInferences))
    #expect(file.diagnostics.isEmpty && file.runs.count == 1)
    let run = try #require(file.runs.first)
    #expect(times(of: run.latency) == [0.002, 0.002004])
    #expect(run.operators.map(\.kind) == ["CONV_2D", "SOFTMAX"])
    #expect(run.operators.map(times) == [[0.0019, 0.001904], [0.00009, 0.000092]])
    #expect(run.configuration[.model]?.text == "kws" && run.configuration[.dtype]?.text == "int8")
    #expect(run.configuration[.clock]?.text == "64000000")
    #expect(run.configuration[.origin]?.text == "measured")
  }

  /// A Cortex-M with hardware for division and one without print what this machine prints.
  @Test(
    .tools("c++:cstddef", "arm-none-eabi-gcc:math.h", "qemu-system-arm"),
    arguments: [(PbCompiler.m3, "mps2-an385"), (.m0, "microbit")])
  func emulatedCoresPrintTheSame(_ compiler: PbCompiler, machine: String) throws {
    let body = PbField.program + "\n" + Self.twoInferences
    try withFile("program.c", PbProgram.emulated(body)) { source in
      let program = source + ".elf"
      let built = try compiler.compile(
        source, to: program,
        [
          "-nostartfiles", "-Wl,--section-start=.vectors=0",
          "-Wl,-Ttext=0x100",
          "-Wl,-Tdata=0x20000000", "-Wl,-e,reset", "-specs=nosys.specs",
        ])
      try #require(built.status == 0, "\(built.err)")
      let run = try CommandOutcome(
        running: "timeout",
        [
          "60", "qemu-system-arm", "-M", machine, "-display", "none", "-monitor", "none", "-serial",
          "null", "-semihosting-config", "enable=on,target=native", "-kernel", program,
        ])
      #expect(run.status == 0)
      // Semihosting writes to the emulator's standard error or output, by its version.
      try #expect(run.out + run.err == log(body))
    }
  }

  /// Where a program never ends, what came counts; and with `end_every` nothing is missing.
  @Test(.tools("c++:cstddef")) func endlessPrograms() throws {
    let loop = "  for (i = 0; i < 250; ++i) pb_inference(&bench, 1000 + i % 7);\n"
    let open = ingest(try log("  unsigned i;\n" + loop))
    #expect(open.diagnostics.map(\.rule) == ["no-end"])
    #expect(open.runs.map { $0.latency?.inferences } == [250])

    let text = try log("  unsigned i;\n  bench.end_every = 100;\n" + loop)
    let whole = ingest(text)
    #expect(whole.diagnostics.map(\.rule) == ["no-end"])
    #expect(whole.runs.map { $0.latency?.inferences } == [100, 100, 50])

    // Somebody who listens from the middle of the first hundred on has the others.
    let late = ingest(text.split(separator: "\r\n").dropFirst(60).joined(separator: "\r\n"))
    #expect(late.runs.map { $0.latency?.inferences } == [100, 50])
    #expect(late.diagnostics.contains { $0.rule == "missing-lines" })
  }

  @Test(.tools("c++:cstddef")) func aLostLineIsNoticed() throws {
    let lines = try log(Self.twoInferences).split(separator: "\r\n").map(String.init)
    for lost in lines.indices {
      var rest = lines
      rest.remove(at: lost)
      #expect(!ingest(rest.joined(separator: "\n")).diagnostics.isEmpty, "\(lines[lost])")
    }
  }

  @Test(.tools("c++:cstddef")) func millisecondsKeepTheirResolution() throws {
    let file = ingest(
      try log(
        """
          bench.unit = PB_MS;
          bench.quantum = 10;
          pb_operator(&bench, "CONV_2D", 20);
          pb_inference(&bench, 30);
          pb_end(&bench);
        """))
    #expect(file.diagnostics.isEmpty)
    let run = try #require(file.runs.first)
    #expect(times(of: run.latency) == [0.03] && run.latency?.quantum == 0.01)
    #expect(run.operators.first.map(times) == [0.02])
  }

  @Test(.tools("c++:cstddef")) func detailLeavesOutLinesAndSumsUp() throws {
    let file = ingest(
      try log(
        """
          unsigned i;
          bench.detail = 10;
          for (i = 0; i < 95; ++i) {
            pb_operator(&bench, "CONV_2D", 7);
            pb_inference(&bench, 1000 + i);
          }
          pb_end(&bench);
        """))
    #expect(file.diagnostics.isEmpty)
    let run = try #require(file.runs.first)
    #expect(run.latency?.samples.count == 10 && run.recording.inferences == 95)
    #expect(run.statistics?.count == 95 && run.statistics?.maximum == 0.001094)
  }

  /// Texts that would mislead a reader: blanks, quotes, line ends, bytes that are no ASCII, too long.
  @Test(.tools("c++:cstddef")) func hostileTextsAreEscaped() throws {
    let texts = HostileText.all.map { Array($0.utf8.prefix(300)) }.filter { !$0.contains(0) }
    #expect(texts.count > 100)
    var program = ""
    var expected = ""
    for (n, text) in texts.enumerated() {
      program += PbProgram.array("t\(n)", text)
      program += "  bench.firmware = t\(n);\n  pb_inference(&bench, \(n));\n  pb_end(&bench);\n"
      if text.count > 190 { continue }
      var encoder = LineEncoder(sink: Buffer(), sequence: 2)
      encoder.begin(.build)
      encoder.field("id", 1 as UInt64)
      if !text.isEmpty { encoder.field("firmware", text: text.span) }
      encoder.end()
      expected += String(decoding: encoder.sink.bytes, as: UTF8.self)
    }
    let printed = try log("  bench.compiler = NULL;\n" + program)
    let isLong = Set(texts.indices.filter { texts[$0].count > 190 })
    let builds = printed.split(separator: "\r\n").filter { $0.contains(" build ") }
    let short = builds.enumerated().filter { !isLong.contains($0.offset) }.map {
      $0.element + "\r\n"
    }
    #expect(short.joined() == expected)

    let file = ingest(printed)
    // Blanks alone are no revision, which the reader says.
    #expect(file.diagnostics.allSatisfy { $0.message == "'firmware' has no value" })
    #expect(file.diagnostics.count < 5 && file.runs.count == texts.count)
    #expect(builds.allSatisfy { $0.utf8.count <= Schema.maximumLineLength })
  }

  /// Lines stay within their limit however long all texts are, and their last keys are there.
  @Test(.tools("c++:cstddef")) func textsAreCutWhereALineIsFull() throws {
    let setters =
      ["tool", "board", "mcu", "flash", "runtime", "kernels", "compiler", "flags", "firmware"]
      + ["model", "caveat"]
    let most =
      ["clock_hz", "cores", "flash_clock_hz", "model_crc32", "model_bytes", "arena_bytes"]
      + ["warmup", "console_baud"]
    var body = PbProgram.array("t", [UInt8](repeating: 0x1b, count: 1000))
    for name in setters { body += "  bench.\(name) = t;\n" }
    for name in most { body += "  bench.\(name) = UINT32_MAX;\n" }
    for name in ["macs", "weight_bytes", "quantum", "clock_cost"] {
      body += "  bench.\(name) = UINT64_MAX;\n"
    }
    body +=
      "  bench.detail = UINT32_MAX;\n  bench.dtype = PB_MIXED;\n  bench.unit = PB_INSTRUCTIONS;\n"
    body += "  bench.weights = bench.code = bench.activations = PB_PSRAM;\n"
    body += "  pb_operator(&bench, t, 1);\n  pb_inference(&bench, 1);\n  pb_end(&bench);\n"
    let printed = try log(body)
    let lines = printed.split(separator: "\r\n")
    let longest = lines.map(\.utf8.count).max() ?? 0
    #expect(longest > 800 && longest <= Schema.maximumLineLength)
    #expect(!ingest(printed).diagnostics.contains { $0.rule == "damaged-line" })
    let decoded = logLines(printed)
    #expect(decoded.first { $0.record == "machine" }?["flash"] == "")
    #expect(decoded.first { $0.record == "run" }?["detail"] == "4294967295")
  }
}
