import Foundation
import TestSupport
import Testing

@testable import Ingest

/// SplitMix damage to own fixtures and real logs: nothing crashes, every line is accounted for, and no
/// figure changes unnoticed beyond what the printed digits can show.
///
/// Redundancy ends where rounding begins. What can change unnoticed, and by how much:
/// - laps (EEMBC log): as far as the host's stamps allow, 0.2 s + 5 % of a window;
/// - results printed with three decimals: one unit of runtime and of throughput;
/// - duty cycle and period: one unit of each;
/// - ST's durations: two units of the last digit; operators: the rounding of all rows together;
/// - energies: one unit of the last digit.
/// Windows that Python prints in full have no such slack. What no redundancy covers: a whole block
/// cut off at the end of an aiSystemPerformance log, and the words of an operator.
struct MLPerfDamageTests {
  static let fixtures = [
    "mlperf-eembc-log.txt", "mlperf-eembc-results.txt", "mlperf-eembc-energy.txt",
    "mlperf-python-log.txt", "mlperf-python-energy.txt", "mlperf-python-sww-energy.txt",
    "st-system-performance.txt", "st-observer.txt", "st-validation-v4.txt", "st-profile-v2.txt",
    "st-report-v9.txt", "st-validate-percent.txt",
  ]

  enum Damage: CaseIterable {
    case flipOne, flipPercent, digit, drop, echo, truncate
  }

  static func apply(
    _ damage: Damage, to bytes: [UInt8], _ random: inout SplitMix
  ) -> [UInt8] {
    var result = bytes
    switch damage {
    case .flipOne:
      let i = Int.random(in: 0..<bytes.count, using: &random)
      result[i] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      return result
    case .flipPercent:
      for i in result.indices where UInt8.random(in: 0..<100, using: &random) == 0 {
        result[i] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      }
      return result
    case .digit:
      let digits = bytes.indices.filter { Scan.isDigit(bytes[$0]) }
      guard let i = digits.randomElement(using: &random) else { return bytes }
      result[i] = 48 + (bytes[i] - 48 + UInt8.random(in: 1..<10, using: &random)) % 10
      return result
    case .drop, .echo, .truncate:
      var lines = bytes.split(separator: 10, omittingEmptySubsequences: false).map(Array.init)
      let i = Int.random(in: 0..<lines.count, using: &random)
      switch damage {
      case .drop: lines.remove(at: i)
      case .echo: lines.insert(lines[i], at: i)
      default:
        lines[i] = Array(lines[i].prefix(Int.random(in: 0...lines[i].count, using: &random)))
      }
      return Array(lines.joined(separator: [10]))
    }
  }

  /// What a file says in numbers.
  struct Figures: Equatable {
    var latency: [[Double]]
    var operators: [[Double]]
    var energy: [[Double]]

    init(_ file: IngestedFile) {
      latency = file.runs.map { $0.latency.map { values($0.samples) } ?? [] }
      operators = file.runs.map { $0.operators.flatMap { values($0.samples) } }
      energy = file.runs.map { values($0.energy) }
    }

    /// True when all figures are there and none differs by more than `slack` of it, operators by
    /// more than `operatorSlack` seconds.
    func near(_ other: Figures, slack: Double, operatorSlack: Double) -> Bool {
      func match(_ a: [[Double]], _ b: [[Double]], _ allowed: (Double) -> Double) -> Bool {
        a.map(\.count) == b.map(\.count)
          && zip(a.joined(), b.joined()).allSatisfy { abs($0 - $1) <= allowed($1) }
      }
      return match(latency, other.latency) { slack * $0 }
        && match(operators, other.operators) { _ in operatorSlack }
        && match(energy, other.energy) { 2e-9 + 1e-12 * $0 }
    }
  }

  /// How much of a latency may change unnoticed, as derived above.
  static func slack(_ file: IngestedFile, _ name: String) -> (latency: Double, operators: Double) {
    // The shortest latency has the largest relative slack.
    let timed = file.runs.filter { $0.latency != nil }
    guard
      let run = timed.min(by: {
        $0.latency?.samples.minimum ?? 0 < $1.latency?.samples.minimum ?? 0
      }), let latency = run.latency, let value = latency.samples.median
    else { return (0, 0) }
    let rows = Double(run.operators.count)
    switch file.recognition.dialect {
    case MLPerfEEMBCReader.dialect where name.hasSuffix("log.txt") || name.contains("serial-noise"):
      // Twice, since a window may have been off to one side already.
      let window = value * Double(latency.inferences) / Double(latency.samples.count)
      return (2 * (0.2 + 0.05 * window) / window, 0)
    case MLPerfEEMBCReader.dialect:
      return (2 * (latency.quantum / value + 0.001 * value), 0)
    case MLPerfPythonReader.dialect where latency.kind == .dutyCycle:
      return (2 * (latency.quantum / value + 0.001 * value), 0)
    case MLPerfPythonReader.dialect: return (1e-12, 0)
    default: return (2.5 * latency.quantum / value, (rows + 3) * 1e-6)
    }
  }

  static func check(_ bytes: [UInt8], name: String, rounds: Int, seed: UInt64) {
    let intact = Ingestor().ingest(bytes: bytes, path: name)
    let figures = Figures(intact)
    let notes = intact.runs.flatMap { $0.observations.map(\.message) }
    let slack = slack(intact, name)
    var random = SplitMix(seed)
    for round in 0..<rounds {
      let damage = Damage.allCases[round % Damage.allCases.count]
      let damaged = apply(damage, to: bytes, &random)
      let file = Ingestor().ingest(bytes: damaged, path: name)
      #expect(file.account.total == pieceCount(damaged), "\(name), \(damage), round \(round)")
      let noticed =
        file.diagnostics.count > intact.diagnostics.count
        || file.runs.flatMap { $0.observations.map(\.message) } != notes
      if noticed { continue }
      #expect(
        Figures(file).near(figures, slack: slack.latency, operatorSlack: slack.operators),
        "\(name), \(damage), round \(round): a figure changed unnoticed")
    }
  }

  @Test(arguments: fixtures)
  func noFigureOfAFixtureChangesUnnoticed(_ name: String) throws {
    let bytes = try fixture(name)
    Self.check(bytes, name: name, rounds: name.contains("sww") ? 60 : 300, seed: 20_301)
  }

  static let folders = ["mlperf-tiny", "st-edge-ai", "serial-noise"]

  @Test(.shared("samples"), arguments: folders)
  func noFigureOfARealLogChangesUnnoticed(_ folder: String) throws {
    for name in try sampleNames(folder) {
      guard folder != "serial-noise" || name.hasPrefix("mlperf") else { continue }
      let path = Shared.path("samples/\(folder)/\(name)")
      let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
      Self.check(bytes, name: "\(folder)/\(name)", rounds: 18, seed: 7)
    }
  }

  @Test func memoryStaysBounded() throws {
    // Many sessions in one file: each gives its run, and none is mixed with another.
    let one = try fixtureText("mlperf-eembc-log.txt")
    let file = ingest(String(repeating: one, count: 40))
    #expect(file.runs.count == 40)
    #expect(Set(file.runs.map { $0.latency?.samples.count }) == [5])
  }
}
