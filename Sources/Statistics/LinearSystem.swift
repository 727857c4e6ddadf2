import Support

/// A checked linear system in units of its own size, ready for GSL.
struct LinearSystem {
  let loss: FitLoss
  /// The rows, divided by the units and, for the relative losses, by the values; in canonical order.
  let design: [[Double]]
  let target: [Double]
  /// The greatest magnitude in each column of the design.
  let columnUnits: [Double]
  /// The greatest magnitude among the values; 1 for the relative losses.
  let valueUnit: Double

  /// The system of points, or why they cannot be fitted.
  static func make(
    rows: [[Double]], values: [Double], offsets: [Double]? = nil, loss: FitLoss
  ) -> Outcome<LinearSystem> {
    guard let columns = rows.first?.count, columns > 0 else {
      return .missing(reason: "a linear fit needs points with at least one column; there are none")
    }
    guard rows.count == values.count, rows.allSatisfy({ $0.count == columns }) else {
      return .missing(
        reason: "a linear fit needs one value and \(columns) columns for every row; "
          + "there are \(rows.count) rows, \(values.count) values")
    }
    if let offsets, offsets.count != values.count || !offsets.allSatisfy(\.isFinite) {
      return .missing(
        reason:
          "a linear fit needs one finite offset per value; there are \(offsets.count) offsets, "
          + "\(values.count) values")
    }
    if let index = rows.firstIndex(where: { !$0.allSatisfy(\.isFinite) }) {
      return .missing(reason: "row \(index + 1) of the design is not finite")
    }
    if let objection = loss.objection(to: values) { return .missing(reason: objection) }
    // Two spare points: with one, no residual can be told from the others.
    let needed = columns + (loss == .robust ? 2 : 0)
    guard values.count >= needed else {
      return .missing(
        reason: "\(loss.wording) with \(columns) coefficients needs at least \(needed) points; "
          + Wording.thereAre(UInt64(values.count)))
    }
    return scaled(
      rows: rows, values: values,
      offsets: offsets ?? Array(repeating: 0, count: values.count), loss: loss, columns: columns)
  }

  private static func scaled(
    rows: [[Double]], values: [Double], offsets: [Double], loss: FitLoss, columns: Int
  ) -> Outcome<LinearSystem> {
    let divided = zip(rows, values).map { row, value in
      loss.isRelative ? row.map { $0 / value } : row
    }
    let units = (0..<columns).map { j in divided.reduce(0) { max($0, abs($1[j])) } }
    if let zero = units.firstIndex(of: 0) {
      return .missing(reason: "column \(zero + 1) of the design is zero in every row")
    }
    guard units.allSatisfy(\.isFinite) else {
      return .missing(reason: "rows divided by their values leave the range of numbers")
    }
    let valueUnit =
      loss.isRelative ? 1 : max(values.reduce(0) { max($0, abs($1)) }, .leastNormalMagnitude)
    let points = values.indices.map { i in
      (
        row: zip(divided[i], units).map { $0 / $1 },
        value: loss.isRelative
          ? 1 - offsets[i] / values[i] : (values[i] - offsets[i]) / valueUnit
      )
    }
    // Sums depend on their order in the last digits: a canonical one makes the fit a function of
    // the set of points.
    let sorted = points.sorted { a, b in
      a.value != b.value ? a.value < b.value : a.row.lexicographicallyPrecedes(b.row)
    }
    return .known(
      LinearSystem(
        loss: loss, design: sorted.map(\.row), target: sorted.map(\.value), columnUnits: units,
        valueUnit: valueUnit))
  }

  /// The solution in the system's own units.
  func solve() -> Outcome<GSL.LeastSquares> {
    GSL.leastSquares(design, target).flatMap { solution in
      let columns = columnUnits.count
      guard solution.rank == columns else {
        return .missing(
          reason: "the \(columns) columns of the design depend on each other (rank "
            + "\(solution.rank)): their coefficients cannot be told apart")
      }
      return loss == .robust ? robust(start: solution) : .known(solution)
    }
  }

  private func robust(start: GSL.LeastSquares) -> Outcome<GSL.LeastSquares> {
    // Nothing to down-weight, and no scale to judge it by: residuals are rounding errors.
    guard start.residualScale > 1e-14 else { return .known(start) }
    // GSL bounds its scale below by a millionth of the target's deviation, and by 1 when that is
    // zero, as it is for a target of ones: the bisquare would see no outlier. Turning the sign of
    // every other equation changes no residual's size but gives the target a deviation.
    let signs = design.indices.map { $0 % 2 == 0 ? 1.0 : -1.0 }
    return GSL.bisquare(
      zip(design, signs).map { row, sign in row.map { $0 * sign } },
      zip(target, signs).map { $0 * $1 })
  }
}
