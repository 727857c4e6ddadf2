import BenchLog
import Core
import Ingest
import TestSupport
import Testing

/// pb_log.h says what Sources/BenchLog says: the same bytes, and no key that is not known to both.
struct PbLogSchemaTests {
  /// Keys that an application has no use for: of published figures, and of what the measuring program knows.
  private static let leftOut: [Record: [String]] = [
    .log: ["citation", "boot", "plan"],
    .machine: ["qmi_timing", "qmi_rfmt", "qmi_rcmd", "jedec", "xip_cache"],
    .model: ["dtype_claimed", "dtype_evidence", "weights_source"],
    .run: ["inferences", "latency", "input"],
    .op: ["name", "macs", "weight_bytes", "time", "quantum"],
    .opt: ["access", "miss"],
    .sum: ["op", "access", "miss"],
    .done: ["console", "console_bytes"],
    .end: ["benches", "refused"],
  ]
  private static let leftOutRecords: Set<Record> = [.refused, .out, .bench]

  @Test(.tools("c++:cstddef"), arguments: [PbCompiler.hostC, .hostCpp])
  func linesAreThoseOfTheEncoder(_ compiler: PbCompiler) throws {
    let printed = try compiler.output(of: PbProgram.host(PbField.program))
    try #require(printed.status == 0, "\(printed.err)")
    #expect(printed.out == PbField.expected)
  }

  /// A new key of the schema is offered by the header, or said to be left out.
  @Test func keysAreThoseOfTheSchema() {
    for record in Record.allCases where !Self.leftOutRecords.contains(record) {
      let leftOut = Self.leftOut[record] ?? []
      let offered = Schema.keys(of: record).map { "\($0.key)" }.filter { !leftOut.contains($0) }
      let lines = [PbField.declared.filter { $0.record == record }] + PbField.times
      let printed = lines.filter { $0.first?.record == record }
      #expect(!printed.isEmpty && printed.allSatisfy { $0.map(\.key) == offered }, "\(record)")
    }
  }

  @Test func limitsAreThoseOfTheSchema() throws {
    let header = try Checkout.text("Firmware/pb_log/pb_log.h")
    #expect(header.contains("#define PB_FORMAT \"\(Schema.version)\"\n"))
    #expect(header.contains("#define PB_LINE_BYTES \(Schema.maximumLineLength)\n"))
  }

  /// Every word of an enumeration is one that readers know, and none of theirs is missing.
  @Test(.tools("c++:cstddef")) func wordsAreThoseOfTheReader() throws {
    let choices: [(key: String, names: [String], words: [String])] = [
      ("dtype", ["PB_INT8", "PB_FP32", "PB_INT16", "PB_MIXED"], Dtype.allCases.map { "\($0)" }),
      (
        "weights", ["PB_FLASH", "PB_SRAM", "PB_STREAM", "PB_PSRAM"],
        WeightsPlace.allCases.map { "\($0)" }
      ),
      ("code", ["PB_FLASH", "PB_SRAM", "PB_STREAM", "PB_PSRAM"], ["flash", "sram", "", "psram"]),
      ("origin", ["PB_MEASURED", "PB_EMULATED"], ["measured", "emulated"]),
      (
        "unit", ["PB_NS", "PB_US", "PB_MS", "PB_CYCLES", "PB_INSTRUCTIONS"],
        ["ns", "us", "us", "cycles", "instructions"]
      ),
    ]
    for (key, names, words) in choices {
      let body = names.map {
        "  bench.\(key) = \($0);\n  pb_inference(&bench, 3);\n  pb_end(&bench);\n"
      }
      let printed = try PbCompiler.hostC.output(of: PbProgram.host(body.joined()))
      try #require(printed.status == 0, "\(printed.err)")
      let record = ["dtype": "model", "origin": "log"][key] ?? "run"
      let lines = logLines(printed.out).filter { $0.record == record }
      #expect(lines.map { $0[key] ?? "" } == words)
      #expect(ingest(printed.out).diagnostics.isEmpty)
    }
  }
}
