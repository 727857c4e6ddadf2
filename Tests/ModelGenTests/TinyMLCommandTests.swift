import Core
import Foundation
import Models
import TestSupport
import Testing

@testable import modelgen

/// tinyml: twins, and the five models where they can be had.
struct TinyMLCommandTests {
  @Test func twinsAreMarkedAndCountTheSame() throws {
    try withFolder { folder in
      let result = Harness.silently(["tinyml", "--twins", "--samples", "1", "-o", folder])
      let macs: [String: UInt64] = [
        "ad": 264_192, "ic": 12_501_632, "kws": 2_656_768, "sww": 826_368, "vww": 7_489_664,
      ]
      try #expect(Files.names(folder).count == 10)
      for (name, count) in macs {
        for dtype in [Dtype.fp32, .int8] {
          let file = "\(name)_twin_\(dtype).tflite"
          let graph = try Harness.graph("\(folder)/\(file)")
          #expect(graph.dtype == dtype && graph.macs == count, "\(file)")
          #expect(graph.weightsSource == .twin)
          #expect(TinyMLTwin.original(of: graph)?.rawValue == name)
          #expect(result.out.contains(file))
        }
      }
    }
  }

  @Test func folderIsTakenFromTheEnvironment() throws {
    try withFolder { folder in
      let result = Harness.modelgen(["tinyml", "-o", folder + "/out"], tinyMLFolder: folder)
      #expect(result.status == 1 && result.err.contains("\(folder): error: there is no ad01.h5"))
      let named = Harness.modelgen(
        ["tinyml", folder + "/none", "-o", folder + "/out"], tinyMLFolder: folder)
      #expect(named.status == 2 && named.err.contains("/none"))
      let empty = Harness.modelgen(["tinyml"], tinyMLFolder: "")
      #expect(empty.status == 2 && empty.err.contains("TINYML_DIR is not set"))
    }
  }

  @Test func damagedModelsAreReportedAndTheRestGoesOn() throws {
    try withFolder { folder in
      try FileManager.default.createDirectory(
        atPath: folder + "/deep/er", withIntermediateDirectories: true)
      try Files.write([0x89, 0x48], folder + "/deep/er/ad01.h5")
      try Files.write([], folder + "/vww_96.h5")
      let result = Harness.modelgen(["tinyml", folder, "-o", folder + "/out"])
      #expect(result.status == 1)
      #expect(result.err.contains("/deep/er/ad01.h5: "))
      #expect(result.err.contains("/vww_96.h5: "))
      #expect(result.err.split(separator: "\n").count { $0.contains("error: ") } == 5)
      #expect(!FileManager.default.fileExists(atPath: folder + "/out"))
    }
  }

  @Test(.shared("oracles"))
  func fiveModelsAreFoundAndConverted() throws {
    try withFolder { folder in
      let models = Shared.path("models")
      let result = Harness.modelgen(["tinyml", "-o", folder], tinyMLFolder: models)
      #expect(result.status == 0)
      // Of VWW some channels are nearly dead; ranges are those of MLPerf or of samples.
      #expect(!result.err.contains("synthetic") && !result.err.contains("error"), "\(result.err)")
      try #expect(
        Files.names(folder)
          == ["ad", "ic", "kws", "sww", "vww"].flatMap {
            ["\($0)_fp32.tflite", "\($0)_int8.tflite"]
          })
      for name in try Files.names(folder) {
        let graph = try Harness.graph("\(folder)/\(name)")
        #expect("\(graph.types)" == name.dropLast(7).suffix(4) && graph.weightsSource == .real)
      }
    }
  }

  @Test(.shared("oracles"))
  func anomalyDetectionOnUniformSamplesIsWarnedOf() throws {
    try withFolder { folder in
      let result = Harness.modelgen(
        ["convert", Shared.path("models/ad/ad01.h5"), "--int8", "--samples", "5", "-o", folder])
      #expect(result.status == 0)
      #expect(result.err.contains("warning: ranges are from 5 synthetic samples"))
      #expect(result.err.contains("synthetic samples are unlike its data"))
      #expect(result.err.contains("Calibrate on real samples"))
    }
  }
}
