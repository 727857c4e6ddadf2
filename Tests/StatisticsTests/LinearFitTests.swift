import TestSupport
import Testing

@testable import Statistics

/// A model with two positive coefficients on four orders of magnitude, like cycles from
/// instructions and line fills, with errors that are a fraction of the value.
struct RelativeSample {
  static let truth = [1.14, 56.0]
  var rows: [[Double]] = []
  var values: [Double] = []

  init(count: Int, deviation: Double, _ random: inout SplitMix) {
    for _ in 0..<count {
      let row = Self.row(&random)
      rows.append(row)
      values.append(Self.mean(row) * (1 + deviation * random.normal()))
    }
  }

  static func row(_ random: inout SplitMix) -> [Double] {
    let instructions = Double.random(in: 1e5...1e9, using: &random)
    return [instructions, instructions * Double.random(in: 0.001...0.2, using: &random)]
  }

  static func mean(_ row: [Double]) -> Double { LinearFit.dot(row, truth) }
}

/// y = 1 + 2 x disturbed by +1, -1, -1, +1: the line stays, s^2 = 4 / 2, var b = s^2 / Sxx with
/// Sxx = 5; t(0.975, 2) = 4.302653 (any t table).
@Test func straightLineByHand() throws {
  let rows = [0.0, 1, 2, 3].map { [1, $0] }
  let fit = try #require(LinearFit.fit(rows: rows, values: [2, 2, 4, 8], loss: .absolute).value)
  #expect(isClose(fit.coefficients[0], 1) && isClose(fit.coefficients[1], 2))
  #expect(fit.degreesOfFreedom == 2)
  #expect(isClose(fit.residualScale.value, 2.0.squareRoot()))
  #expect(zip(fit.errors, [-1.0, 1, 1, -1]).allSatisfy { isClose($0, $1, within: 1e-9) })
  let covariance = try #require(fit.covariance.value)
  #expect(isClose(covariance[1][1], 0.4) && isClose(covariance[0][1], -0.6))
  #expect(isClose(covariance[0][0], 2 * (0.25 + 2.25 / 5)))

  let slope = try #require(fit.estimates()[1].interval.value)
  #expect(isClose(slope.high - 2, 4.302653 * 0.4.squareRoot(), within: 1e-6))
  #expect(slope.method == "least squares, 2 degrees of freedom")
  let ahead = try #require(fit.predict([1, 5]).value)
  #expect(isClose(ahead.value, 11))
  let variance = 2 * (0.25 + 3.5 * 3.5 / 5)
  #expect(
    isClose(
      ahead.confidence.value.map { $0.high - 11 }, 4.302653 * variance.squareRoot(), within: 1e-6))
  #expect(
    isClose(
      ahead.prediction.value.map { $0.high - 11 }, 4.302653 * (variance + 2).squareRoot(),
      within: 1e-6))
}

/// One column: b = sum(x / y) / sum((x / y)^2), the closed form of least relative squares.
@Test func relativeLossByHand() throws {
  let x = [1.0, 10, 100]
  let y = [2.2, 19, 210]
  let z = zip(x, y).map { $0 / $1 }
  let squares = z.reduce(0) { $0 + $1 * $1 }
  let expected = z.reduce(0, +) / squares
  let fit = try #require(LinearFit.fit(rows: x.map { [$0] }, values: y).value)
  #expect(isClose(fit.coefficients[0], expected))
  let errors = z.map { $0 * expected - 1 }
  #expect(zip(fit.errors, errors).allSatisfy { isClose($0, $1, within: 1e-9) })
  let variance = errors.reduce(0) { $0 + $1 * $1 } / 2
  #expect(isClose(fit.residualScale.value, variance.squareRoot()))
  let prediction = try #require(fit.predict([1000]).value)
  let y0 = 1000 * expected
  let reach = 4.302653 * y0 * (variance / squares / (expected * expected) + variance).squareRoot()
  #expect(isClose(prediction.prediction.value.map { $0.high - y0 }, reach, within: 1e-6))
  #expect(isClose(fit.errors[1], expected * 10 / 19 - 1))
}

/// A new value must lie in its 95 % prediction interval in 95 % of the cases: six points and two
/// coefficients, as few as there will be. Four standard errors of 2000 trials are 0.02.
@Test(arguments: [0.005, 0.05]) func relativePredictionsCover(deviation: Double) throws {
  var random = SplitMix(11)
  let trials = 2000
  var values = 0
  var means = 0
  var coefficients = 0
  for _ in 0..<trials {
    let sample = RelativeSample(count: 6, deviation: deviation, &random)
    let fit = try #require(LinearFit.fit(rows: sample.rows, values: sample.values).value)
    let row = RelativeSample.row(&random)
    let mean = RelativeSample.mean(row)
    let prediction = try #require(fit.predict(row).value)
    let value = mean * (1 + deviation * random.normal())
    if try #require(prediction.prediction.value).contains(value) { values += 1 }
    if try #require(prediction.confidence.value).contains(mean) { means += 1 }
    if fit.estimates()[1].interval.value?.contains(RelativeSample.truth[1]) == true {
      coefficients += 1
    }
  }
  for covered in [values, means, coefficients] {
    #expect(
      abs(Double(covered) / Double(trials) - 0.95) < 0.02, "\(values) \(means) \(coefficients)")
  }
}

