import Ingest
import TestSupport
import Testing

@testable import Reference

/// The example logs and the tables say the same.
@Suite struct PublishedTests {
  private func logged() -> [Run] {
    ["rp2350_sram.txt", "rp2350_tinyml.txt"].flatMap { name in
      let file = Ingestor().ingest(path: Checkout.path("logs/\(name)"))
      #expect(file.diagnostics.isEmpty, "\(name): \(file.diagnostics.map(\.headline))")
      return file.runs
    }
  }

  private func key(_ run: Run) -> String {
    [ConfigurationKey.board, .model, .dtype, .weights].map {
      run.configuration.text($0) ?? "-"
    }.joined(separator: " ")
  }

  @Test func logsHoldThePublishedRuns() throws {
    let tabled = try ReferenceData.bundled().published.filter {
      $0.configuration.text(.mcu) == "rp2350"
    }
    let logged = logged()
    #expect(logged.map(key).sorted() == tabled.map(key).sorted())
    for run in logged {
      let row = try #require(tabled.first { key($0) == key(run) })
      let name: Comment = "\(key(run))"
      let said: [ConfigurationKey] = [
        .board, .mcu, .clock, .cores, .runtime, .model, .dtype, .dtypeClaimed, .weights, .origin,
        .citation,
      ]
      for one in said {
        #expect(run.configuration.text(one) == row.configuration.text(one), name)
      }
      let a = try #require(run.latency)
      let b = try #require(row.latency)
      #expect(a.kind == .published && b.kind == .published, name)
      #expect(a.unit == .seconds && b.unit == .seconds, name)
      #expect(isClose(a.samples.median, b.samples.median), name)
      #expect(isClose(a.quantum, b.quantum), name)
      try expectSame(run.operators, row.operators, name)
      #expect(run.operatorUnit == row.operatorUnit || run.operators.isEmpty, name)
    }
  }

  private func expectSame(
    _ logged: [OperatorRecord], _ tabled: [OperatorRecord], _ name: Comment
  ) throws {
    #expect(logged.map { [$0.kind, $0.name] } == tabled.map { [$0.kind, $0.name] }, name)
    for (a, b) in zip(logged, tabled) {
      #expect(a.index == nil && b.index == nil, name)
      #expect(isClose(a.samples.median, b.samples.median), name)
      #expect(isClose(a.quantum, b.quantum), name)
    }
  }

  private func isClose(_ a: Double?, _ b: Double?) -> Bool {
    guard let a, let b else { return false }
    return abs(a - b) <= 1e-12 * abs(b)
  }

  @Test func windowsGiveThePublishedThroughput() throws {
    let table = try Rows("published-results.csv")
    var checked = 0
    for row in table.rows {
      let windows = try table.text(row, "windows")
      guard !windows.isEmpty else { continue }
      let printed = try table.text(row, "throughput_per_s")
      let rates = try windows.split(separator: " ").map { window in
        let parts = window.split(separator: "/")
        let seconds = try #require(Double(parts[0]))
        let inferences = try #require(UInt64(parts[1]))
        #expect(seconds >= 10, "a window lasts at least 10 s: \(window)")
        return Double(inferences) / seconds
      }.sorted()
      #expect(rates.count == 5)
      let decimals = printed.split(separator: ".").last?.count ?? 0
      let unit = (0..<decimals).reduce(1.0) { value, _ in value / 10 }
      let published = try #require(Double(printed))
      #expect(abs(rates[2] - published) <= unit / 2 * (1 + 1e-9), "\(row["id"] ?? "")")
      checked += 1
    }
    #expect(checked == 4)
  }

  @Test func timesOfTheNucleo() throws {
    let nucleo = try ReferenceData.bundled().nucleo
    let times = [
      "nucleo-ad": 3.21, "nucleo-ic": 109.49, "nucleo-kws": 28.99, "nucleo-sww": 11.66,
      "nucleo-vww": 59.27,
    ]
    for (id, milliseconds) in times {
      let run = try #require(nucleo.first { $0.label == id })
      let seconds = try #require(run.latency?.samples.median)
      #expect(abs(seconds * 1e3 - milliseconds) <= 0.005, "\(id)")
      #expect(run.latency?.kind == (id == "nucleo-sww" ? .dutyCycle : .published))
      #expect(run.energy.isEmpty == (id == "nucleo-sww"))
    }
    #expect(nucleo.count == 8)
  }

  @Test func operatorsJoinTheirRuns() throws {
    let published = try ReferenceData.bundled().published
    let withOperators = published.filter { !$0.operators.isEmpty }
    #expect(withOperators.allSatisfy { $0.configuration.text(.model) == "proprietary" })
    #expect(withOperators.map(\.operators.count) == [2, 2, 2, 2])
    let tanh = try #require(
      published.first { $0.label == "nucleo-proprietary-int8" }?.operators.first)
    #expect(isClose(tanh.samples.median, 4.6e-6))
    #expect(isClose(tanh.quantum, 1e-7))
  }
}
