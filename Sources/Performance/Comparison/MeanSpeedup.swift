import OrderedCollections
import Statistics
import Support

/// The geometric mean of speedups over models, of rows that agree in all that is stated but the model.
public struct MeanSpeedup: Sendable {
  /// What goes into the mean for one model.
  public struct Model: Sendable, FieldsEncodable {
    /// Model id.
    public var model: String
    /// The geometric mean of its rows.
    public var ratio: Double
    /// How many rows it has: repeats.
    public var rows: Int

    /// The three of them.
    public var fields: Fields { ["model": model, "ratio": ratio, "rows": rows] }
  }

  /// A row that goes into no mean.
  public struct LeftOut: Sendable, FieldsEncodable {
    /// The row.
    public var row: Speedup
    /// Why.
    public var reason: String

    /// The two runs, and why.
    public var fields: Fields {
      [
        "model": row.model, "run": row.subject.id, "reference_run": row.reference.id,
        "reason": reason,
      ]
    }
  }

  /// Each model has the same weight, however often it was run.
  public var ratio: Double
  /// The models, in the order of the rows.
  public var models: [Model]
  /// A row of the mean; in what is stated the others are like it.
  public var example: Speedup

  /// Two models at least; nil below that.
  init?(_ rows: [Speedup]) {
    let byModel = OrderedDictionary(grouping: rows, by: \.model)
    guard let example = rows.first, byModel.count >= 2 else { return nil }
    models = byModel.compactMap { model, rows in
      geometricMean(rows.map(\.ratio.value)).value.map {
        Model(model: model, ratio: $0.value, rows: rows.count)
      }
    }
    guard models.count == byModel.count, let mean = geometricMean(models.map(\.ratio)).value
    else { return nil }
    ratio = mean.value
    self.example = example
  }
}

extension MeanSpeedup: FieldsEncodable {
  /// The mean, of what it is one, and its parts.
  public var fields: Fields {
    [
      "ratio": ratio, "dtype": example.subject.dtype, "weights": example.subject.weights,
      "board": example.subject.board, "reference_board": example.reference.board,
      "models": models,
    ]
  }
}

/// All means over models of a table of speedups, and the rows that go into none.
public struct MeanSpeedups: Sendable {
  /// In the order of their first rows.
  public var means: [MeanSpeedup] = []
  /// In the order of the rows.
  public var leftOut: [MeanSpeedup.LeftOut] = []

  /// Of nothing.
  init() {}

  /// Of the rows in time; counts are no speeds.
  init(_ speedups: [Speedup]) {
    let timed = speedups.filter { $0.ratio.basis == .time }
    let like = timed.filter(\.isLikeForLike)
    // Without two models nothing can be averaged.
    guard Set(like.map(\.model)).count >= 2 else { return }
    let groups = OrderedDictionary(grouping: like, by: circumstances)
    means = groups.values.compactMap(MeanSpeedup.init)
    let heads = groups.values.prefix(64).compactMap(\.first)
    let reasons = groups.mapValues { rows in
      Set(rows.map(\.model)).count < 2 ? rows.first.map { alone($0, beside: heads) } : nil
    }
    leftOut = timed.compactMap { row in
      let reason =
        switch row.likeness {
        case .like: reasons[circumstances(row)] ?? nil
        case .unlike: "not like for like"
        case .unknown: "perhaps not like for like"
        }
      return reason.map { MeanSpeedup.LeftOut(row: row, reason: $0) }
    }
  }
}

extension MeanSpeedups: FieldsEncodable {
  /// The means and what is in none.
  public var fields: Fields { ["means": means, "left_out": leftOut] }
}

/// All that two models can have in common.
private let shared = Difference.allCases.filter { $0 != .model && $0 != .modelFile }

/// What both sides state of it, known or not.
private func circumstances(_ row: Speedup) -> [String?] {
  shared.flatMap { [$0.fact(of: row.subject), $0.fact(of: row.reference)] }
}

/// Why no row of another model is averaged with `row`: in what the nearest differs, or says more or less.
private func alone(_ row: Speedup, beside others: [Speedup]) -> String {
  let differing = others.filter { $0.model != row.model }.map { other in
    shared.filter {
      $0.fact(of: row.subject) != $0.fact(of: other.subject)
        || $0.fact(of: row.reference) != $0.fact(of: other.reference)
    }
  }
  let nearest = differing.min { $0.count < $1.count } ?? []
  return "other models differ in \(listed(nearest.map(\.words)))"
}
