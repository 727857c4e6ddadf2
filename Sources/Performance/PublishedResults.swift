import Ingest
import Quantiles
import Reference
import Support

/// The published results of `data/`, which are compiled into the program, as runs.
public struct PublishedResults: Sendable {
  /// All of them, operators included.
  public var runs: [Run]

  /// Those of the reference board: what runs are compared with unless told else.
  public var nucleo: [Run] {
    runs.filter { $0.configuration.text(.board) == "nucleo_u575zi_q" }
  }

  /// Reads the bundled tables.
  public static func bundled() throws(Diagnostic) -> PublishedResults {
    let file = "published-results.csv"
    let read = Ingestor().ingest(bytes: Array(try Bundled.text(file).utf8), path: file)
    if let problem = read.diagnostics.first {
      throw Diagnostic.table(problem.message, file: file, line: problem.line)
    }
    var runs = read.runs
    _ = try BundledTable("published-operators.csv").map { row throws(Diagnostic) in
      let result = try row.text("result")
      guard let i = runs.firstIndex(where: { $0.label == result }) else {
        throw Diagnostic.table("there is no result '\(result)'", file: row.file, line: row.line)
      }
      let microseconds = try row.number("time_us")
      let decimals = try row.text("time_us").split(separator: ".").dropFirst().first?.count ?? 0
      var quantum = 1e-6
      for _ in 0..<decimals { quantum /= 10 }
      runs[i].operators.append(
        OperatorRecord(
          index: nil, kind: try row.text("kind"), name: try row.optional("name"),
          samples: Samples([microseconds / 1e6]), quantum: quantum))
    }
    return PublishedResults(runs: runs)
  }

  /// The same, with the models that `reference` has set aside under their new names.
  func named(as reference: ReferenceData) -> PublishedResults {
    var result = self
    for i in result.runs.indices {
      let configuration = result.runs[i].configuration
      guard let model = configuration[.model],
        let other = reference.setAside.first(where: {
          $0.model == model.text && $0.dtype == configuration.dtype
        })
      else { continue }
      result.runs[i].configuration.remove(.model)
      result.runs[i].configuration.offer(.model, other.name, model.provenance)
    }
    return result
  }
}

extension ReferenceData {
  /// Models that can be recognised by their operators.
  public var signatures: [ModelSignature] {
    // The two dtypes of one name may be files of different graphs.
    var result: [ModelSignature] = []
    for cost in costs where !cost.isSetAside {
      let signature = ModelSignature(model: cost.model, kinds: cost.operators.map(\.kind))
      if !result.contains(signature) { result.append(signature) }
    }
    return result
  }
}
