import Testing

@testable import Ingest
@testable import Performance

@Suite struct OutputsDifferTests {
  private func run(
    _ runtime: String, _ dtype: String = "int8", crcs: [UInt32] = [1], data: [Float] = [],
    input: String = "ramp", file: String = "aabbccdd"
  ) -> Run {
    var run = makeRun(
      onEmulator("kws", dtype, runtime, [.modelCRC32: file, .input: input]), times: [7000],
      unit: .instructions)
    let bytes = data.flatMap { value in (0..<4).map { UInt8(value.bitPattern >> (8 * $0) & 255) } }
    run.outputs = crcs.map {
      RunOutput(
        sample: 0, output: 0, crc32: $0, byteCount: bytes.isEmpty ? nil : UInt64(bytes.count),
        inferences: 1, pieces: bytes.isEmpty ? [] : [.init(offset: 0, bytes: bytes)])
    }
    return run
  }

  private func found(_ runs: Run...) throws -> [Finding] {
    OutputsDiffer.findings(in: try analyse(runs))
  }

  @Test func enginesThatAgree() throws {
    let findings = try found(run("pico2-benchmark"), run("tflm"))
    #expect(findings.map(\.id) == ["outputs-agree"])
    #expect(findings[0].message == "pico2-benchmark and tflm give the same bytes for KWS (int8).")
    // One engine alone agrees with nobody.
    #expect(try found(run("tflm"), run("tflm")) == [])
  }

  @Test func enginesThatDiffer() throws {
    let findings = try found(run("pico2-benchmark"), run("tflm", crcs: [0xAB]))
    #expect(findings.map(\.id) == ["outputs-differ"])
    #expect(findings[0].severity == .warning)
    #expect(findings[0].evidence[0].contains("000000ab"))
  }

  @Test func otherInputsAndFilesAreNotCompared() throws {
    #expect(try found(run("tflm"), run("pico2-benchmark", crcs: [2], input: "ones")) == [])
    #expect(try found(run("tflm"), run("pico2-benchmark", crcs: [2], file: "11223344")) == [])
  }

  @Test func oneRunThatChangesItsMind() throws {
    let findings = try found(run("tflm", crcs: [1, 2]))
    #expect(findings.map(\.id) == ["outputs-change"])
    #expect(findings[0].severity == .error)
  }

  @Test func fp32MayDifferInItsLastBits() throws {
    let near = try found(
      run("a", "fp32", data: [1, 0.5]), run("b", "fp32", crcs: [2], data: [1, 0.500001]))
    #expect(near == [])
    let far = try found(
      run("a", "fp32", data: [1, 0.5]), run("b", "fp32", crcs: [2], data: [1, 0.50001]))
    #expect(far.map(\.id) == ["outputs-differ"])
    // Without the bytes nothing can be said.
    #expect(try found(run("a", "fp32"), run("b", "fp32", crcs: [2])) == [])
  }
}
