#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Natural logarithm, without pulling a platform module into every file.
func logRatio(_ x: Double) -> Double { log(x) }

/// e to the power of `x`.
func exponential(_ x: Double) -> Double { exp(x) }
