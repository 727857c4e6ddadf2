import Ingest
import TestSupport
import Testing

@testable import Performance

@Suite struct MeanSpeedupTests {
  private func run(
    _ model: String, _ seconds: Double, _ more: [ConfigurationKey: String] = [:]
  ) -> Run {
    makeRun(onRP2350(model, "int8", "sram", more), times: [seconds])
  }

  private func means(
    _ runs: [Run], against references: [(String, Double)] = [("a", 0.01), ("b", 0.01)]
  ) throws -> MeanSpeedups {
    try analyse(runs, against: references.map { run($0.0, $0.1) }).comparison.meanSpeedups
  }

  @Test func eachModelHasTheSameWeight() throws {
    let made = try means([run("a", 0.02), run("a", 0.02), run("a", 0.02), run("b", 0.08)])
    let mean = try #require(made.means.first)
    #expect(abs(mean.ratio - 4) < 1e-9)
    #expect(mean.models.map(\.rows) == [3, 1])
    #expect(made.leftOut.isEmpty)
  }

  @Test(arguments: [
    ConfigurationKey.flags, .kernels, .runtime, .clock, .board, .mcu, .xipCache, .arch, .compiler,
  ])
  func circumstancesAreNotPooled(key: ConfigurationKey) throws {
    // Both sides have it, so that each row is like for like.
    func pair(_ model: String, _ text: String, _ seconds: Double) -> Run {
      run(model, seconds, [key: text])
    }
    let (one, other) =
      switch key {
      case .clock: ("150000000", "120000000")
      case .xipCache: ("on", "off")
      case .arch: ("armv8-m", "riscv")
      default: ("one", "other")
      }
    let made = try analyse(
      [pair("a", one, 0.02), pair("b", other, 0.08)],
      against: [pair("a", one, 0.01), pair("b", other, 0.01)]
    )
    #expect(made.comparison.speedups.allSatisfy { $0.isLikeForLike }, "\(key)")
    #expect(made.comparison.meanSpeedups.means.isEmpty)
    #expect(made.comparison.meanSpeedups.leftOut.count == 2)
    let reason = try #require(made.comparison.meanSpeedups.leftOut.first).reason
    #expect(reason.hasPrefix("other models differ in "), "\(reason)")
  }

  @Test func whatOneRowSaysAndTheOtherDoesNotKeepsThemApart() throws {
    let made = try means([run("a", 0.02, [.flags: "-O3"]), run("b", 0.08)])
    #expect(made.means.isEmpty)
    #expect(
      made.leftOut.map(\.reason) == Array(repeating: "other models differ in flags", count: 2))
  }

  @Test func unlikeRowsAreLeftOutWithAReason() throws {
    let made = try means(
      [run("a", 0.02), run("b", 0.08), run("c", 0.5, [.weights: "flash"])],
      against: [("a", 0.01), ("b", 0.01), ("c", 0.01)])
    #expect(made.means.count == 1)
    #expect(made.leftOut.map(\.row.model) == ["c"])
    #expect(made.leftOut.map(\.reason) == ["not like for like"])
  }

  @Test func oneModelHasNoMean() throws {
    let made = try means([run("a", 0.02), run("a", 0.03)])
    #expect(made.means.isEmpty)
    #expect(made.leftOut.isEmpty)
  }
}
