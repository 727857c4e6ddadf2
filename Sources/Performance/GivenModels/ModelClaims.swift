import Core
import Ingest
import OrderedCollections
import Reference
import Support

/// Which given model stands for a model id in a dtype: the first of that name, unless a run of that name
/// states the CRC-32 of another.
///
/// A run may change what stands for the runs before it; `MatchedModels` sees to the order.
public struct ModelClaims: Sendable {
  private struct Name: Hashable {
    var model: String
    var dtype: Dtype
  }

  private struct Claim {
    var model: GivenModel
    /// A run of that name has the file's CRC-32; otherwise the names agree.
    var isByCRC: Bool
  }

  private let given: [GivenModel]
  private var claims: OrderedDictionary<Name, Claim> = [:]
  private var problems = GivenModelProblems()

  /// Each model under the name of its file; of two that differ the first counts.
  public init(_ given: [GivenModel]) {
    self.given = given
    for model in given {
      let name = Name(model: model.cost.model, dtype: model.cost.dtype)
      guard let held = claims[name]?.model else {
        claims[name] = Claim(model: model, isByCRC: false)
        continue
      }
      guard let difference = model.cost.difference(from: held.cost) else { continue }
      problems.add(
        .error, model, "model-named-twice",
        "is another '\(name.model)' in \(name.dtype) than \(held.path), which counts: \(difference)",
        remedy: "Rename one of the two files, and what the logs call its model.")
    }
  }

  /// The tables with the given models.
  public func reference(over bundled: ReferenceData) -> ReferenceData {
    var result = bundled
    _ = result.add(added)
    return result
  }

  /// Each model under the name that runs have for it.
  private var added: [(cost: ModelCost, source: Source)] {
    claims.map { name, claim in
      var cost = claim.model.cost
      cost.model = name.model
      return (cost, claim.model.source)
    }
  }

  /// Finds the model of each run that states a CRC-32; it counts whatever its file is called.
  mutating func identify(_ runs: inout [Run]) {
    for i in runs.indices {
      guard let crc32 = runs[i].configuration.text(.modelCRC32),
        let model = given.first(where: { $0.crc32 == crc32 })
      else { continue }
      runs[i].configuration.offer(.model, model.cost.model, .recognised)
      takeDtype(of: model, into: &runs[i])
      let kinds = ModelSignature(model: "", kinds: model.cost.operators.map(\.kind))
      if !runs[i].operators.contains(where: { !$0.isSumOfKind })
        || ModelSignature(model: "", kinds: runs[i].operators.map(\.kind)) == kinds
      {
        runs[i].observations.removeAll { $0.kind == .modelContradiction }
      }
      claim(runs[i].configuration.text(.model) ?? model.cost.model, byCRC: model)
    }
  }

  private mutating func claim(_ id: String, byCRC model: GivenModel) {
    let name = Name(model: id, dtype: model.cost.dtype)
    let held = claims[name]
    if let held, held.isByCRC { return }
    claims[name] = Claim(model: model, isByCRC: true)
    guard let displaced = held?.model, displaced.cost.difference(from: model.cost) != nil else {
      return
    }
    problems.add(
      .warning, displaced, "model-crc-elsewhere",
      "is not used: what the logs call '\(id)' has the CRC-32 of \(model.path)",
      remedy: "Rename the file, or name the one that was measured.")
  }

  /// The file is what ran, so its dtype is the run's; what the log says else becomes a claim.
  private mutating func takeDtype(of model: GivenModel, into run: inout Run) {
    let dtype = model.cost.dtype
    let held = run.configuration[.dtype]
    guard run.configuration.dtype != dtype else { return }
    if let held {
      run.configuration.remove(.dtype)
      run.configuration.offer(.dtypeClaimed, held.text, held.provenance)
      problems.add(
        .warning, run, "dtype-not-of-file",
        "the run is said to be \(held.text), but the file with its CRC-32, \(model.path), computes in "
          + "\(dtype), which counts",
        remedy: "Correct what says \(held.text), or convert the model again.")
    }
    run.configuration.remove(.dtypeEvidence)
    run.configuration.offer(.dtype, dtype, .recognised)
    run.configuration.offer(
      .dtypeEvidence, "the file with the CRC-32 of the log computes in \(dtype)", .recognised)
  }

  /// What stands for what, once every run was identified.
  consuming func settled(over bundled: ReferenceData) -> SettledModels {
    var reference = bundled
    let replaced = zip(claims, reference.add(added)).compactMap { held, addition -> Diagnostic? in
      guard case .replaced(let difference, let dtypes) = addition else { return nil }
      let id = held.key.model
      return Diagnostic(
        "model-replaces-bundled",
        "is another '\(id)' than the bundled one, whose costs, instruction counts "
          + "and published times (\(dtypes.map(\.description).joined(separator: ", "))) are not applied to it: "
          + difference,
        remedy: "Give it a name of its own if it is no '\(id)'.",
        file: held.value.model.path, severity: .warning)
    }
    return SettledModels(
      given: given, reference: reference, replaced: replaced, problems: problems)
  }
}
