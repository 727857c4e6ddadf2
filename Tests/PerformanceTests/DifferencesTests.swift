import Ingest
import Testing

@testable import Performance

@Suite struct DifferencesTests {
  private func differences(
    _ a: [ConfigurationKey: String], _ b: [ConfigurationKey: String],
    kinds: (LatencyKind, LatencyKind) = (.inference, .inference)
  ) throws -> Differences {
    Differences(
      try analysed(makeRun(a, kind: kinds.0)), try analysed(makeRun(b, kind: kinds.1)))
  }

  @Test func aRunDiffersFromItselfInNothing() throws {
    let same = try differences(onRP2350("m", "int8"), onRP2350("m", "int8"))
    #expect(same.known.isEmpty && same.unknown.isEmpty && same.count == 0)
  }

  @Test func everythingKnownIsNamed() throws {
    let all = try differences(
      onRP2350("m", "int8", "sram", [.citation: "a", .modelCRC32: "00000001"]),
      onNucleo(
        "m", "fp32",
        [
          .weights: "flash", .cores: "2", .origin: "published", .weightsSource: "twin",
          .citation: "b", .modelCRC32: "00000002",
        ]), kinds: (.inference, .dutyCycle))
    #expect(
      all.known == [
        "dtype", "weights", "runtime", "clock", "cores", "origin", "board", "weights_source",
        "model file", "what is timed", "author",
      ])
    #expect(all.unknown.isEmpty)
  }

  @Test func whatIsNotStatedIsNamedAsSuch() throws {
    let some = try differences([.model: "m"], onRP2350("m", "int8"))
    #expect(some.known.isEmpty)
    #expect(some.unknown == ["dtype", "weights", "runtime", "clock", "board"])
    #expect(
      some.confounders(apartFrom: ["clock", "board", "runtime"])
        == ["dtype (not stated)", "weights (not stated)"])
  }
}
