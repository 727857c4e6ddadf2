import Support
import Testing

@testable import Ingest

/// Text, and its canonical form; nil where the key refuses it.
private let values: [(ConfigurationKey, String, String?)] = [
  (.board, "RP2350Plus", "waveshare_rp2350_plus_16mb"), (.board, "Pico-2", "pico2"),
  (.board, "NUCLEO-U575ZI-Q", "nucleo_u575zi_q"), (.board, "my_board", "my_board"),
  (.mcu, " rp2350 ", "rp2350"),
  (.clock, "150MHz", "150000000"), (.clock, "150 mhz", "150000000"),
  (.clock, "150000000", "150000000"), (.clock, "0.15GHz", "150000000"),
  (.clock, "32.768kHz", "32768"), (.clock, "133333333.3", "133333333"), (.clock, "fast", nil),
  (.clock, "0", nil), (.clock, "-1MHz", nil), (.clock, "nanMHz", nil), (.clock, "infHz", nil),
  (.clock, "MHz", nil), (.clock, "2e12", nil), (.clock, "0.4Hz", nil),
  (.flashClock, "50MHz", "50000000"), (.flashClock, "50 things", nil),
  (.cores, "2", "2"), (.cores, "0", nil), (.cores, "1.5", nil), (.cores, "+1", nil),
  (.arch, "armv8-m", "armv8-m"), (.arch, "mips", nil),
  (.runtime, "tflm", "tflm"), (.kernels, "cmsis-nn", "cmsis-nn"),
  (.kernels, "CMSIS-NN", "cmsis-nn"), (.kernels, "CMSIS_NN", "cmsis-nn"),
  (.kernels, "cmsisnn", "cmsis-nn"), (.kernels, "Reference", "reference"),
  (.compiler, "gcc 13", "gcc 13"),
  (.flags, "-O3 -DNDEBUG", "-O3 -DNDEBUG"), (.firmware, "0.2-dirty", "0.2-dirty"),
  (.qmiTiming, "60007203", "60007203"), (.qmiTiming, "fast", nil),
  (.qmiReadFormat, "0x492A8", "000492a8"), (.qmiReadFormat, "1000492a8", nil),
  (.qmiReadCommand, "a0eb", "0000a0eb"), (.qmiReadCommand, "-1", nil),
  (.jedec, "EF4018", "00ef4018"), (.jedec, "winbond", nil), (.input, "ramp", "ramp"),
  (.model, "AD01", "ad"), (.model, "vww_96_int8", "vww"), (.model, "pretrainedResnet", "ic"),
  (.model, "cnn_l4_c8_k5_m4915200", "cnn_l4_c8_k5_m4915200"), (.model, "Other", "other"),
  (.modelCRC32, "0xDEADBEEF", "deadbeef"), (.modelCRC32, "1f", "0000001f"),
  (.modelCRC32, "123456789", nil), (.modelCRC32, "xyz", nil), (.modelCRC32, "+1", nil),
  (.modelBytes, "53,644", "53644"), (.modelBytes, "18446744073709551616", nil),
  (.weightsSource, "Twin", "twin"), (.weightsSource, "fake", nil),
  (.dtype, "float32", "fp32"), (.dtype, "INT8", "int8"), (.dtype, "i8", "int8"),
  (.dtype, "int16", "int16"), (.dtype, "mixed", "mixed"), (.dtype, "int7", nil),
  (.dtypeClaimed, "f32", "fp32"), (.dtypeClaimed, "double", nil),
  (.dtypeEvidence, "the time fits", "the time fits"),
  (.weights, "XIP", "flash"), (.weights, "ram", "sram"), (.weights, "disk", nil),
  (.weights, "stream", "stream"), (.weights, "psram", "psram"),
  (.code, "flash", "flash"), (.code, "psram!", nil), (.activations, "sram", "sram"),
  (.activations, "nowhere", nil),
  (.origin, "Measured", "measured"), (.origin, "guessed", nil),
  (.tick, "1us", "1000000Hz"), (.tick, "25 MHz", "25000000Hz"), (.tick, "cycles", "cycles"),
  (.tick, "1000000Hz", "1000000Hz"), (.tick, "us", "1000000Hz"), (.tick, "1 cycle", "cycles"),
  (.tick, "7ns", "142857142.85714287Hz"),
  (.tick, "1024Cycles", "1024cycles"), (.tick, "instructions", "instructions"),
  (.tick, "soon", nil), (.tick, "0us", nil), (.tick, "-1us", nil),
  (.flash, "quad/3", "quad/3"), (.xipCache, "ON", "on"), (.xipCache, "maybe", nil),
  (.arenaBytes, "65536", "65536"), (.arenaBytes, "lots", nil),
  (.citation, "somebody 2020", "somebody 2020"), (.caveat, "warm cache", "warm cache"),
]

@Test func valuesBecomeCanonical() {
  for (key, text, expected) in values {
    let found = try? key.canonical(text)
    #expect(found == expected, "\(key.rawValue)=\(text)")
    guard let found else { continue }
    #expect((try? key.canonical(found)) == found, "\(key.rawValue)=\(found) stays as it is")
  }
  #expect(Set(values.map(\.0)) == Set(ConfigurationKey.allCases))
}