@Test(arguments: FitLoss.allCases)
func leaveOneOutEqualsManualRefits(loss: FitLoss) throws {
  var random = SplitMix(5)
  let sample = RelativeSample(count: 9, deviation: 0.03, &random)
  let held = try #require(
    LinearFit.leaveOneOut(rows: sample.rows, values: sample.values, loss: loss).value)
  #expect(held.map(\.index) == Array(0..<9))
  for point in held {
    let others = (0..<9).filter { $0 != point.index }
    let fit = try #require(
      LinearFit.fit(
        rows: others.map { sample.rows[$0] }, values: others.map { sample.values[$0] }, loss: loss
      ).value)
    let expected = fit.predict(sample.rows[point.index])
    #expect(point.prediction == expected)
    let predicted = try #require(expected.value?.value)
    #expect(point.relativeError.value == (predicted - point.value) / point.value)
  }
}

/// For least squares the refit's error is e / (1 - h), Allen's PRESS residual.
@Test func leaveOneOutEqualsTheHatMatrixForLeastSquares() throws {
  let x = [1.0, 2, 4, 7, 8]
  let y = [3.0, 5, 8, 16, 17]
  let rows = x.map { [1, $0] }
  let fit = try #require(LinearFit.fit(rows: rows, values: y, loss: .absolute).value)
  let held = try #require(LinearFit.leaveOneOut(rows: rows, values: y, loss: .absolute).value)
  let mean = x.reduce(0, +) / 5
  let sxx = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  for (i, point) in held.enumerated() {
    let leverage = 0.2 + (x[i] - mean) * (x[i] - mean) / sxx
    let error = try #require(point.prediction.value?.value) - y[i]
    #expect(isClose(error, fit.errors[i] / (1 - leverage), within: 1e-9))
  }
}

@Test(arguments: 0..<10) func robustFitResistsAnOutlier(seed: UInt64) throws {
  var random = SplitMix(seed)
  var sample = RelativeSample(count: 12, deviation: 0.01, &random)
  let clean = try #require(
    LinearFit.fit(rows: sample.rows, values: sample.values, loss: .robust).value)
  // Too low by far: x / y is large, where relative least squares is swayed most.
  sample.values[Int(seed)] /= 3
  let robust = try #require(
    LinearFit.fit(rows: sample.rows, values: sample.values, loss: .robust).value)
  let plain = try #require(
    LinearFit.fit(rows: sample.rows, values: sample.values, loss: .relative).value)
  let row = [1e8, 1e7]
  let mean = RelativeSample.mean(row)
  func error(_ fit: LinearFit) -> Double { abs((fit.predict(row).value?.value ?? 0) / mean - 1) }
  #expect(error(robust) < 0.02)
  #expect(error(plain) > 0.03)
  #expect(error(clean) < 0.02)
  #expect(abs(robust.errors[Int(seed)] - 2) < 0.1)
}

/// Without wild values the bisquare loses little: it stays close to least squares.
@Test func robustFitOfCleanDataIsNearLeastSquares() throws {
  var random = SplitMix(3)
  let sample = RelativeSample(count: 40, deviation: 0.02, &random)
  let robust = try #require(
    LinearFit.fit(rows: sample.rows, values: sample.values, loss: .robust).value)
  let plain = try #require(LinearFit.fit(rows: sample.rows, values: sample.values).value)
  for (a, b) in zip(robust.estimates(), plain.estimates()) {
    let (wide, narrow) = (try #require(a.interval.value), try #require(b.interval.value))
    #expect(narrow.contains(a.value) && a.value != b.value)
    let ratio = (wide.high - wide.low) / (narrow.high - narrow.low)
    #expect(ratio > 0.8 && ratio < 1.25)
  }
}

@Test(arguments: FitLoss.allCases)
func orderOfPointsIsImmaterial(loss: FitLoss) throws {
  var random = SplitMix(8)
  let sample = RelativeSample(count: 8, deviation: 0.05, &random)
  let fit = try #require(LinearFit.fit(rows: sample.rows, values: sample.values, loss: loss).value)
  let order = Array(0..<8).shuffled(using: &random)
  let other = try #require(
    LinearFit.fit(
      rows: order.map { sample.rows[$0] }, values: order.map { sample.values[$0] }, loss: loss
    ).value)
  #expect(fit.coefficients == other.coefficients && fit.covariance == other.covariance)
  #expect(order.map { fit.errors[$0] } == other.errors)
}

