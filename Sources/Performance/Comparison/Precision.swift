import Core
import Ingest
import Reference
import Statistics
import Support

/// int8 against fp32 on one board: a whole inference, or one operator of it.
public struct PrecisionRatio: Sendable {
  /// How sentences call the board.
  public var boardWords: String
  /// Id of the board; empty when unknown.
  public var board: String
  /// Model id.
  public var model: String
  /// Where both runs read their weights; nil when not stated.
  public var weights: WeightsPlace?
  /// Origin of both runs.
  public var origin: Origin
  /// nil for the whole inference.
  public var operatorWords: String?
  /// Whether it is the sum over all operators of the kind.
  public var isSumOfKind: Bool
  /// Position in the int8 graph; nil for the whole inference or where it is not stated.
  public var operatorIndex: Int?
  /// `INVOKE` for the whole inference.
  public var kind: String
  /// int8 / fp32.
  public var ratio: Ratio
  /// Value of either side: seconds, or instructions by `ratio.basis`.
  public var int8: Double
  /// The same in fp32.
  public var fp32: Double
  /// p-value of "no difference" after Holm's correction over the table, or why there is none.
  public var adjustedP: Outcome<Double>
  /// Id of the int8 run.
  public var int8Run: String
  /// Id of the fp32 run.
  var fp32Run: String
}

extension PrecisionRatio: FieldsEncodable {
  /// Both values and their ratio.
  public var fields: Fields {
    let seconds: (int8: Double?, fp32: Double?)
    let counts: (int8: Double?, fp32: Double?)
    (seconds, counts) =
      ratio.basis == .time
      ? ((int8, fp32), (nil, nil)) : ((nil, nil), (int8, fp32))
    let noTime = "an emulator counted instructions; it has no time"
    return [
      "board": board, "model": model,
      "operator": Outcome(operatorWords, or: "the row is of the whole inference"), "kind": kind,
      "int8_seconds": Outcome(seconds.int8, or: noTime),
      "fp32_seconds": Outcome(seconds.fp32, or: noTime),
      "int8_instructions": counts.int8, "fp32_instructions": counts.fp32,
      "ratio": ratio.value, "adjusted_p": adjustedP, "weights": weights, "origin": origin,
      "int8_run": int8Run, "fp32_run": fp32Run,
    ] + ratio.interval.fields
  }
}

/// Operators that have no partner in the other dtype's graph.
public struct UnalignedOperators: Sendable {
  /// How sentences call the board.
  public var boardWords: String
  /// Model id.
  public var model: String
  /// dtype of the graph that has them.
  public var dtype: Dtype
  /// The operators, as sentences call them.
  public var words: [String]
}

/// Finds pairs of runs that differ in the dtype and compares them operator by operator.
struct PrecisionMaker {
  let maker: RatioMaker

  func make(
    _ runs: [AnalysedRun], doubted: Set<String>
  ) -> (ratios: [PrecisionRatio], unaligned: [UnalignedOperators]) {
    var ratios: [PrecisionRatio] = []
    var unaligned: [UnalignedOperators] = []
    let pairs = Pairing.pairs(
      runs.filter { $0.dtype == .int8 && !doubted.contains($0.id) },
      runs.filter { $0.dtype == .fp32 }, by: PairKey.precision)
    for (int8, fp32) in pairs {
      if let whole = whole(int8, fp32) { ratios.append(whole) }
      let made = operators(int8, fp32)
      ratios += made.ratios
      unaligned += made.unaligned
    }
    return (ratios, unaligned)
  }

  private func basis(_ a: AnalysedRun, _ b: AnalysedRun) -> RatioBasis {
    a.seconds.value == nil && a.instructions.value != nil && b.instructions.value != nil
      ? .instructions : .time
  }

