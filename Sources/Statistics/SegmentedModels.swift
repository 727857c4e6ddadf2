import Support

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Fits the three models of a segmented regression to the same points.
struct SegmentedModels {
  let data: SegmentedData
  let level: Double
  private(set) var constant: SegmentedModel
  private(set) var oneBreak: Outcome<SegmentedModel> = .missing(reason: "")
  private(set) var twoBreaks: Outcome<SegmentedModel> = .missing(reason: "")

  init(data: SegmentedData, level: Double) {
    self.data = data
    self.level = level
    let solution = RampSolution(data: data)
    let ramp = solution.ramp
    let mean = solution.plain.all.mean
    let flat = RampShape(onset: 1, saturation: 1, before: mean, after: mean, squares: 0)
    let builder = ModelBuilder(solution: solution, ramp: ramp, level: level)
    constant = builder.model(.constant, flat)
    if let objection = Self.objection(to: .oneBreak, data) {
      oneBreak = .missing(reason: objection)
    } else if let hinge = solution.plain.bestHinge {
      oneBreak = .known(builder.model(.oneBreak, hinge))
    } else {
      oneBreak = .missing(reason: "no onset leaves points on both of its sides")
    }
    if let objection = Self.objection(to: .twoBreaks, data) {
      twoBreaks = .missing(reason: objection)
    } else {
      twoBreaks = .known(builder.model(.twoBreaks, ramp))
    }
  }

  private static func objection(to kind: SegmentedModel.Kind, _ data: SegmentedData) -> String? {
    guard data.count < kind.minimumPoints || data.positions < kind.minimumPositions else {
      return nil
    }
    return "\(kind.wording): needs at least \(kind.minimumPoints) points at "
      + "\(kind.minimumPositions) different x; there are \(data.count) at \(data.positions)"
  }

  func comparisons(_ models: [SegmentedModel]) -> [ModelComparison] {
    models.indices.flatMap { i in
      models.indices.filter { $0 > i }.map { compare(models[i], models[$0]) }
    }
  }

  private func compare(_ simpler: SegmentedModel, _ richer: SegmentedModel) -> ModelComparison {
    let extra = Double(richer.kind.parameters - simpler.kind.parameters)
    let freedom = Double(data.count - richer.kind.parameters)
    let gain = max(simpler.residualSquares - richer.residualSquares, 0)
    let f = gain / extra / (richer.residualSquares / freedom)
    guard !richer.isExact, f.isFinite else {
      let reason = "\(richer.kind.wording): the fit is exact, there is no error to compare with"
      return ModelComparison(
        simpler: simpler.kind, richer: richer.kind, fStatistic: .missing(reason: reason),
        pValue: .missing(reason: reason))
    }
    return ModelComparison(
      simpler: simpler.kind, richer: richer.kind, fStatistic: .known(f),
      pValue: .known(GSL.fisherUpperTail(f, extra, freedom)))
  }

  /// AICc alone takes a break for a regular parameter and finds one in 15 % of flat data of 30
  /// points; a richer model must pass the F test against the simpler one as well.
  private static let significance = 0.05

  /// The model to prefer among those there are, the constant always being one of them.
  func preference(_ models: [SegmentedModel]) -> (SegmentedModel, String) {
    if let exact = models.first(where: \.isExact) {
      return (exact, "\(exact.kind.wording): fits exactly and no simpler model does")
    }
    var best = constant
    for model in models where model.kind != .constant {
      guard let a = model.aicc.value, let b = best.aicc.value, a < b,
        let p = compare(best, model).pValue.value, p < Self.significance
      else { continue }
      best = model
    }
    let others = models.filter { $0.kind != best.kind }
    guard !others.isEmpty else {
      return (best, "\(best.kind.wording): the only model that the points allow")
    }
    return (
      best, "\(best.kind.wording): " + others.map { contrast(best, $0) }.joined(separator: "; ")
    )
  }

  private func contrast(_ best: SegmentedModel, _ other: SegmentedModel) -> String {
    let difference = (other.aicc.value ?? 0) - (best.aicc.value ?? 0)
    let (simpler, richer) = best.kind.rawValue < other.kind.rawValue ? (best, other) : (other, best)
    let p = compare(simpler, richer).pValue.value ?? 1
    return
      "AICc \(Format.rounded(abs(difference), places: 1)) \(difference < 0 ? "above" : "below") "
      + "\(other.kind.wording) (F test p \(p < 0.001 ? "< 0.001" : "= \(Format.rounded(p, places: 3))"))"
  }
}

/// Turns shapes into models.
struct ModelBuilder {
  let solution: RampSolution
  let level: Double
  /// Added to weighted sums of squares so that they give the robust variance; 0 for least squares.
  private let robustOffset: Double

  init(solution: RampSolution, ramp: RampShape, level: Double) {
    self.solution = solution
    self.level = level
    let squares = solution.squares(ramp)
    let parameters = SegmentedModel.Kind.twoBreaks.parameters
    let freedom = Double(solution.data.count - parameters)
    robustOffset =
      solution.data.loss == .robust && freedom > 0
      ? solution.variance(of: ramp, squares: squares, parameters: parameters) * freedom - squares
      : 0
  }

  func model(_ kind: SegmentedModel.Kind, _ shape: RampShape) -> SegmentedModel {
    let data = solution.data
    let raw = solution.squares(shape)
    let exact = solution.isExact(raw)
    let squares = exact ? raw : max(raw + robustOffset, 0)
    let n = Double(data.count)
    let freedom = n - Double(kind.parameters)
    let variance = squares / freedom
    let (plain, mirrored) = (solution.plain, solution.mirrored)
    var onset: BreakEstimate?
    var saturation: BreakEstimate?
    if kind != .constant {
      onset = solution.breakEstimate(
        RampSolution.Request(
          name: "an onset", best: shape.onset, squares: raw, variance: variance,
          parameters: kind.parameters
        ) { z in
          kind == .oneBreak
            ? plain.hinge(onset: z)?.squares ?? plain.all.squares : plain.best(onset: z).squares
        }, level: level)
    }
    if kind == .twoBreaks {
      saturation = solution.breakEstimate(
        RampSolution.Request(
          name: "a saturation", best: shape.saturation, squares: raw, variance: variance,
          parameters: kind.parameters
        ) { mirrored.best(onset: 1 - $0).squares }, level: level)
    }
    return SegmentedModel(
      kind: kind, variable: data.variable, before: data.level(shape.before),
      after: data.level(shape.after), onset: onset, saturation: saturation,
      end: data.x[data.count - 1], residualSquares: squares * data.squaresUnit,
      residualScale: (variance * data.squaresUnit).squareRoot(),
      aicc: exact
        ? .missing(reason: "the fit is exact: its likelihood has no bound")
        : .known(aicc(squares * data.squaresUnit, parameters: kind.parameters)), isExact: exact)
  }

  /// n log(S / n) + 2 k + 2 k (k + 1) / (n - k - 1), the variance being one of the k parameters.
  private func aicc(_ squares: Double, parameters: Int) -> Double {
    let n = Double(solution.data.count)
    let k = Double(parameters + 1)
    return n * log(squares / n) + 2 * k + 2 * k * (k + 1) / (n - k - 1)
  }
}
