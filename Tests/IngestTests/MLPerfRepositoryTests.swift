import Quantiles
import Support
import TestSupport
import Testing

@testable import Ingest

/// Checkouts of results become files of boards.
struct MLPerfRepositoryTests {
  private func repository(round: String? = nil) throws -> MLPerfRepository {
    try withFolder { folder in
      try ResultsCheckout.write(into: folder)
      return try MLPerfRepository(folder: folder, round: round)
    }
  }

  private func runs(_ name: String, of repository: MLPerfRepository) throws -> [Run] {
    let system = try #require(repository.systems.first { $0.name == name })
    let file = ingest(system.board.text, path: "board.toml")
    #expect(file.diagnostics.isEmpty, "\(file.diagnostics)")
    return file.runs
  }

  @Test func everySystemBecomesAFile() throws {
    let repository = try repository()
    #expect(repository.systems.map(\.name) == ["v9.9/ada/board_one", "v9.9/bob/tvm_board_one"])
    // That of Cyd has no time.
    #expect(repository.found == 3)
    let ada = try runs("v9.9/ada/board_one", of: repository)
    #expect(ada.map { $0.configuration.text(.model) } == ["ic", "kws", "sww"])
    #expect(ada.map { $0.latency?.kind } == [.window, .published, .dutyCycle])
    #expect(ada[0].latency?.samples == Samples([Double](repeating: 0.125, count: 5)))
    #expect(ada[0].latency?.inferences == 500)
    // A median alone is one figure.
    #expect(ada[1].latency?.samples == Samples([0.02]) && ada[1].latency?.inferences == 1)
    #expect(ada[2].latency?.samples == Samples([0.01]))
    for run in ada {
      let said = run.configuration.all.map { "\($0.key.rawValue)=\($0.entry.text)" }
      for fact in [
        "board=board one", "clock=80000000", "dtype=int8", "mcu=CHIP1", "runtime=runtime 1",
        "citation=mlperf-tiny-v9.9", "origin=published",
      ] {
        #expect(said.contains(fact), "\(said)")
      }
    }
  }

  @Test func variantsOfAModelSayTheirDtype() throws {
    let bob = try runs("v9.9/bob/tvm_board_one", of: repository())
    #expect(bob.map { $0.configuration.text(.dtype) } == ["fp32", "int8"])
    #expect(bob.map(\.label) == ["tvm_board_one-ad-ad_fp32", "tvm_board_one-ad-ad_int8"])
    #expect(bob.allSatisfy { $0.configuration.text(.board) == "board one" })
  }

  @Test func whatWasMendedOrLeftOutIsSaid() throws {
    let said = try repository().diagnostics.filter { $0.rule != "unknown-dialect" }
    let rules = Set(said.map(\.rule))
    for rule in ["mended-json", "no-description", "no-result", "unknown-model"] {
      #expect(rules.contains(rule), "\(rules)")
    }
    #expect(said.filter { $0.rule == "mended-json" }.map(\.line) == [5, 6])
  }

  @Test func theRoundIsTakenFromTheOptionTheNameOrTheReadme() throws {
    try #expect(repository(round: "V2").systems.first?.name == "v2/ada/board_one")
    // Nothing leaves the folder of what is kept.
    try #expect(repository(round: "../..").systems.first?.name == "unnamed/ada/board_one")
    try withFolder { folder in
      let named = folder + "/tiny_results_v1.4"
      try ResultsCheckout.write(into: named)
      try #expect(
        MLPerfRepository(folder: named, round: nil).systems.first?.name == "v1.4/ada/board_one")
      try ResultsCheckout.write(into: folder + "/other", ["closed/a/b.txt": ""])
      for path in [folder + "/other", folder + "/missing"] {
        #expect(throws: Diagnostic.self) { try MLPerfRepository(folder: path, round: nil) }
      }
      try ResultsCheckout.write(into: folder + "/empty_v1", ["a.txt": ""])
      #expect(throws: Diagnostic.self) {
        try MLPerfRepository(folder: folder + "/empty_v1", round: "v1.0")
      }
    }
  }

  @Test(arguments: [
    ("NUCLEO_U575ZI-Q", "nucleo_u575zi_q"), ("..", "unnamed"), ("a/../b", "a_b"), ("é", "unnamed"),
    ("K1 (V1.0)", "k1_v1_0"),
  ])
  func namesAreNamesOfFiles(name: String, slug: String) {
    #expect(MLPerfRepository.slug(name) == slug)
  }

  /// A log whose windows are damaged gives no figure by its median.
  @Test func aMedianBesideDamagedWindowsIsNone() {
    let whole = ResultsCheckout.fiveWindows(12.5) + ResultsCheckout.median
    let damaged = whole.replacing("# Inferences : 100", with: "# Inf#rences : 100")
    #expect(ingest(damaged).runs.allSatisfy { $0.latency == nil })
    #expect(ingest(ResultsCheckout.median).runs.map { $0.latency?.kind } == [.published])
  }
}
