import Support
import Testing

@testable import Ingest

private func read(_ text: String) -> (values: [String], diagnostics: [Diagnostic]) {
  let result = Sidecar.read(text: text, file: "a.toml")
  return (result.values.map { "\($0.0.rawValue)=\($0.1)" }, result.diagnostics)
}

@Test func goodSidecar() {
  let found = read(
    """
    # Set on the bench.
    board = "RP2350Plus"
    clock = 150000000
    dtype = 'float32'
    xip_cache = true
    tick = "1us"
    """)
  #expect(found.diagnostics.isEmpty)
  #expect(
    found.values == [
      "board=waveshare_rp2350_plus_16mb", "clock=150000000", "dtype=fp32", "tick=1000000Hz",
      "xip_cache=on",
    ])
  #expect(read("").values.isEmpty && read("").diagnostics.isEmpty)
}

@Test func badSyntaxHasItsPlace() throws {
  let found = read("board = \"pico2\"\nclock = = 3\n")
  #expect(found.values.isEmpty)
  let one = try #require(found.diagnostics.first)
  #expect(found.diagnostics.count == 1)
  #expect(one.rule == "sidecar-syntax" && one.severity == .error && one.file == "a.toml")
  #expect(one.line == 2 && one.column == 9)
}

@Test func unknownKeyIsNamed() throws {
  let found = read("model = \"ad\"\nbord = \"pico2\"\n")
  #expect(found.values == ["model=ad"])
  let one = try #require(found.diagnostics.first)
  #expect(one.headline == "a.toml:2:1: error: unknown key 'bord'")
  #expect(one.rule == "sidecar-key" && one.remedy == "Did you mean 'board'?")
}

@Test func wrongTypesAndValuesAreRefused() {
  let found = read("board = [\"pico2\"]\nclock = \"soon\"\nmodel = 1979-05-27\n[flash]\nx = 1\n")
  #expect(found.values.isEmpty)
  #expect(
    found.diagnostics.map { "\($0.line) \($0.rule)" }
      == ["1 sidecar-value", "2 sidecar-key", "4 sidecar-value", "3 sidecar-value"])
}

/// The line is that of the key itself, not of one that begins alike; in files with CRLF too.
@Test func linesOfKeysAreTheirOwn() {
  for end in ["\n", "\r\n"] {
    let text = [
      "flash_clock = \"50MHz\"", "weights_source = \"real\"", "flash = []", "weights = 1",
    ]
    .joined(separator: end)
    #expect(read(text).diagnostics.map(\.line) == [3, 4])
  }
}
