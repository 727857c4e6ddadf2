import Support

@testable import Ingest

extension Target {
  /// Everything else that says something about a run: sidecar, file name, options, tables.
  static let configuration = Target(name: "configuration") { bytes in
    let text = String(decoding: bytes, as: UTF8.self)
    let rows = lineCount(Array(text.utf8))
    let sidecar = Sidecar.read(text: text, file: "-")
    for diagnostic in sidecar.diagnostics { RunCheck.check(diagnostic, lines: rows + 1) }
    for (key, value) in sidecar.values { checkCanonical(key, value) }
    if let name = Sidecar.path(for: text) { require(name.hasSuffix(".toml"), "\(name)") }
    for (key, value) in FileNameConfiguration.read(path: text) { checkCanonical(key, value) }
    checkRow(text)
    checkTick(text)
    // The first line names a key, the rest is its value.
    let parts = text.split(separator: "\n", maxSplits: 1)
    _ = try? ConfigurationKey.named(parts.first.map(String.init) ?? "")
    if parts.count == 2, let key = ConfigurationKey(rawValue: String(parts[0])) {
      if let value = try? key.canonical(String(parts[1])) { checkCanonical(key, value) }
    }
    // Every key on long texts would take most of the time.
    for key in ConfigurationKey.allCases where bytes.count <= 512 {
      if let value = try? key.canonical(text) { checkCanonical(key, value) }
    }
  }
}

/// A canonical value is accepted, and stays what it is.
private func checkCanonical(_ key: ConfigurationKey, _ value: String) {
  require(!value.isEmpty, "\(key.rawValue) is empty")
  let again = try? key.canonical(value)
  require(again == value, "\(key.rawValue): \(value) becomes \(again ?? "nothing")")
  if key == .tick { checkTick(value) }
}

private func checkTick(_ text: String) {
  switch TickLength(text: text) {
  case .perSecond(let rate): require(rate.isFinite && rate > 0, "\(rate) ticks per second")
  case .cycles(let cycles): require(cycles.isFinite && cycles > 0, "\(cycles) cycles per tick")
  case .instructions, nil: break
  }
}

/// Fields that are written again read the same.
private func checkRow(_ text: String) {
  guard let fields = CSVRow.fields(text) else { return }
  let columns = fields.map(\.column)
  require(columns == columns.sorted() && Set(columns).count == columns.count, "\(columns)")
  require(columns.first == 0 && (columns.last ?? 0) <= text.utf8.count, "\(columns)")
  let row = fields.map { "\"" + $0.text.replacing("\"", with: "\"\"") + "\"" }
  let again = CSVRow.fields(row.joined(separator: ","))
  require(again?.map(\.text) == fields.map(\.text), "a row does not survive writing and reading")
}
