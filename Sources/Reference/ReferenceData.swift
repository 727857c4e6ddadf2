import Ingest

/// Everything that is compiled into the program: published results, machines, costs, sources.
public struct ReferenceData: Sendable {
  /// Sources by their key.
  public var sources: [String: Source]
  /// Boards, by the name of their file.
  public var machines: [Machine]
  /// Operators of every model, by dtype.
  public var costs: [ModelCost]
  /// Instructions of models and of their operators, from an emulator.
  public var instructions: [InstructionCount]
  /// Sizes of model files.
  public var modelFiles: [ModelFile]
  /// All published results as runs, operators included.
  public var published: [Run]

  /// Reads the bundled tables.
  public static func bundled() throws(TableFailure) -> ReferenceData {
    ReferenceData(
      sources: try Source.bundled(), machines: try Machine.bundled(),
      costs: try ModelCost.bundled(), instructions: try InstructionCount.bundled(),
      modelFiles: try ModelFile.bundled(), published: try publishedRuns())
  }

  /// The published results of the reference board: what `analyze` compares with unless told else.
  public var nucleo: [Run] {
    published.filter { $0.configuration.text(.board) == "nucleo_u575zi_q" }
  }

  /// The machine of that board id.
  public func machine(_ board: String?) -> Machine? {
    machines.first { $0.id == board }
  }

  /// The operators of a model.
  public func cost(model: String, dtype: String) -> ModelCost? {
    costs.first { $0.model == model && $0.dtype == dtype }
  }

  /// Instructions of one whole inference.
  public func instructions(model: String, dtype: String) -> UInt64? {
    instructions.first { $0.model == model && $0.dtype == dtype && $0.index == nil }?.instructions
  }

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

  private static func publishedRuns() throws(TableFailure) -> [Run] {
    let file = "published-results.csv"
    let read = Ingestor().ingest(bytes: Array(try Bundled.text(file).utf8), path: file)
    if let problem = read.diagnostics.first {
      throw TableFailure(file: file, line: problem.line, message: problem.message)
    }
    var runs = read.runs
    _ = try Table("published-operators.csv").map { row throws(TableFailure) in
      let result = try row.text("result")
      guard let i = runs.firstIndex(where: { $0.label == result }) else {
        throw TableFailure(
          file: row.file, line: row.line, message: "there is no result '\(result)'")
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
    return runs
  }
}
