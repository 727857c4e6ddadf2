import Core
import Foundation
import Models
import Performance
import Reference
import TestSupport
import Testing

@testable import analyze

/// Which runs the files of `--models` stand for.
extension ModelFilesTests {
  // MARK: bundled models

  @Test func equalOperatorsChangeNothing() throws {
    let bundled = try #require(try ReferenceData.bundled().cost(model: "ad", dtype: .int8))
    let sizes = [640] + bundled.operators.compactMap { $0.output.last }
    try Self.with(["ad01_int8.tflite": Self.chain(sizes)]) { folder, _ in
      let with = Harness.analyze(["summary"] + Harness.logs + ["--models", folder])
      let without = Harness.analyze(["summary"] + Harness.logs)
      #expect(with.out == without.out)
      #expect(!with.err.contains("ad"))
    }
  }

  @Test func otherOperatorsReplaceTheBundledModel() throws {
    try Self.with(["ad_int8.tflite": Self.chain([640, 8])]) { folder, _ in
      let arguments = ["logs/rp2350_tinyml.txt", "--models", folder]
      let result = Harness.analyze(arguments)
      #expect(result.status == 0)
      #expect(
        result.err.contains("ad_int8.tflite: warning: is another 'ad' than the bundled one"))
      #expect(result.err.contains("(fp32, int8) are not applied"))
      let analysis = try Self.analysis(arguments)
      // Another network: neither counts nor published times are applied to what is called so.
      #expect(analysis.reference.instructions(model: "ad", dtype: .int8) == nil)
      #expect(analysis.reference.cost(model: "ad", dtype: .fp32) == nil)
      #expect(!analysis.labels.checks.contains { $0.model == "ad" })
      #expect(!analysis.labels.predictions.contains { $0.model == "ad" })
      #expect(!analysis.comparison.speedups.contains { $0.model == "ad" })
      #expect(analysis.comparison.speedups.contains { $0.model == "ic" })
      // The machine model is calibrated as before.
      let before = try #require(try Self.analysis(["logs/rp2350_tinyml.txt"]).machine.model.value)
      let after = try #require(analysis.machine.model.value)
      #expect(after.cyclesPerInstruction.value == before.cyclesPerInstruction.value)
      #expect(after.cyclesPerLine.value == before.cyclesPerLine.value)
      #expect(after.points.map(\.run.id) == before.points.map(\.run.id))
    }
  }

  // MARK: CRC-32

  @Test func checksumBeatsTheName() throws {
    let crc32 = try Self.crc32(Self.chain([8, 4]))
    let models = ["my_model.tflite": ModelSketch.network(), "other.tflite": Self.chain([8, 4])]
    try Self.with(models, log: "name=my_model dtype=int8 crc32=\(crc32)") { folder, log in
      try #expect(Self.run([log, "--models", folder])["macs"] as? Int == 32)
      let result = Harness.analyze("runs", log, "--models", folder)
      #expect(result.status == 0)
      #expect(
        result.err.contains(
          "my_model.tflite: warning: is not used: what the logs call 'my_model' has the CRC-32 of"))
    }
    // A log that names nothing has its model by the checksum alone.
    try Self.with(models, log: "crc32=\(crc32)") { folder, log in
      let run = try Self.run([log, "--models", folder])
      #expect(run["model"] as? String == "other")
      #expect(run["dtype"] as? String == "int8")
      #expect(run["macs"] as? Int == 32)
    }
  }

  @Test func checksumOfAnotherFileKeepsTheCostsAway() throws {
    let log = "name=my_model dtype=int8 crc32=0000abcd"
    try Self.with(["my_model.tflite": .network()], log: log) { folder, log in
      let result = Harness.analyze("findings", log, "--models", folder)
      #expect(result.err.contains("warning: the log's 'my_model' has CRC-32 0000abcd"))
      let document = try Self.document([log, "--models", folder])
      #expect((document["runs"] as? [[String: Any]])?.first?["macs"] == nil)
      let findings = document["findings"] as? [[String: Any]]
      #expect(findings?.contains { $0["id"] as? String == "model-contradiction" } == true)
    }
  }

  @Test func checksumTellsTheDtype() throws {
    let sketch = ModelSketch.network(.float32)
    let log = "name=my_model dtype=int8 crc32=\(try Self.crc32(sketch))"
    try Self.with(["my_model.tflite": sketch], log: log) { folder, log in
      let run = try Self.run([log, "--models", folder])
      #expect(run["dtype"] as? String == "fp32")
      #expect(run["dtype_claimed"] as? String == "int8")
      #expect(run["weight_bytes"] as? Int == 4 * Self.networkWeights)
      let result = Harness.analyze("runs", log, "--models", folder)
      #expect(result.err.contains("computes in fp32, which counts"))
    }
  }

  // MARK: real files

  @Test(.shared("oracles/generated")) func convertersMayReshape() throws {
    let folder = Shared.path("oracles/original-tf2131-int8")
    let with = Harness.analyze(["summary"] + Harness.logs + ["--models", folder])
    #expect(with.out == Harness.analyze(["summary"] + Harness.logs).out)
    #expect(!with.err.contains("warning"), "\(with.err)")
  }

  @Test(
    .shared("oracles/generated"),
    arguments: [
      ("cnn_l1", "fp32"), ("cnn_l1int8", "int8"), ("cnn_l2", "fp32"), ("fc_l1_w16", "fp32"),
      ("fc_l1_w16int8", "int8"), ("fc_l2_w64", "fp32"), ("fc_l2_w64int8", "int8"),
    ])
  func generatedModelsAreExplained(model: String, dtype: String) throws {
    let folder = Shared.path("oracles/generated")
    try Self.with([:], log: "name=\(model) dtype=\(dtype)") { _, log in
      let analysis = try Self.analysis([log, "--models", folder])
      let run = try #require(analysis.selection.runs.first)
      #expect(run.macs ?? 0 > 0)
      #expect(analysis.machine.unexplained.isEmpty, "\(analysis.machine.unexplained)")
      #expect(analysis.machine.explanations.first?.parts.instructions ?? 0 > 0)
      #expect(analysis.roofline.points.contains { $0.run == run.id })
    }
  }
}