@Test(arguments: FitLoss.allCases, [1e-100, 3.0, 1e100])
func fitFollowsTheUnits(loss: FitLoss, unit: Double) throws {
  var random = SplitMix(9)
  let sample = RelativeSample(count: 8, deviation: 0.05, &random)
  let plain = try #require(
    LinearFit.fit(rows: sample.rows, values: sample.values, loss: loss).value)
  let scaled = try #require(
    LinearFit.fit(
      rows: sample.rows.map { [$0[0], $0[1] * 1000] }, values: sample.values.map { $0 * unit },
      loss: loss
    ).value)
  #expect(isClose(scaled.coefficients[0], plain.coefficients[0] * unit, within: 1e-6))
  #expect(isClose(scaled.coefficients[1], plain.coefficients[1] * unit / 1000, within: 1e-6))
  let a = try #require(plain.predict([1e6, 1e5]).value?.prediction.value)
  let b = try #require(scaled.predict([1e6, 1e8]).value?.prediction.value)
  #expect(isClose(b.high, a.high * unit, within: 1e-6))
}

@Test func exactDataNeedNoWidth() throws {
  let rows = [[1.0, 4], [2, 3], [3, 1], [4, 9], [5, 2]]
  let values = rows.map { 2 * $0[0] + 5 * $0[1] }
  for loss in FitLoss.allCases {
    let fit = try #require(LinearFit.fit(rows: rows, values: values, loss: loss).value)
    #expect(isClose(fit.coefficients[0], 2, within: 1e-12))
    let interval = try #require(fit.predict([1, 1]).value?.prediction.value)
    #expect(isClose(interval.low, 7, within: 1e-12) && isClose(interval.high, 7, within: 1e-12))
  }
  // One wild value among exact ones: found, and the intervals stay wide enough for the truth.
  let many = (0..<12).map { [1, Double($0 * $0 % 13)] }
  var wild = many.map { 2 + 5 * $0[1] }
  wild[3] /= 2
  let fit = try #require(LinearFit.fit(rows: many, values: wild, loss: .robust).value)
  #expect(isClose(fit.coefficients[0], 2, within: 1e-4), "\(fit)")
}

@Test func whatCannotBeFittedHasAReason() throws {
  func reason(_ rows: [[Double]], _ values: [Double], _ loss: FitLoss = .relative) -> String {
    LinearFit.fit(rows: rows, values: values, loss: loss).reason ?? ""
  }
  #expect(reason([], []).contains("there are none"))
  #expect(reason([[]], [1]).contains("at least one column"))
  #expect(reason([[1], [1, 2]], [1, 2]).contains("1 columns for every row"))
  #expect(reason([[1], [.nan]], [1, 2]) == "row 2 of the design is not finite")
  #expect(reason([[1], [1]], [1, .infinity]) == "value 2 is not a finite number")
  #expect(reason([[1], [1]], [0, 1]) == "a relative error needs positive values; value 1 is 0")
  #expect(reason([[1, 2]], [1]).contains("needs at least 2 points; there is 1"))
  #expect(reason([[1], [2]], [1, 2], .robust).contains("needs at least 3 points; there are 2"))
  #expect(reason([[1, 0], [2, 0]], [1, 2]) == "column 2 of the design is zero in every row")
  let dependent = [[1.0, 2, 3], [4, 5, 9], [7, 1, 8], [0.1, 0.7, 0.8]]
  for loss in [FitLoss.absolute, .relative] {
    #expect(reason(dependent, [1, 2, 3, 4], loss).contains("(rank 2)"))
  }
  #expect(reason([[1e300], [1]], [1e-300, 1]).contains("leave the range"))

  let exact = try #require(LinearFit.fit(rows: [[1, 0], [1, 1]], values: [1, 3]).value)
  #expect(isClose(exact.coefficients[1], 2))
  #expect(exact.covariance.reason?.contains("at least 3 points") == true)
  #expect(exact.predict([1, 2]).value?.prediction.reason?.contains("no degree of freedom") == true)
  #expect(isClose(exact.predict([1, 2]).value?.value, 5))
  #expect(exact.predict([1]).reason?.contains("2 columns") == true)
  #expect(exact.predict([1, .nan]).value == nil)
  let line = try #require(LinearFit.fit(rows: [[1], [2], [3]], values: [1, 2, 4]).value)
  #expect(line.estimates(level: 1)[0].interval.reason?.contains("level") == true)
  #expect(LinearFit.leaveOneOut(rows: [[1]], values: []).value == nil)
}
