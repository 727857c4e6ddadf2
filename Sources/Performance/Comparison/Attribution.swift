import Core
import Ingest
import Reference
import Statistics
import Support

/// One factor of a gap.
public struct AttributionFactor: Sendable, Equatable {
  /// `clock`, `placement`, `dtype`; of the last what alone is known to differ, as in `kernels`, `flags`
  /// and `flash mode`, else `remainder`.
  public var name: String
  /// What it compares, in words.
  public var words: String
  /// The factor; above 1 it makes the subject slower.
  public var ratio: Double
  /// True for a ratio of two known constants.
  public var isExact: Bool { origin == nil }
  /// Origin of the pair; nil where the ratio is computed of two known constants.
  public var origin: Origin?
  /// Whatever else differs within the pair.
  public var confoundedBy: [String]

  /// The origin, or `computed`.
  public var originWords: String { origin?.description ?? "computed" }
}

extension AttributionFactor: FieldsEncodable {
  /// What it is, and how it is known.
  public var fields: Fields {
    [
      "name": name, "words": words, "ratio": ratio, "origin": originWords,
      "confounded_by": confoundedBy,
    ]
  }
}

/// A gap between two runs as a product of factors.
public struct Attribution: Sendable, Encodable {
  /// Model id.
  public var model: String
  /// Id of the run of the logs.
  public var subject: String
  /// Id of the run it is compared with.
  public var reference: String
  /// Subject / reference.
  public var total: Double
  /// Their product is `total`.
  public var factors: [AttributionFactor]
}

/// Splits gaps: subject, moved to SRAM, moved to the reference's clock and kernels, then to the
/// reference's dtype. A factor needs two runs that differ in it alone; the nearest pair is taken and
/// what else differs is listed.
struct AttributionMaker {
  /// Runs with their weights in SRAM, by all that a twin from flash shares with them.
  private let inSRAM: [PairKey: [AnalysedRun]]
  /// References that have a time, by model and board.
  private let references: [[String?]: [AnalysedRun]]
  /// By the run that they stand beside.
  private let predictions: [String: FairPrediction]
  /// Runs whose dtype is in doubt, for their own time or size does not fit it.
  private let doubted: Set<String>

  init(
    runs: [AnalysedRun], references: [AnalysedRun], predictions: [FairPrediction],
    doubted: Set<String> = []
  ) {
    func isTimed(_ run: AnalysedRun) -> Bool { run.seconds.value.map { $0.value > 0 } ?? false }
    inSRAM = Pairing.grouped(
      runs.filter { $0.weights == .sram && isTimed($0) && !doubted.contains($0.id) },
      by: PairKey.placement
    ).mapValues(Pairing.few)
    self.references = Pairing.grouped(references.filter(isTimed)) {
      [$0.model, $0.board, $0.dtype?.description]
    }.mapValues(Pairing.few)
    self.predictions = Dictionary(
      predictions.map { ($0.besideRun, $0) }, uniquingKeysWith: { first, _ in first })
    self.doubted = doubted
  }

  func make(_ speedups: [Speedup]) -> [Attribution] {
    speedups.compactMap { speedup in
      speedup.ratio.basis == .time ? attribution(speedup) : nil
    }
  }

  private func attribution(_ speedup: Speedup) -> Attribution? {
    guard let from = speedup.subject.seconds.value?.value,
      let to = speedup.reference.seconds.value?.value,
      let clockA = speedup.subject.clockHz, let clockB = speedup.reference.clockHz
    else { return nil }
    var factors = [
      AttributionFactor(
        name: "clock", words: "\(Format.clock(clockB)) / \(Format.clock(clockA))",
        ratio: clockB / clockA, origin: nil, confoundedBy: [])
    ]
    var here = speedup.subject
    var seconds = from
    let isDoubted = doubted.contains(here.id)
    if !isDoubted, let sram = twin(of: here) {
      let time = sram.seconds.value?.value ?? seconds
      factors.append(
        AttributionFactor(
          name: "placement",
          words: "weights from flash to SRAM, \(here.boardWords), \(here.dtype?.description ?? "")",
          ratio: seconds / time, origin: here.origin,
          confoundedBy: Differences(here, sram).words(apartFrom: [.weights])))
      here = sram
      seconds = time
    }
    let target = speedup.reference
    if let dtype = here.dtype, let wanted = target.dtype, dtype != wanted || isDoubted {
      if !isDoubted, let same = sameDtype(here, as: target), let time = same.seconds.value?.value {
        factors.append(
          AttributionFactor(
            name: "dtype", words: "\(dtype) to \(wanted), \(target.boardWords)", ratio: time / to,
            origin: target.origin,
            confoundedBy: Differences(same, target).words(apartFrom: [.dtype])))
        return finish(speedup, factors, .between(here, same), from: from, to: to)
      }
      // What is not known to be float32 may be slow for its build; no factor of dtype then.
      if wanted == .int8, let prediction = predictions[speedup.subject.id], prediction.isOfFloat32 {
        let staysInFlash = here.weights == .flash
        let first = staysInFlash ? prediction.flash.seconds : prediction.sram.seconds
        factors.append(
          AttributionFactor(
            name: "dtype",
            words: (isDoubted ? "what is called \(dtype)" : "\(dtype)") + " to \(wanted) "
              + (staysInFlash ? "from flash" : "from sram") + ", \(here.boardWords), predicted",
            ratio: seconds / first, origin: .predicted, confoundedBy: ["no board was used"]))
        if staysInFlash {
          factors.append(
            AttributionFactor(
              name: "placement",
              words: "\(wanted) weights from flash to SRAM, \(here.boardWords), predicted",
              ratio: first / prediction.sram.seconds, origin: .predicted,
              confoundedBy: ["no board was used"]))
        }
        return finish(
          speedup, factors,
          LastFactor(
            name: "remainder", words: "core, memory, runtime and kernels, both \(wanted)",
            origin: .predicted,
            confoundedBy: target.weights == nil ? ["weights (not stated)"] : []),
          from: from, to: to)
      }
    }
    return finish(
      speedup, factors,
      isDoubted ? .ofDoubted(here, target) : .between(here, target), from: from, to: to)
  }

  /// Adds the last factor so that the product is the gap.
  private func finish(
    _ speedup: Speedup, _ factors: [AttributionFactor], _ last: LastFactor, from: Double, to: Double
  ) -> Attribution {
    let total = from / to
    let rest = factors.reduce(total) { $0 / $1.ratio }
    return Attribution(
      model: speedup.model, subject: speedup.subject.id, reference: speedup.reference.id,
      total: total,
      factors: factors + [
        AttributionFactor(
          name: last.name, words: last.words, ratio: rest, origin: last.origin,
          confoundedBy: last.confoundedBy)
      ])
  }

  /// The same run with its weights in SRAM.
  private func twin(of run: AnalysedRun) -> AnalysedRun? {
    guard run.weights == .flash, let key = PairKey.placement(run), let twins = inSRAM[key] else {
      return nil
    }
    return Pairing.nearest(
      to: run, in: twins.filter { Pairing.agree(run, $0) })
  }

  /// A run on the reference's board, of the same model, in the subject's dtype.
  private func sameDtype(_ run: AnalysedRun, as target: AnalysedRun) -> AnalysedRun? {
    Pairing.nearest(
      to: target,
      in: (references[[target.model, target.board, run.dtype?.description]] ?? []).filter {
        $0.id != target.id
      })
  }
}
