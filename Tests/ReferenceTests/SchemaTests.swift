import Testing

@testable import Reference

/// The columns and types that `data/README.md` documents.
@Suite struct SchemaTests {
  enum Form {
    case name, anything, kind, shape, whole, decimal
    case oneOf([String])
  }

  struct Column {
    var name: String
    var form: Form
    var mayBeEmpty = false
  }

  static let dtype = Form.oneOf(["int8", "fp32"])

  static let schema: [String: [Column]] = [
    "published-results.csv": [
      Column(name: "id", form: .name), Column(name: "board", form: .name),
      Column(name: "mcu", form: .name), Column(name: "clock_hz", form: .whole),
      Column(name: "cores", form: .whole), Column(name: "runtime", form: .name),
      Column(name: "model", form: .name), Column(name: "dtype", form: dtype),
      Column(name: "dtype_claimed", form: dtype, mayBeEmpty: true),
      Column(name: "weights", form: .oneOf(["flash", "sram"]), mayBeEmpty: true),
      Column(name: "latency_ms", form: .decimal, mayBeEmpty: true),
      Column(name: "throughput_per_s", form: .decimal, mayBeEmpty: true),
      Column(name: "duty_cycle", form: .decimal, mayBeEmpty: true),
      Column(name: "period_ms", form: .decimal, mayBeEmpty: true),
      Column(name: "windows", form: .anything, mayBeEmpty: true),
      Column(name: "energy_uj", form: .decimal, mayBeEmpty: true),
      Column(name: "caveat", form: .anything, mayBeEmpty: true),
      Column(name: "source", form: .anything),
    ],
    "published-operators.csv": [
      Column(name: "result", form: .name), Column(name: "kind", form: .kind),
      Column(name: "name", form: .name, mayBeEmpty: true),
      Column(name: "time_us", form: .decimal), Column(name: "source", form: .anything),
    ],
    "operator-costs.csv": [
      Column(name: "model", form: .name), Column(name: "dtype", form: dtype),
      Column(name: "index", form: .whole), Column(name: "kind", form: .kind),
      Column(name: "input", form: .shape), Column(name: "output", form: .shape),
      Column(name: "weights", form: .shape, mayBeEmpty: true),
      Column(name: "padding", form: .oneOf(["same", "valid"]), mayBeEmpty: true),
      Column(name: "stride", form: .shape, mayBeEmpty: true),
      Column(name: "weight_bytes", form: .whole), Column(name: "constant_bytes", form: .whole),
      Column(name: "macs", form: .whole), Column(name: "source", form: .anything),
    ],
    "instructions.csv": [
      Column(name: "model", form: .name), Column(name: "dtype", form: dtype),
      Column(name: "index", form: .whole, mayBeEmpty: true), Column(name: "kind", form: .kind),
      Column(name: "instructions", form: .whole), Column(name: "source", form: .anything),
    ],
    "arenas.csv": [
      Column(name: "model", form: .name), Column(name: "dtype", form: dtype),
      Column(name: "arena_bytes", form: .whole), Column(name: "source", form: .anything),
    ],
    "models.csv": [
      Column(name: "model", form: .name), Column(name: "dtype", form: dtype),
      Column(name: "file_bytes", form: .whole), Column(name: "made_by", form: .anything),
      Column(name: "source", form: .anything),
    ],
    "core-speeds.csv": [
      Column(name: "mcu", form: .name), Column(name: "dtype", form: dtype),
      Column(name: "low", form: .decimal), Column(name: "high", form: .decimal),
      Column(name: "source", form: .anything),
    ],
    "build-factors.csv": [
      Column(name: "flags", form: .anything), Column(name: "model", form: .name),
      Column(name: "dtype", form: dtype), Column(name: "factor", form: .decimal),
      Column(name: "source", form: .anything),
    ],
  ]

  @Test func everyTableHasASchema() {
    #expect(Set(Bundled.paths.filter { $0.hasSuffix(".csv") }) == Set(csvFiles))
    #expect(Set(Self.schema.keys) == Set(csvFiles))
  }

