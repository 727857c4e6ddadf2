import Statistics
import Support

/// A linear fit with a part that is known beforehand: value = row x coefficients + offset.
package struct OffsetFit: Sendable {
  struct Point: Sendable {
    var row: [Double]
    var offset: Double
    var value: Double
  }

  let points: [Point]
  let fit: LinearFit
  let loss: FitLoss

  static func fit(_ points: [Point], loss: FitLoss) -> Outcome<OffsetFit> {
    LinearFit.fit(
      rows: points.map(\.row), values: points.map(\.value), offsets: points.map(\.offset),
      loss: loss
    ).map { OffsetFit(points: points, fit: $0, loss: loss) }
  }

  /// What a fit without each point says of it.
  func heldOut() -> [Double?] { Self.heldOut(points, loss: loss) }

  /// What a fit to the others says of each point.
  static func heldOut(_ points: [Point], loss: FitLoss) -> [Double?] {
    let held = LinearFit.leaveOneOut(
      rows: points.map(\.row), values: points.map(\.value), offsets: points.map(\.offset),
      loss: loss)
    return held.value?.map { $0.prediction.value?.value } ?? points.map { _ in nil }
  }

  /// Where one new value at a row would lie.
  package func interval(row: [Double], offset: Double, level: Double) -> Outcome<Interval> {
    fit.predict(row, offset: offset, level: level).flatMap(\.prediction)
  }
}