@Test func everyKeyRefusesNothing() {
  for key in ConfigurationKey.allCases {
    #expect(throws: Diagnostic.self) { try key.canonical(" \t ") }
    #expect((try? ConfigurationKey.named(key.rawValue)) == key)
  }
}

private func failure(_ body: () throws(Diagnostic) -> Void) -> Diagnostic? {
  do throws(Diagnostic) {
    try body()
    return nil
  } catch {
    return error
  }
}

@Test func mistypedNamesGetASuggestion() {
  func named(_ text: String) -> Diagnostic? {
    failure { () throws(Diagnostic) in _ = try ConfigurationKey.named(text) }
  }
  #expect(named("bord")?.remedy == "Did you mean 'board'?")
  #expect(named("clokc")?.remedy == "Did you mean 'clock'?")
  #expect(named("Weights")?.remedy == "Did you mean 'weights'?")
  #expect(named("zzzzzz")?.remedy.contains("arena_bytes, board, caveat") == false)
  #expect(named("zzzzzz")?.remedy.hasPrefix("Keys are board, mcu,") == true)
  let value = failure { () throws(Diagnostic) in
    _ = try ConfigurationKey.weights.canonical("flahs")
  }
  #expect(value?.remedy == "Did you mean 'flash'?")
  let far = failure { () throws(Diagnostic) in
    _ = try ConfigurationKey.weights.canonical("tape-drive")
  }
  #expect(far?.remedy == "It is one of flash, sram, stream, psram.")
}

@Test func editDistances() {
  for (a, b, distance) in [
    ("", "", 0), ("", "abc", 3), ("abc", "", 3), ("abc", "abc", 0), ("abc", "acb", 1),
    ("abc", "ab", 1), ("abc", "xabc", 1), ("kitten", "sitting", 3), ("ca", "abc", 3),
  ] {
    #expect(Nearest.distance(Array(a), Array(b)) == distance)
  }
  #expect(Nearest.match("xy", in: ["xyz", "xya"]) == "xyz", "ties go to the first")
  #expect(Nearest.match("quite-other", in: ["board"]) == nil)
}

/// A stronger source is never overridden by a weaker one, whatever the order of the offers.
@Test func strongerSourcesWin() {
  let sources = Provenance.allCases
  #expect(
    sources.sorted() == [
      .log, .option, .referenceOption, .sidecar, .fileName, .recognised, .implied,
      .boardDescription,
    ])
  for a in sources {
    for b in sources where a != b {
      var configuration = Configuration()
      #expect(configuration.offer(.model, "from \(a)", a) == nil)
      let stronger = configuration.offer(.model, "from \(b)", b)
      let winner = min(a, b)
      #expect(configuration[.model] == ConfigurationEntry("from \(winner)", winner))
      #expect(stronger == (a < b ? ConfigurationEntry("from \(a)", a) : nil))
    }
  }
}

@Test func agreementIsNoContradiction() {
  var configuration = Configuration()
  configuration.offer(.clock, "150000000", .log)
  #expect(configuration.offer(.clock, "150000000", .option) == nil)
  #expect(configuration[.clock]?.provenance == .log)
  #expect(configuration.number(.clock) == 150e6)
  #expect(configuration.number(.model) == nil && configuration.text(.model) == nil)
  configuration.offer(.board, "pico2", .fileName)
  #expect(configuration.all.map(\.key) == [.board, .clock])
  #expect(configuration.number(.board) == nil)
  configuration.remove(.clock)
  #expect(configuration.all.map(\.key) == [.board])
}

/// The log's own words for the length that `--set` gives.
@Test func oneLengthOfATickIsNoContradiction() throws {
  for text in ["us", "1us", "1MHz", "1000ns"] {
    var configuration = Configuration()
    configuration.offer(.tick, "1000000Hz", .log)
    #expect(configuration.offer(.tick, try ConfigurationKey.tick.canonical(text), .option) == nil)
    let other = try ConfigurationKey.tick.canonical("2" + text.drop { $0 == "1" })
    #expect(configuration.offer(.tick, other, .option)?.text == "1000000Hz")
  }
}

@Test func tickLengths() {
  #expect(TickLength(text: "1us") == .perSecond(1e6))
  #expect(TickLength(text: "us") == .perSecond(1e6))
  #expect(TickLength(text: "2 ms") == .perSecond(500))
  #expect(TickLength(text: "1 s") == .perSecond(1))
  #expect(TickLength(text: "10ns") == .perSecond(1e8))
  #expect(TickLength(text: "25MHz") == .perSecond(25e6))
  #expect(TickLength(text: "1GHz") == .perSecond(1e9))
  #expect(TickLength(text: "cycles") == .cycles(1))
  #expect(TickLength(text: "1024 cycles") == .cycles(1024))
  #expect(TickLength(text: "instruction") == .instructions)
  for text in ["", "5", "x us", "0us", "-1us", "nan us", "inf us", "minutes"] {
    #expect(TickLength(text: text) == nil, "\(text)")
  }
}
