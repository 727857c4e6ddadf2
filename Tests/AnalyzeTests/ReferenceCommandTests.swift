import Foundation
import TestSupport
import Testing

@testable import analyze

/// Results of other boards: imported, listed, and compared with by name; folders of files.
@Suite(.serialized) struct ReferenceCommandTests {
  /// Calls with a folder that holds `data`, what was imported, and `kws.txt`, a log.
  private func withData(_ body: (_ folder: String) throws -> Void) throws {
    try withFolder { folder in
      try ResultsCheckout.write(into: folder + "/tiny_results_v9.9")
      var files = ResultsCheckout.files
      files["closed/Eve/results/BOARD-ONE/ic/performance/results.txt"] =
        ResultsCheckout.fiveWindows(20)
      files["closed/Eve/systems/BOARD-ONE.json"] = "{\"Board Name\": \"Board One\"}"
      try ResultsCheckout.write(into: folder + "/tiny_results_v9.8", files)
      try Files.write(Array(Self.log.utf8), folder + "/kws.txt")
      let result = Harness.analyze(
        ["reference", "import", folder + "/tiny_results_v9.9", folder + "/tiny_results_v9.8"]
          + ["--data", folder + "/data"], width: 200)
      #expect(result.status == 0, "\(result.err)")
      #expect(result.out.contains("2 systems with 5 results in \(folder)/data/mlperf"))
      #expect(result.out.contains("; 1 system without any"))
      #expect(result.out.contains("  mlperf:v9.8/eve/board_one\n"))
      #expect(result.err.contains("note: the description of the system has a missing comma"))
      try body(folder)
    }
  }

  private static let log = "CONV_2D took 40000 ticks (40 ms).\nSOFTMAX took 80 ticks (0 ms).\n"
  private static let settings = [
    "--set", "model=kws", "--set", "dtype=int8", "--set", "tick=us", "--set", "clock=150MHz",
  ]

  private func speedup(_ folder: String, _ names: String...) -> CommandOutcome {
    Harness.analyze(
      ["speedup", folder + "/kws.txt", "--data", folder + "/data", "--format", "json"]
        + Self.settings + names.flatMap { ["--reference", $0] }, width: 200)
  }

  private func ratios(_ outcome: CommandOutcome) throws -> [Double] {
    let document = try JSONSerialization.jsonObject(with: Data(outcome.out.utf8)) as? [String: Any]
    return (document?["speedups"] as? [[String: Any]] ?? []).compactMap { $0["ratio"] as? Double }
  }

  @Test func aNameLeadsToWhatWasImported() throws {
    try withData { folder in
      for name in ["mlperf:v9.9/board_one", "mlperf:v9.9/ada/board_one", "mlperf:V9.9/Board-One"] {
        let found = speedup(folder, name)
        #expect(found.status == 0 && found.err.isEmpty, "\(found.err)")
        try #expect(ratios(found) == [40_080e-6 / 0.02])
      }
    }
  }

  @Test func aSystemOfSeveralSubmittersAsksWhich() throws {
    try withData { folder in
      let found = speedup(folder, "mlperf:v9.8/board_one")
      #expect(found.status == 2)
      #expect(
        found.err.contains(
          "Name one of them: mlperf:v9.8/ada/board_one and mlperf:v9.8/eve/board_one."))
    }
  }

  @Test func anUnknownNameGivesTheNearestAndWhatThereIs() throws {
    try withData { folder in
      let found = speedup(folder, "mlperf:v9.9/bord_one")
      #expect(found.status == 2)
      #expect(found.err.contains("there are no results named 'mlperf:v9.9/bord_one'"))
      #expect(found.err.contains("Did you mean 'mlperf:v9.9/board_one'?"))
      #expect(found.err.contains("v9.9/ada/board_one, v9.9/bob/tvm_board_one."))
      // Nothing but what was imported is opened.
      #expect(speedup(folder, "mlperf:../../kws").status == 2)
    }
  }

  @Test func bundledResultsHaveNamesToo() throws {
    try withData { folder in
      let found = speedup(folder, "mlperf:v1.3/nucleo_u575zi_q")
      #expect(found.status == 0 && found.err.isEmpty, "\(found.err)")
      try #expect(ratios(found).count == 1)
      let listed = Harness.analyze("reference", "list", "--data", folder + "/data")
      #expect(
        listed.out.split(separator: "\n") == [
          "mlperf:v9.8/ada/board_one", "mlperf:v9.8/bob/tvm_board_one", "mlperf:v9.8/eve/board_one",
          "mlperf:v9.9/ada/board_one", "mlperf:v9.9/bob/tvm_board_one",
          "mlperf:v1.3/nucleo_u575zi_q (bundled)",
        ])
    }
  }

  @Test func aFolderMeansItsFiles() throws {
    try withFolder { folder in
      let other = folder + "/other"
      try ResultsCheckout.write(
        into: folder,
        [
          "kws.txt": Self.log,
          "other/b.txt": "CONV_2D took 20000 ticks (20 ms).\nSOFTMAX took 40 ticks (0 ms).\n",
          // The sidecar of b.txt is no reference of its own.
          "other/b.toml": "clock = \"75MHz\"\n", "other/.hidden.txt": "x\n",
          "other/picture.png": "x\n",
          "other/deeper/a.toml":
            "format = \"pico2-benchmark.reference/1\"\n[[result]]\nmodel = \"kws\"\ndtype = \"int8\"\nlatency_ms = 10.02\n",
          "empty/x.png": "",
        ])
      let found = speedup(folder, other)
      #expect(found.status == 0, "\(found.err)")
      let document =
        try JSONSerialization.jsonObject(with: Data(found.out.utf8)) as? [String: Any]
      let references = document?["references"] as? [[String: Any]]
      #expect(
        references?.compactMap { ($0["latency"] as? [String: Any])?["seconds"] as? Double }.sorted()
          == [0.01002, 0.02004])
      let empty = speedup(folder, folder + "/empty")
      #expect(empty.status == 2 && empty.err.contains("holds no file that ends in"))
    }
  }

  @Test func whatIsNoCheckoutIsRefused() throws {
    try withFolder { folder in
      let unnamed = Harness.analyze(["reference", "import", folder, "--data", folder + "/d"])
      #expect(unnamed.status == 1 && unnamed.err.contains("--round v1.3"))
      let empty = Harness.analyze(
        ["reference", "import", folder, "--data", folder + "/d", "--round", "v1.3"])
      #expect(empty.status == 1 && empty.err.contains("has neither 'closed' nor 'open' in it"))
      #expect(!FileManager.default.fileExists(atPath: folder + "/d"))
      // A test has no home.
      let homeless = Harness.analyze("reference", "import", folder)
      #expect(homeless.status == 2 && homeless.err.contains("Name a folder: --data FOLDER."))
    }
  }
}
