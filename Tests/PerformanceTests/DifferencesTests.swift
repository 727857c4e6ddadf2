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
    #expect(same.known().isEmpty && same.count == 0)
  }

  @Test func everythingKnownIsNamed() throws {
    let all = try differences(
      onRP2350(
        "m", "int8", "sram", [.citation: "a", .modelCRC32: "00000001", .weightsSource: "real"]),
      onNucleo(
        "m", "fp32",
        [
          .weights: "flash", .cores: "2", .origin: "published", .weightsSource: "twin",
          .citation: "b", .modelCRC32: "00000002",
        ]), kinds: (.inference, .dutyCycle))
    #expect(
      all.known() == [
        .dtype, .weights, .runtime, .clock, .cores, .board, .mcu, .weightsSource, .timed, .author,
      ])
  }

  @Test func whatIsNotStatedIsNamedAsSuch() throws {
    let some = try differences([.model: "m"], onRP2350("m", "int8"))
    #expect(some.known().isEmpty)
    #expect(
      some.words(apartFrom: [.clock, .board, .runtime])
        == ["dtype (not stated)", "weights (not stated)"])
  }

  @Test func aBuildThatOneSideChoseIsNamed() throws {
    let some = try differences(
      onRP2350("m", "int8", "sram", [.code: "sram"]), onRP2350("m", "int8"))
    #expect(some.words(apartFrom: []) == ["code (not stated)"])
  }

  @Test func filesAreComparedInOneDtypeOnly() throws {
    func standing(_ a: String?, _ b: String) throws -> Difference.Standing {
      Difference.modelFile.standing(
        try analysed(makeRun([.modelCRC32: "00000001", .dtype: a].compactMapValues { $0 })),
        try analysed(makeRun([.modelCRC32: "00000002", .dtype: b])))
    }
    #expect(try standing("int8", "int8") == .different)
    #expect(try standing("int8", "fp32") == .unknown && standing(nil, "fp32") == .unknown)
  }
}
