import Core
import Ingest
import Testing

@testable import Performance

/// What makes a pair unlike, beside the dtype.
@Suite struct LikeForLikeTests {
  private func reference(_ configuration: [ConfigurationKey: String]) -> Run {
    makeRun(configuration, times: [0.005], kind: .published, quantum: 1e-6)
  }

  @Test func aModelThatItsOperatorsContradictIsLikeNothing() throws {
    let run = makeRun(
      onRP2350("m", "int8"), observed: [Observation(.modelContradiction, "Other operators.")])
    let analysis = try analyse([run], against: [reference(onNucleo("m", "int8"))])
    let row = try #require(analysis.comparison.speedups.first)
    #expect(!row.isLikeForLike)
    #expect(row.distinctions.contains { $0.hasPrefix("model of") })
  }

  @Test func twoCoresAreNotOne() throws {
    let analysis = try analyse(
      [makeRun(onRP2350("m", "int8", "sram", [.cores: "2"]))],
      against: [reference(onNucleo("m", "int8", [.cores: "1"]))])
    let row = try #require(analysis.comparison.speedups.first)
    #expect(!row.isLikeForLike)
    #expect(row.differences.different.contains(.cores))
  }

  @Test(arguments: [
    (ConfigurationKey.flags, "-O3", "-O0"), (.kernels, "cmsis-nn", "reference"),
    (.compiler, "gcc 12", "gcc 9"), (.flash, "quad/3", "serial/3"), (.xipCache, "on", "off"),
    (.clock, "150000000", "300000000"), (.code, "flash", "sram"), (.runtime, "tflm", "executorch"),
  ]) func oneBoardDiffersInNothingKnown(key: ConfigurationKey, a: String, b: String) throws {
    func run(_ text: String) -> Run { makeRun(onRP2350("m", "int8", "sram", [key: text])) }
    let row = try #require(try analyse([run(a)], against: [run(b)]).comparison.speedups.first)
    #expect(row.likeness == .unlike)
    #expect(row.differences.known() == [try #require(Difference(key))])
    let same = try #require(try analyse([run(b)], against: [run(b)]).comparison.speedups.first)
    #expect(same.isLikeForLike)
    let unstated = makeRun(onRP2350("m", "int8", "sram").filter { $0.key != key })
    #expect(
      try analyse([run(a)], against: [unstated]).comparison.speedups.first?.isLikeForLike == true)
  }

  @Test(arguments: [
    (ConfigurationKey.flags, "-O0"), (.flags, "-O3 -Os"), (.flags, "-O1"),
    (.kernels, "reference"), (.flash, "serial/3"), (.flash, "dual/2"), (.xipCache, "off"),
  ]) func betweenBoardsAHandicapIsNeverLike(key: ConfigurationKey, text: String) throws {
    let own = makeRun(onRP2350("m", "int8", "sram", [key: text]))
    let other = reference(onNucleo("m", "int8", [key: text]))
    for (subject, against) in [(own, reference(onNucleo("m", "int8"))), (own, other)] {
      let row = try #require(try analyse([subject], against: [against]).comparison.speedups.first)
      #expect(row.likeness == .unlike)
    }
  }

  @Test func betweenBoardsPlatformsMayDiffer() throws {
    let own = makeRun(
      onRP2350("m", "int8", "sram", [.kernels: "cmsis-nn", .compiler: "gcc", .flags: "-O3"]))
    let row = try #require(
      try analyse(
        [own],
        against: [
          reference(
            onNucleo("m", "int8", [.kernels: "st", .compiler: "armclang", .flags: "-Ofast"]))
        ]
      ).comparison.speedups.first)
    #expect(row.isLikeForLike)
    #expect(row.platform == [.runtime, .kernels, .compiler, .flags, .clock, .board, .mcu])
  }

  @Test func aDtypeThatNothingSaysIsNeitherYesNorNo() throws {
    let own = makeRun(onRP2350("m", "int8").filter { $0.key != .dtype })
    let row = try #require(
      try analyse([own], against: [reference(onNucleo("m", "int8"))]).comparison.speedups.first)
    #expect(row.likeness.answer.value == nil && !row.isLikeForLike)
  }

  @Test func whatABaselineVariesBreaksNothing() throws {
    let runs = ["-O3", "-Os"].map {
      makeRun(onRP2350("m", "int8", "sram", [.flags: $0]), label: $0)
    }
    let options = AnalysisOptions(baseline: [Criterion(key: .flags, text: "-O3")])
    let row = try #require(try analyse(runs, options: options).comparison.speedups.first)
    #expect(row.isLikeForLike)
  }

  /// Turning any unknown fact into a known one never turns a no into a yes.
  @Test func knowingMoreNeverMakesUnlikeRunsAlike() throws {
    let facts: [(ConfigurationKey, [String])] = [
      (.board, ["pico2", "nucleo_u575zi_q"]),
      (.dtype, ["int8", "fp32"]), (.weights, ["flash", "sram"]), (.cores, ["1", "2"]),
      (.runtime, ["tflm", "x-cube-ai"]), (.kernels, ["cmsis-nn", "reference"]),
      (.flags, ["-O3", "-O0"]), (.compiler, ["gcc", "clang"]), (.clock, ["1000000", "2000000"]),
      (.flash, ["quad/3", "serial/3"]), (.xipCache, ["on", "off"]), (.code, ["flash", "sram"]),
      (.weightsSource, ["real", "twin"]), (.modelCRC32, ["00000001", "00000002"]),
    ]
    let normalisation = Normalisation(reference: try .bundled(), confidence: 0.95)
    var random = SplitMix64(seed: 13)
    func likeness(
      _ a: [ConfigurationKey: String], _ b: [ConfigurationKey: String], _ varied: Set<Difference>
    ) -> Likeness {
      let (left, right) = (normalisation.analyse(makeRun(a)), normalisation.analyse(makeRun(b)))
      return Likeness(
        left, right, Differences(left, right), varied: varied, contradicted: false)
    }
    var unlike = 0
    for _ in 0..<2000 {
      var sides: [[ConfigurationKey: String]] = [[.model: "m"], [.model: "m"]]
      for (key, values) in facts {
        for side in sides.indices where random.next() % 2 == 0 {
          sides[side][key] = values[random.next() % 4 == 0 ? 1 : 0]
        }
      }
      let varied: Set<Difference> =
        random.next() % 2 == 0
        ? []
        : [try #require(Difference.allCases.filter { $0 != .mcu }.randomElement(using: &random))]
      guard likeness(sides[0], sides[1], varied) == .unlike else { continue }
      unlike += 1
      for (key, values) in facts {
        for side in sides.indices where sides[side][key] == nil {
          for value in values {
            var more = sides
            more[side][key] = value
            #expect(
              likeness(more[0], more[1], varied) == .unlike,
              "\(sides) became alike by \(key) = \(value)")
          }
        }
      }
    }
    #expect(unlike > 500)
  }

  @Test func instructionsAreNotCalledSlow() throws {
    func run(_ dtype: String, _ count: Double) -> Run {
      makeRun(
        [.model: "m", .dtype: dtype, .origin: "emulated", .board: "qemu_mps2_an505"],
        times: [1e6], unit: .instructions,
        operators: [makeOperator("ADD", [count, count], index: 0)])
    }
    var runs = [run("int8", 6e5), run("fp32", 1e5)]
    for i in runs.indices { runs[i].operatorUnit = .instructions }
    let analysis = try analyse(runs)
    #expect(!Int8SlowerThanFP32.findings(in: analysis).contains { $0.message.contains("ADD") })
    let finding = try #require(Int8TakesMoreInstructions.findings(in: analysis).first)
    #expect(finding.message.contains("takes 6.00 times as many instructions"))
    #expect(!finding.message.contains("slower"))
  }
}
