import Core
import Ingest
import Reference
import Support

/// The tables with the given models, after all runs were identified; what is left is to doubt runs that a
/// model stands for by its name alone.
struct SettledModels: Sendable {
  /// The tables with the given models.
  let reference: ReferenceData
  private let given: [GivenModel]
  private let replaced: [Diagnostic]
  private var noticed: GivenModelProblems

  init(
    given: [GivenModel], reference: ReferenceData, replaced: [Diagnostic],
    problems: GivenModelProblems
  ) {
    self.given = given
    self.reference = reference
    self.replaced = replaced
    noticed = problems
  }

  /// Everything that was noticed: of the models, in the order given, then of runs.
  var problems: [Diagnostic] { noticed.ofModels + replaced + noticed.ofRuns }

  /// Marks runs that a model stands for by name, though the log's CRC-32 is another's; and notes what no
  /// table and no given model knows.
  mutating func doubt(_ runs: inout [Run]) {
    for i in runs.indices {
      guard let id = runs[i].configuration.text(.model) else { continue }
      let dtype = runs[i].configuration.dtype
      guard
        let cost = reference.costs.first(where: { $0.model == id && $0.dtype == dtype ?? $0.dtype })
      else {
        noteUnknown(runs[i], id, dtype)
        continue
      }
      // Costs of the tables are those of no file.
      guard let crc32 = runs[i].configuration.text(.modelCRC32),
        let model = given.first(where: { $0.source.key == cost.source }), model.crc32 != crc32
      else { continue }
      runs[i].observations.append(
        Observation(
          .modelContradiction,
          "The log's '\(id)' has CRC-32 \(crc32), the file \(model.path) has \(model.crc32).",
          line: runs[i].source.firstLine))
      noticed.add(
        .warning, runs[i], "model-crc-differs",
        "the log's '\(id)' has CRC-32 \(crc32), \(model.path) has \(model.crc32); the costs of the "
          + "file are not applied",
        remedy: "Name the file that was measured with --models.")
    }
  }

  private mutating func noteUnknown(_ run: Run, _ id: String, _ dtype: Dtype?) {
    let words = dtype.map { "'\(id)' in \($0)" } ?? "'\(id)'"
    noticed.add(
      .note, run, "model-without-file",
      "no file of --models is the model \(words), so its costs are not known",
      remedy: Nearest.match(id, in: given.map(\.cost.model)).map {
        "Did you mean '\($0)'? The names of model and file must agree."
      } ?? "Add its file with --models \(id)\(dtype.map { "_\($0)" } ?? "").tflite.")
  }
}
