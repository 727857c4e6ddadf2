import Notebook
import Quantiles
import Testing

@testable import Ingest
@testable import Performance
@testable import Reference
@testable import analyze

@Suite struct ManyRunsTests {
  @Test func theReportShowsTheOperatorsOfTheFirstRuns() throws {
    let runs = (1...Table.mostShown + 2).map { line in
      var run = Run(
        source: RunSource(
          file: "made.txt", firstLine: line, lastLine: line, dialect: Dialect(rawValue: "made")))
      run.latency = Latency(
        samples: Samples([0.01]), unit: .seconds, kind: .inference, quantum: 1e-6)
      run.operatorUnit = .seconds
      run.operators = [
        OperatorRecord(index: 0, kind: "CONV_2D", samples: Samples([0.01]), quantum: 1e-6)
      ]
      return run
    }
    let file = IngestedFile(
      path: "made.txt", recognition: Recognition(dialect: Dialect(rawValue: "made"), evidence: []),
      runs: runs, diagnostics: [], account: LineAccount(), bytes: 0)
    let analysis = Analysis(
      files: [file], published: try PublishedResults.bundled(),
      reference: try ReferenceData.bundled(), options: AnalysisOptions())

    let brief = OperatorsSection.brief(analysis)
    #expect(tables(brief) == Table.mostShown)
    #expect("\(brief.last as Any)".contains("2 more runs have operators; "))
    let all = OperatorsSection.blocks(analysis)
    #expect(tables(all) == runs.count)
    #expect(!"\(all.last as Any)".contains("more run"))
  }

  private func tables(_ blocks: [Block]) -> Int {
    blocks.count { if case .table = $0 { true } else { false } }
  }
}