  private func whole(_ int8: AnalysedRun, _ fp32: AnalysedRun) -> PrecisionRatio? {
    let basis = basis(int8, fp32)
    guard let a = int8.side(basis).value, let b = fp32.side(basis).value,
      let ratio = maker.ratio(a, b, basis: basis)
    else { return nil }
    return PrecisionRatio(
      boardWords: int8.boardWords, board: int8.board ?? "", model: int8.model ?? "",
      weights: int8.weights, origin: int8.origin, operatorWords: nil, isSumOfKind: false,
      operatorIndex: nil,
      kind: "INVOKE", ratio: ratio, int8: a.quantity.value, fp32: b.quantity.value,
      adjustedP: .missing(reason: "one comparison needs no correction"), int8Run: int8.id,
      fp32Run: fp32.id)
  }

  private func operators(
    _ int8: AnalysedRun, _ fp32: AnalysedRun
  ) -> (ratios: [PrecisionRatio], unaligned: [UnalignedOperators]) {
    let a = int8.operators
    let b = fp32.operators
    guard !a.isEmpty, !b.isEmpty else { return ([], []) }
    // Parts of an inference, and sums against single operators, say nothing of each other.
    guard !int8.isIncomplete, !fp32.isIncomplete, int8.hasSumsOfKinds == fp32.hasSumsOfKinds else {
      return ([], [])
    }
    let pairs =
      int8.hasSumsOfKinds
      ? Alignment.pairsOfSets(a.map(\.kind), b.map(\.kind))
      : Alignment.pairs(a.map(\.alignmentKey), b.map(\.alignmentKey))
    let published =
      int8.run.latency?.kind == .published && fp32.run.latency?.kind == .published
    let basis = basis(int8, fp32)
    var ratios: [PrecisionRatio] = []
    var pValues: [Double?] = []
    for (i, j) in pairs {
      guard let left = a[i].side(basis, published: published),
        let right = b[j].side(basis, published: published),
        let ratio = maker.ratio(left, right, basis: basis)
      else { continue }
      var p: Outcome<Double> = .missing(reason: "a published figure has no spread to test")
      if basis == .instructions {
        p = .missing(reason: RatioBasis.countsAreExact)
      } else if left.kind == .mean || right.kind == .mean {
        p = .missing(reason: "a mean has no samples to test")
      } else if !published {
        // Without scatter there is no chance to reckon with; the timers' resolution decides.
        p =
          left.samples.areIdentical && right.samples.areIdentical
          ? .missing(reason: "identical samples have no scatter to test")
          : rankSumTest(left.samples, right.samples).map(\.pValue)
      }
      pValues.append(p.value)
      ratios.append(
        PrecisionRatio(
          boardWords: int8.boardWords, board: int8.board ?? "", model: int8.model ?? "",
          weights: int8.weights, origin: int8.origin, operatorWords: a[i].words,
          isSumOfKind: a[i].isSumOfKind, operatorIndex: a[i].index, kind: a[i].kind, ratio: ratio,
          int8: left.quantity.value,
          fp32: right.quantity.value, adjustedP: p, int8Run: int8.id, fp32Run: fp32.id))
    }
    for (n, adjusted) in holmAdjusted(pValues).enumerated() {
      if let adjusted { ratios[n].adjustedP = .known(adjusted) }
    }
    let pairedA = Set(pairs.map(\.0))
    let pairedB = Set(pairs.map(\.1))
    let restA = a.indices.filter { !pairedA.contains($0) }
    let restB = b.indices.filter { !pairedB.contains($0) }
    var unaligned: [UnalignedOperators] = []
    for (rest, list, run, dtype) in [(restA, a, int8, Dtype.int8), (restB, b, fp32, .fp32)]
    where !rest.isEmpty {
      unaligned.append(
        UnalignedOperators(
          boardWords: run.boardWords, model: run.model ?? "", dtype: dtype,
          words: rest.map { list[$0].words }))
    }
    return (ratios, unaligned)
  }
}

extension AnalysedOperator {
  /// Operators align by kind; those without an index also by what singles them out.
  var alignmentKey: String {
    if isSumOfKind { return words }
    return index == nil ? "\(kind) \(name ?? "")" : kind
  }
}
