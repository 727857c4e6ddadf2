import Testing

@testable import Ingest

struct TFLMLineTests {
  private func parse(_ text: String) -> TFLMLine? {
    let bytes = [UInt8](text.utf8)
    return TFLMLine.parse(bytes.span)
  }

  @Test(arguments: [
    ("CONV_2D took 12 ticks (0 ms).", UInt64(12), UInt64(0)),
    ("CONV_2D took 12 ticks (0 ms)", 12, 0),
    ("    SOFTMAX took 0 ticks (0 ms).", 0, 0),
    ("tflite::ops::Foo bar-baz took 4000000000 ticks (4000000 ms).", 4_000_000_000, 4_000_000),
  ])
  func eventLines(_ text: String, _ ticks: UInt64, _ milliseconds: UInt64) {
    guard case .took(let took) = parse(text) else {
      Issue.record("not an event line: \(text)")
      return
    }
    #expect(took.count == .finished(ticks))
    #expect(took.milliseconds == milliseconds)
    #expect(took.unit == .ticks)
    #expect(took.iterations == nil)
  }

  @Test(arguments: [
    "CONV_2D took 12 ticks (0 ms", "CONV_2D took 12 ticks", "CONV_2D took 1x2 ticks (0 ms).",
    "CONV_2D took 012 ticks (0 ms).", "CONV_2D took 12 ticks (0 ms)..", " took 12 ticks (0 ms).",
    "CONV_2D took 12 tick (0 ms).", "CONV_2D took  ticks (0 ms).",
    "CONV_2\u{e9} took 1 ticks (0 ms).",
    "CONV_2D took 99999999999999999999 ticks (0 ms).", "CONV_2D took -02 ticks (0 ms).",
    "setup took 12 ms", "it took 5 us", "0,CONV_2D,12x", "0,CONV_2D", "0,,12", "x,CONV_2D,12",
    "0,CONV_2D,12,", "\"Event\",\"Tag\",\"Tick\"", "\"Event\",\"Tag\",\"Ticks\" ",
    "\"total number of ticks\" 12", "\"total number of tick\", 12", "",
  ])
  func damagedLines(_ text: String) { #expect(parse(text) == nil) }

  @Test func units() {
    guard case .took(let took) = parse("CONV_2D took 342000000 us") else {
      Issue.record("not an event line")
      return
    }
    #expect(took.unit == .microseconds)
    #expect(took.count == .finished(342_000_000))
  }

  @Test func wholeInferences() {
    guard case .took(let took) = parse("NoPersonDataIterations(10) took 5 ticks (0 ms)") else {
      Issue.record("not an event line")
      return
    }
    #expect(took.iterations == 10)
  }

  @Test(arguments: ["ADD took 4294967295 ticks (4294967 ms).", "ADD took -1 ticks (-1 ms)."])
  func unfinished(_ text: String) {
    guard case .took(let took) = parse(text) else {
      Issue.record("not an event line")
      return
    }
    #expect(took.count == .unfinished)
  }

  @Test func tables() {
    #expect(parse(#""Event","Tag","Ticks""#) == .eventHeader)
    #expect(
      parse("7,CONV_2D,81") == .eventRow(index: 7, tag: 2..<9, count: .finished(81), offset: 10))
    #expect(
      parse(#""Unique Tag","Total ticks across all events with that tag.""#) == .tagHeader)
    #expect(parse("CONV_2D, 81") == .tagRow(tag: 0..<7, sum: .finished(81), offset: 9))
    #expect(parse(#""total number of ticks", 81"#) == .total(.finished(81), offset: 25))
    #expect(parse("total number of ticks, 81") == .total(.finished(81), offset: 23))
  }

  @Test func tagsAreKeptOnce() {
    var tags = TFLMTags()
    let line = [UInt8]("CONV_2DADD".utf8)
    #expect(tags.number(line.span, 0..<7, guess: nil) == 0)
    #expect(tags.number(line.span, 7..<10, guess: 0) == 1)
    #expect(tags.number(line.span, 0..<7, guess: 1) == 0)
    #expect(tags.names == ["CONV_2D", "ADD"])
    #expect(tags.find(line.span, 1..<7) == nil)
  }

  @Test(arguments: [("CONV_3B", "CONV_2D"), ("SOFTMAXX", "SOFTMAX"), ("RESHAPF", "RESHAPE")])
  func misprints(_ name: String, _ kind: String) { #expect(TFLMKinds.misprint(name) == kind) }

  @Test(arguments: [
    "CONV_2D", "ADD", "edgetpu-custom-op", "ethos-u", "TFLite_Detection_PostProcess",
  ])
  func soundNames(_ name: String) { #expect(TFLMKinds.misprint(name) == nil) }

  @Test func tickRateBounds() {
    let one = TFLMTickRate(ticks: 1_106_058, milliseconds: 1132)
    #expect(one.contains(976_562))
    #expect(!one.contains(1_000_000))
    #expect(!TFLMTickRate(ticks: 0, milliseconds: 3).isPossible)
    let pairs = [(34553, 34), (60260, 60), (47509, 97), (29581, 29)].enumerated().map {
      TFLMTickRate.Pair(
        position: $0, bounds: TFLMTickRate(ticks: UInt64($1.0), milliseconds: UInt64($1.1)))
    }
    #expect(TFLMTickRate.outliers(pairs, among: TFLMTickRate()) == [2])
  }

  @Test func echoNeedsALineThatCannotRepeat() {
    var echo = TFLMEcho()
    func twice(_ text: String, _ unique: Bool) -> Bool {
      let bytes = [UInt8](text.utf8)
      return echo.repeats(bytes.span, unique: unique)
    }
    #expect(!twice("a", false))
    #expect(!twice("a", false))
    #expect(!twice("head", true))
    #expect(twice("head", true))
    #expect(!twice("a", false))
    #expect(twice("a", false))
    #expect(!twice("a", false))
    #expect(twice("a", false))
    #expect(!twice("b", false))
    #expect(!twice("c", false))
    #expect(!twice("c", false))
  }
}
