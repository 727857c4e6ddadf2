import Testing

@testable import Ingest

/// What the log shows of the dtype, and what its name claims.
struct DtypeClaimTests {
  private func log(input: String, first: String) -> String {
    """
    RP2350 CPU Clock Frequency: 150000000 Hz
    RP2350 ticks per second: 1000000
    input: type \(input) bytes 490  output: type \(input) bytes 12
    profile_count: 0
    invoke_time: 1010 (usec)
    \(first) took 400 ticks (0 ms).
    FULLY_CONNECTED took 600 ticks (0 ms).
    profile_count: 30
    invoke_time: 1010 (usec)
    \(first) took 400 ticks (0 ms).
    FULLY_CONNECTED took 600 ticks (0 ms).

    """
  }

  @Test func nameThatContradictsTheLogIsAClaim() throws {
    let file = ingest(log(input: "FLOAT32", first: "CONV_2D"), path: "x_int8.txt")
    let run = try #require(file.runs.first)
    #expect(run.configuration.text(.dtype) == "fp32")
    #expect(run.configuration.text(.dtypeClaimed) == "int8")
  }

  @Test func nameThatAgreesClaimsNothing() throws {
    let file = ingest(log(input: "FLOAT32", first: "CONV_2D"), path: "x_fp32.txt")
    let run = try #require(file.runs.first)
    #expect(run.configuration[.dtypeClaimed] == nil)
  }

  @Test func floatInputBeforeQuantizeSaysNothing() throws {
    let file = ingest(log(input: "FLOAT32", first: "QUANTIZE"), path: "x_int8.txt")
    let run = try #require(file.runs.first)
    #expect(run.configuration.text(.dtype) == "int8")
    #expect(run.configuration[.dtype]?.provenance == .fileName)
    #expect(run.configuration[.dtypeClaimed] == nil)
  }
}
