import Testing

@testable import Ingest

/// Descriptions as people write them.
struct LenientJSONTests {
  private func read(_ text: String) -> (pairs: [String], mended: [String]) {
    let json = LenientJSON(Array(text.utf8))
    return (
      json.pairs.map { "\($0.key)=\($0.value)" }, json.mended.map { "\($0.line): \($0.words)" }
    )
  }

  @Test func soundTextIsReadAsItIs() {
    let found = read(
      #"{"a": "x \"y\" \u00e9\n", "b": 12.5, "c": true, "d": {"e": "f"}, "g": ["h", {"i": 1}], "j": ""}"#
    )
    #expect(found.pairs == [#"a=x "y" é"#, "b=12.5", "c=true", "d=", "g=", "j="])
    #expect(found.mended.isEmpty)
  }

  @Test(arguments: [
    ("{\"a\": 1,\n}", ["a=1"], "2: a comma before a closing brace"),
    ("{\"a\": \"1\"\n\"b\": 2}", ["a=1", "b=2"], "2: a missing comma"),
    ("{\"a\": {\"c\": 3}\n\"b\": 2}", ["a=", "b=2"], "2: a missing comma"),
    ("{\"a\": 1, // one\n\"b\": 2}", ["a=1", "b=2"], "1: a comment"),
    ("{\n/* one\n*/\"b\": 2}", ["b=2"], "2: a comment"),
    ("{'a': 'b'}", ["a=b"], "1: quotes that are not \""),
    ("{\u{201c}a\u{201d}: \u{201c}b\u{201d}}", ["a=b"], "1: quotes that are not \""),
    ("{\"a\": \"b\n\t c\"}", ["a=b \t c"], "1: a line break in a text"),
    ("\u{feff}{\"a\": \"b\"}", ["a=b"], "1: a byte order mark"),
    ("{\"a\": \"b\"", ["a=b"], "1: a brace that is not closed"),
    ("{\"a\": \"b", ["a=b"], "1: a quote that is not closed"),
  ])
  func mistakesAreMended(text: String, pairs: [String], mended: String) {
    let found = read(text)
    #expect(found.pairs == pairs && found.mended.first == mended, "\(found)")
  }

  @Test func keysMayComeTwice() {
    #expect(read(#"{"a": 1, "a": 2}"#).pairs == ["a=1", "a=2"])
  }

  /// Any bytes end: also those of a picture, and thousands of braces.
  @Test func anythingIsRead() {
    for text in [
      "", "{", "}", "\"", "\\", "/", "/*", "{\"a\"", "{\"a\":", "{\"a\": \\u12", "\u{0}",
    ] {
      _ = read(text)
    }
    _ = LenientJSON([UInt8](repeating: UInt8(ascii: "{"), count: 100_000))
    _ = LenientJSON((0...255).map { UInt8($0) } + [0xff, 0xfe])
  }

  private func system(_ text: String) -> MLPerfSystem {
    MLPerfSystem(Array(text.utf8), file: "system.json")
  }

  @Test func keysAreFoundHoweverTheyAreSpelt() {
    let found = system(
      """
      {"Board Nmae": "EK-1", "Processor(s) Frequencies ": "64MHz", "SoC Name": "N/A",
       "Inference Framework": "", "Inference Framework": "tflm", "Accelerator(s) Frequencies": "1 GHz",
       "Quantization Method": "Full INT8", "Inference Framework": "other"}
      """)
    #expect(found[.board] == "EK-1" && found.clockHertz == 64e6 && found[.chip] == nil)
    #expect(found[.framework] == "tflm" && found.dtype == .int8 && found[.accelerator] == nil)
    #expect(found.notes.map(\.rule) == ["misspelt-key", "repeated-key"])
    #expect(found.notes.map(\.line) == [1, 3])
  }

  @Test(arguments: [
    ("160 MHz", 160e6), ("1.6GHz", 1.6e9), ("277.5M", 277.5e6), ("30.7 Mhz", 30.7e6),
    ("up to 3.4GHz, 2 at 2.3GHz", nil), ("", nil), ("fast", nil), ("0 MHz", nil),
  ])
  func aClockIsOneNumberWithItsUnit(text: String, hertz: Double?) {
    let found = system("{\"Processor(s) Frequencies\": \"\(text)\"}")
    #expect(found.clockHertz == hertz)
    #expect(found.notes.isEmpty == (hertz != nil || text.isEmpty))
  }

  @Test func descriptionsAreFoundByTheirNames() {
    #expect(MLPerfSystem.fit("Nucleo_L4_System_Description", to: ["Nucleo-L4"]) == 3)
    #expect(MLPerfSystem.fit("system_description_N5DK_tvm", to: ["tvm", "N5-DK"]) == 3)
    #expect(MLPerfSystem.fit("Nucleo_L4", to: ["Nucleo-L5"]) == 0)
    #expect(MLPerfSystem.fit("system_description_arty", to: ["arty-a7-100t"]) == 1)
  }
}
