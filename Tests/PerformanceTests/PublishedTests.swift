import Core
import Ingest
import TestSupport
import Testing

@testable import Performance
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
    let tabled = try PublishedResults.bundled().runs.filter {
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

  @Test func timesOfTheNucleo() throws {
    let nucleo = try PublishedResults.bundled().nucleo
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
    let published = try PublishedResults.bundled().runs
    let withOperators = published.filter { !$0.operators.isEmpty }
    #expect(withOperators.allSatisfy { $0.configuration.text(.model) == "proprietary" })
    #expect(withOperators.map(\.operators.count) == [2, 2, 2, 2])
    let tanh = try #require(
      published.first { $0.label == "nucleo-proprietary-int8" }?.operators.first)
    #expect(isClose(tanh.samples.median, 4.6e-6))
    #expect(isClose(tanh.quantum, 1e-7))
  }

  @Test func boardsOfResultsAreDescribed() throws {
    let data = try ReferenceData.bundled()
    for run in try PublishedResults.bundled().runs {
      let machine = data.machine(run.configuration.text(.board))
      #expect(machine != nil, "\(run.label ?? "")")
      #expect(machine?.mcu == run.configuration.text(.mcu))
      #expect(machine?.clockHz == run.configuration.number(.clock))
      let cores = try #require(run.configuration.number(.cores))
      #expect(cores <= Double(machine?.cores ?? 0))
    }
  }

  /// A file of that name is another graph, so what was published of the name is not its.
  @Test func resultsOfAModelThatIsSetAsideAreOfTheBundledOne() throws {
    var data = try ReferenceData.bundled()
    var other = try #require(data.cost(model: "ad", dtype: .int8))
    other.operators.removeLast()
    _ = data.add([(other, Source(key: "file:x", title: "x", url: "", note: ""))])
    let before = try PublishedResults.bundled()
    let after = before.named(as: data)
    func models(_ results: PublishedResults) -> [String] {
      results.nucleo.compactMap { $0.configuration.text(.model) }
    }
    #expect(models(before).filter { $0 == "ad" }.count == 1)
    #expect(models(after) == models(before).map { $0 == "ad" ? "ad (bundled)" : $0 })
    // In fp32 too: there it has another number of MACs than the file.
    #expect(!after.runs.contains { $0.configuration.text(.model) == "ad" })
  }

  @Test func signaturesTellTheModelsApart() throws {
    let signatures = try ReferenceData.bundled().signatures
    #expect(signatures.map(\.model).sorted() == ["ad", "ic", "kws", "sww", "vww"])
    for (i, a) in signatures.enumerated() {
      for b in signatures[(i + 1)...] { #expect(a.kinds != b.kinds, "\(a.model), \(b.model)") }
    }
  }
}