  @Test(arguments: csvFiles) func columnsAndTypesHold(file: String) throws {
    let table = try Rows(file)
    let columns = try #require(Self.schema[file])
    #expect(table.columns == columns.map(\.name))
    #expect(!table.rows.isEmpty)
    for row in table.rows {
      for column in columns {
        let value = try table.text(row, column.name)
        if value.isEmpty {
          #expect(column.mayBeEmpty, "\(file): '\(column.name)' is empty in \(row)")
        } else {
          #expect(fits(value, column.form), "\(file): '\(value)' in '\(column.name)'")
        }
      }
    }
  }

  private func fits(_ value: String, _ form: Form) -> Bool {
    switch form {
    case .anything: value.first?.isWhitespace == false && value.last?.isWhitespace == false
    case .name:
      value.allSatisfy {
        $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "_" || $0 == "-")
      }
    case .kind:
      value.allSatisfy { $0.isASCII && ($0.isUppercase || $0.isNumber || $0 == "_") }
    case .shape: value.split(separator: "x").allSatisfy { Int($0).map { $0 > 0 } ?? false }
    case .whole: UInt64(value) != nil && (value == "0" || value.first != "0")
    case .decimal:
      Double(value).map { $0 > 0 && $0.isFinite } ?? false
        && value.allSatisfy { $0.isNumber || $0 == "." }
    case .oneOf(let words): words.contains(value)
    }
  }

  @Test func aResultHasOneTime() throws {
    let table = try Rows("published-results.csv")
    for row in table.rows {
      let id = try table.text(row, "id")
      let times = try ["latency_ms", "throughput_per_s", "duty_cycle"].filter {
        try !table.text(row, $0).isEmpty
      }
      #expect(times.count == 1, "\(id): \(times)")
      #expect(try table.text(row, "period_ms").isEmpty == (times != ["duty_cycle"]), "\(id)")
      #expect(try table.text(row, "windows").isEmpty == (times != ["throughput_per_s"]), "\(id)")
      #expect(
        try table.text(row, "dtype_claimed") != table.text(row, "dtype"),
        "\(id): dtype_claimed is given only where it differs")
    }
  }

  @Test func keysAreUnique() throws {
    for (file, key) in [
      ("published-results.csv", ["id"]), ("published-operators.csv", ["result", "kind", "name"]),
      ("operator-costs.csv", ["model", "dtype", "index"]),
      ("instructions.csv", ["model", "dtype", "index"]),
      ("models.csv", ["model", "dtype", "source"]), ("arenas.csv", ["model", "dtype"]),
      ("core-speeds.csv", ["mcu", "dtype"]), ("build-factors.csv", ["flags", "model", "dtype"]),
    ] {
      let table = try Rows(file)
      let keys = try table.rows.map { row in
        try key.map { try table.text(row, $0) }.joined(separator: " ")
      }
      #expect(Set(keys).count == keys.count, "\(file)")
    }
  }

  @Test func windowsGiveThePublishedThroughput() throws {
    let table = try Rows("published-results.csv")
    var checked = 0
    for row in table.rows {
      let windows = try table.text(row, "windows")
      guard !windows.isEmpty else { continue }
      let printed = try table.text(row, "throughput_per_s")
      let rates = try windows.split(separator: " ").map { window in
        let parts = window.split(separator: "/")
        let seconds = try #require(Double(parts[0]))
        let inferences = try #require(UInt64(parts[1]))
        #expect(seconds >= 10, "a window lasts at least 10 s: \(window)")
        return Double(inferences) / seconds
      }.sorted()
      #expect(rates.count == 5)
      let decimals = printed.split(separator: ".").last?.count ?? 0
      let unit = (0..<decimals).reduce(1.0) { value, _ in value / 10 }
      let published = try #require(Double(printed))
      #expect(abs(rates[2] - published) <= unit / 2 * (1 + 1e-9), "\(row["id"] ?? "")")
      checked += 1
    }
    #expect(checked == 4)
  }
}
