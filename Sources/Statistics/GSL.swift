import Core

// GSL declares its generator types as variables; nobody ever changes them.
@preconcurrency import CGSL

/// The functions of the GNU Scientific Library that this room uses. GSL's default error handler
/// ends the process; every entry point below switches it off first, once and for all threads.
enum GSL {
  /// A static constant is initialised exactly once, whatever thread comes first.
  static let quiet: Void = { _ = gsl_set_error_handler_off() }()

  /// P(X <= successes) for a binomial variable.
  static func binomialCDF(_ successes: UInt32, probability: Double, trials: UInt32) -> Double {
    _ = quiet
    return gsl_cdf_binomial_P(successes, probability, trials)
  }

  /// P(Z <= z) for a standard normal variable.
  static func normalCDF(_ z: Double) -> Double {
    _ = quiet
    return gsl_cdf_ugaussian_P(z)
  }

  /// P(Z > z) for a standard normal variable.
  static func normalUpperTail(_ z: Double) -> Double {
    _ = quiet
    return gsl_cdf_ugaussian_Q(z)
  }

  /// The deviations that an interval of a level reaches to either side.
  static func normalQuantile(level: Double) -> Double {
    _ = quiet
    return gsl_cdf_ugaussian_Qinv((1 - level) / 2)
  }

  static func normalDensity(_ z: Double) -> Double {
    _ = quiet
    return gsl_ran_ugaussian_pdf(z)
  }

  /// Student's t that an interval of a level reaches to either side.
  static func studentT(level: Double, degreesOfFreedom: Double) -> Double {
    _ = quiet
    return gsl_cdf_tdist_Qinv((1 - level) / 2, degreesOfFreedom)
  }

  /// P(F > f) for Fisher's F.
  static func fisherUpperTail(_ f: Double, _ numerator: Double, _ denominator: Double) -> Double {
    _ = quiet
    return gsl_cdf_fdist_Q(f, numerator, denominator)
  }

  /// The probability that a chi-squared variable is above `x`.
  static func chiSquaredUpperTail(_ x: Double, degreesOfFreedom: Double) -> Double {
    _ = quiet
    return gsl_cdf_chisq_Q(x, degreesOfFreedom)
  }

  /// A seeded Mersenne Twister (Matsumoto and Nishimura 1998). Confined to one function call.
  final class Generator {
    private let state: UnsafeMutablePointer<gsl_rng>

    /// Nil when memory runs out.
    init?(seed: UInt64) {
      _ = GSL.quiet
      guard let state = gsl_rng_alloc(gsl_rng_mt19937) else { return nil }
      self.state = state
      // GSL's generator takes 32 bits, and 0 as its default: mix the 64 bits of the seed first.
      var mixed = SplitMix64(seed: seed)
      gsl_rng_set(state, UInt(mixed.next() >> 32))
    }

    // The pointer came from gsl_rng_alloc, is never handed out, and is freed only here.
    deinit { gsl_rng_free(state) }

    /// A draw from the beta distribution.
    func beta(_ a: Double, _ b: Double) -> Double { gsl_ran_beta(state, a, b) }
  }
}
