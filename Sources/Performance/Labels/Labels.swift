import Core
import Ingest
import MachineModel
import OrderedCollections
import Reference

/// What runs are called, held against their times and the sizes of their files.
public struct Labels: Sendable {
  /// Runs called int8 held against their own time.
  public let checks: [LabelCheck]
  /// Ids of runs called int8 whose time or size does not fit that: something is wrong, not said what.
  let contradicted: Set<String>
  /// Those of them that count as int8 all the same: their dtype is in doubt.
  let doubted: Set<String>
  /// What int8 would take, for runs called int8 that took longer or are float32.
  public let predictions: [FairPrediction]
  /// Runs that are slow for their core and of which nothing nearer is said, by board and dtype.
  let slowForCore: [[CoreCheck]]

  /// One sentence for each board and dtype whose runs are slow for the core.
  public var slowForCoreWords: [String] { slowForCore.map(CoreCheck.headline) }

  init(of selection: Selection, by machine: MachineModel?, reference: ReferenceData) {
    let logged = selection.logged
    let checks = logged.compactMap { LabelCheck($0, by: machine, reference: reference) }
    let tooLarge = logged.filter {
      LabelContradictedBySize.isFloat32File($0, by: machine, reference)
    }.map(\.id)
    let tooSlow = Set(checks.filter(\.isContradicted).map(\.run))
    let contradicted = tooSlow.union(tooLarge)
    let doubted = Set(
      logged.filter { $0.dtype == .int8 && contradicted.contains($0.id) }.map(\.id))
    self.checks = checks
    self.contradicted = contradicted
    self.doubted = doubted

    let mislabelled = Set(checks.filter(\.isMislabelled).map(\.run)).union(tooLarge)
    let open = checks.filter { $0.isContradicted && !$0.possible.isEmpty }.map(\.run)
    let unfair = mislabelled.union(open)
    let trusted = Pairing.grouped(
      selection.references.filter { $0.dtype == .int8 && !doubted.contains($0.id) }, by: \.model
    ).compactMapValues { Pairing.middle($0).first }
    predictions = selection.runs.filter { unfair.contains($0.id) }.compactMap { run in
      FairPrediction(
        for: run, isFloat32: mislabelled.contains(run.id),
        against: run.model.flatMap { trusted[$0] }, by: machine, data: reference)
    }
    let slow = selection.runs.filter { !tooSlow.contains($0.id) }.compactMap {
      CoreCheck($0, reference: reference)
    }
    slowForCore = Array(
      OrderedDictionary(grouping: slow) { [$0.boardWords, "\($0.dtype)"] }.values)
  }
}
