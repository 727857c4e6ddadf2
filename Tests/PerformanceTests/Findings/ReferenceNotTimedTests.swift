import Ingest
import Testing

@testable import Performance

@Suite struct ReferenceNotTimedTests {
  private func found(_ kind: LatencyKind) throws -> [Finding] {
    ReferenceNotTimed.findings(
      in: try analyse(
        [makeRun(onRP2350("sww", "int8"), times: [0.02])],
        against: [
          makeRun(
            onNucleo("sww", "int8", [.caveat: "seen on a pin"]), times: [0.01166], kind: kind,
            quantum: 1e-5, label: "nucleo-sww")
        ]))
  }

  @Test func firesOnADutyCycle() throws {
    let finding = try #require(try found(.dutyCycle).first)
    #expect(finding.id == "duty-cycle-not-invoke")
    #expect(finding.message == "SWW 1.72 rests on a duty cycle, not on a timed inference.")
    #expect(finding.evidence == ["nucleo-sww, 11.66 ms: seen on a pin."])
    #expect(finding.runs == ["nucleo-sww"])
  }

  @Test func isSilentOnATimedInference() throws {
    #expect(try found(.published).isEmpty)
  }
}
