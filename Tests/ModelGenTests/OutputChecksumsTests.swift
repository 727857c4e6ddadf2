import TestSupport
import Testing

@testable import modelgen

/// What Scripts/baseline compares: checksums of models and of what they compute.
struct OutputChecksumsTests {
  @Test func checksumsAreOfTheFileAndOfWhatRunWrites() throws {
    try withFolder { folder in
      let (path, samples) = try Self.model(in: folder)
      Harness.silently(["run", path, "--input", samples, "-o", "\(folder)/results.bin"])
      let result = Harness.silently(["output-checksums", "one=\(path):\(samples)"])
      let file = Self.hex(try Files.bytes(path))
      let outputs = Self.hex(try Files.bytes("\(folder)/results.bin"))
      #expect(
        result.out.split(separator: "\n")
          == ["model\tone\t\(file)", "interpreter\tone\t\(outputs)", "engine\tone\t\(outputs)"])
    }
  }

  @Test func otherSamplesHaveOtherChecksums() throws {
    try withFolder { folder in
      let (path, samples) = try Self.model(in: folder)
      let given = Harness.silently(["output-checksums", "one=\(path):\(samples)"]).out
      let random = Harness.silently(["output-checksums", "one=\(path)"]).out
      #expect(given.split(separator: "\n").first == random.split(separator: "\n").first)
      #expect(given != random)
      #expect(Harness.silently(["output-checksums", "one=\(path)"]).out == random)
    }
  }

  @Test func packHoldsPlanSamplesAndAnEnd() throws {
    try withFolder { folder in
      let (path, samples) = try Self.model(in: folder)
      let pack = "\(folder)/cases.pack"
      Harness.silently(["output-checksums", "one=\(path):\(samples)", "--pack", pack])
      let bytes = try Files.bytes(pack)
      try #require(bytes.count > 32)
      let planBytes = Self.word(bytes, at: 0)
      #expect(Self.word(bytes, at: 4) == 2)
      // It is opened as the firmware does.
      let plan = try WrittenPlan(path: pack, id: "one", bytes: Array(bytes[16..<16 + planBytes]))
      #expect(plan.operators == 2 && plan.dtype == .int8)
      // Two samples of 16 elements.
      #expect(Array(bytes[(16 + planBytes)..<(48 + planBytes)]) == (try Files.bytes(samples)))
      #expect(Array(bytes[(48 + planBytes)...]) == [UInt8](repeating: 0, count: 16))
    }
  }

  @Test func operatorsAreThoseOfOracleCases() throws {
    let lines = Harness.silently(["output-checksums", "--operators"]).out.split(separator: "\n")
    #expect(lines.count == 3 * OracleFamily.all.count * OracleCases.defaultCount)
    // What TFLM gives is in OracleCasesTests: interpreter and engine must not differ here.
    let outputs = lines.map { $0.split(separator: "\t") }.filter { $0[0] != "model" }
    let byName = Dictionary(grouping: outputs) { $0[1] }
    #expect(byName.values.allSatisfy { $0.count == 2 && $0[0][2] == $0[1][2] })
  }

  @Test func samplesOfAnotherSizeAreRefused() throws {
    try withFolder { folder in
      let (path, samples) = try Self.model(in: folder)
      try Files.write([1, 2, 3], samples)
      let result = Harness.modelgen(["output-checksums", "one=\(path):\(samples)"])
      #expect(result.status == 1 && result.out.isEmpty)
      #expect(result.err.contains("has 3 bytes; a sample has 16"))
    }
  }

  @Test func modelWithoutNameIsRefused() {
    #expect(Harness.modelgen(["output-checksums", "model.tflite"]).status == 2)
  }

  /// An int8 model of 16 inputs, and two samples.
  private static func model(in folder: String) throws -> (path: String, samples: String) {
    _ = Harness.modelgen(["fc", "--layers", "1", "--int8", "--no-onnx", "-o", folder])
    let name = try #require(try Files.names(folder).first { $0.hasSuffix("_int8.tflite") })
    let samples = "\(folder)/samples.bin"
    try Files.write((0..<32).map { UInt8(truncatingIfNeeded: 37 * $0) }, samples)
    return ("\(folder)/\(name)", samples)
  }

  private static func word(_ bytes: [UInt8], at place: Int) -> Int {
    (0..<4).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
  }

  private static func hex(_ bytes: [UInt8]) -> String {
    let digits = String(naiveCRC32(bytes), radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }
}
