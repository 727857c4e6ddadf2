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

  /// A seeded Mersenne Twister (Matsumoto and Nishimura 1998). Confined to one function call.
  final class Generator {
    private let state: UnsafeMutablePointer<gsl_rng>

    /// Nil when memory runs out.
    init?(seed: UInt64) {
      _ = GSL.quiet
      guard let state = gsl_rng_alloc(gsl_rng_mt19937) else { return nil }
      self.state = state
      // GSL's generator takes 32 bits, and 0 as its default: mix the 64 bits of the seed first.
      gsl_rng_set(state, UInt(SplitMix64.mix(seed) >> 32))
    }

    // The pointer came from gsl_rng_alloc, is never handed out, and is freed only here.
    deinit { gsl_rng_free(state) }

    /// A draw from the beta distribution.
    func beta(_ a: Double, _ b: Double) -> Double { gsl_ran_beta(state, a, b) }
  }
}

/// The output function of SplitMix64: Steele, Lea, Flood, "Fast splittable pseudorandom number
/// generators", OOPSLA 2014.
enum SplitMix64 {
  static func mix(_ seed: UInt64) -> UInt64 {
    var z = seed &+ 0x9e37_79b9_7f4a_7c15
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
