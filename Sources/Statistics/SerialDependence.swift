import Core
import Quantiles
import Support

/// How far samples that follow each other depend on each other, by their autocorrelation at lag 1.
///
/// The test is that of Wald and Wolfowitz ("An exact test for randomness in the non-parametric case
/// based on serial correlation", Ann. Math. Stat. 14, 1943): how often a random order of the same
/// samples has an autocorrelation as high. It assumes nothing of their distribution, so that ticks,
/// outliers and two modes raise no false alarm. Against it stands von Neumann's ratio (Ann. Math.
/// Stat. 12, 1941), the usual figure, which is only told.
public struct SerialDependence: Sendable, Hashable {
  /// False alarms among independent samples: one in a hundred.
  public static let significance = 0.01
  /// What less than this share of the samples would be lost to is not worth a word.
  static let leastLoss = 0.1
  /// Fewer are not tested: the bias cannot be told from the rest.
  public static let leastCount: UInt64 = 6
  /// Orders that are drawn.
  private static let orders = 999
  /// The most samples that are put in another order; more are near enough to normal.
  private static let mostReordered: UInt64 = 2048

  /// The number of samples.
  public var count: UInt64
  /// The mean squared successive difference over the variance; 2 is expected without dependence.
  public var vonNeumannRatio: Double
  /// The autocorrelation at lag 1, its bias removed; between 0 and 1.
  public var autocorrelation: Double
  /// The probability that independent samples look as dependent.
  public var pValue: Double

  /// How many independent samples would say as much of the location: n (1 - r) / (1 + r), for an
  /// autoregressive process of order 1 (Bayley and Hammersley, "The effective number of independent
  /// observations in an autocorrelated time series", J. R. Stat. Soc. Suppl. 8, 1946).
  public var effectiveCount: Double {
    Double(count) * (1 - autocorrelation) / (1 + autocorrelation)
  }

  /// Whether independence is rejected, and it matters.
  public var isEvident: Bool { pValue <= Self.significance && matters }

  /// Whether it would cost more than a small share of the samples, were it there.
  private var matters: Bool { effectiveCount < (1 - Self.leastLoss) * Double(count) }

  /// The factor by which intervals widen.
  public var widening: Double { (Double(count) / effectiveCount).squareRoot() }

  /// Itself where it is evident: intervals of other samples stay as they are.
  var ifEvident: SerialDependence? { isEvident ? self : nil }

  /// What a method says of it.
  var words: String {
    "widened because samples depend on each other (\(count) count as \(countWords))"
  }

  /// Whether they say no more than one independent sample, which shows no spread. From there on
  /// intervals were simulated (docs/method.md).
  public var leavesNoInterval: Bool { effectiveCount <= 1 }

  /// Why no interval can be given, nil where one can.
  var objection: String? {
    guard leavesNoInterval else { return nil }
    return "the samples depend on each other: \(count) of them say no more of the median than one "
      + "independent sample, which shows no spread"
  }

  /// "4.9"; the effective number of samples.
  public var countWords: String {
    leavesNoInterval ? "one" : Format.significant(effectiveCount, digits: 2)
  }
}

extension Samples {
  /// The dependence of these samples, which came in the order that `order` summed up; nil where too
  /// few followed each other, where they are all equal, and where `order` is of others.
  public func dependence(_ order: SuccessiveDifferences, seed: UInt64 = 1) -> SerialDependence? {
    guard order.count == count, order.differences >= SerialDependence.leastCount - 1,
      let ratio = order.vonNeumannRatio, let raw = order.autocorrelation
    else { return nil }
    let n = Double(count)
    // E(r) = rho - (1 + 4 rho) / n where the mean is that of the sample (Marriott and Pope, "Bias
    // in the estimation of autocorrelations", Biometrika 41, 1954). Missing pairs lower it, too.
    let mended = (n * raw * (n - 1) / Double(order.differences) + 1) / (n - 4)
    var dependence = SerialDependence(
      count: count, vonNeumannRatio: ratio, autocorrelation: min(max(mended, 0), 1), pValue: 1)
    dependence.test(raw, of: self, differences: order.differences, seed: seed)
    return dependence
  }
}

extension SerialDependence {
  /// Sets the share of orders with an autocorrelation of at least `observed`.
  fileprivate mutating func test(
    _ observed: Double, of samples: Samples, differences: UInt64, seed: UInt64
  ) {
    let n = Double(samples.count)
    // Mean and variance of a random order, those of normal samples to order 1/n.
    let (pairs, mean) = (Double(differences), -Double(differences) / (n * (n - 1)))
    pValue = GSL.normalUpperTail((observed - mean) * n / pairs.squareRoot())
    // Far from a decision the approximation will do, and where none is to be made.
    guard matters, samples.count <= Self.mostReordered, pValue < 0.2 else { return }
    pValue = Self.shareOfOrders(observed, of: samples, differences: differences, seed: seed)
  }

  private static func shareOfOrders(
    _ observed: Double, of samples: Samples, differences: UInt64, seed: UInt64
  ) -> Double {
    let n = Double(samples.count)
    var values = samples.sorted.flatMap { [Double](repeating: $0.value, count: Int($0.count)) }
    let centre = values.reduce(0, +) / n
    for i in values.indices { values[i] -= centre }
    let spread = values.reduce(0) { $0 + $1 * $1 }
    // Orders that tie with the observed one count, whatever the rounding.
    let bar = (observed - 1e-9) * spread
    var random = SplitMix64(seed: seed)
    // Where so many are as high, samples do not look dependent, whatever the rest would say (Besag and
    // Clifford, "Sequential Monte Carlo p-values", Biometrika 78, 1991).
    let most = Int(Double(orders + 1) * significance)
    var asHigh = 0
    for order in 1...orders {
      values.shuffle(using: &random)
      var products = 0.0
      for i in 0..<Int(differences) { products += values[i] * values[i + 1] }
      if products >= bar { asHigh += 1 }
      if asHigh == most { return Double(most) / Double(order) }
    }
    return Double(asHigh + 1) / Double(orders + 1)
  }
}
