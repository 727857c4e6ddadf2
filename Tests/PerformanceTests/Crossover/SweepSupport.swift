import Core
import Ingest
import Quantiles
import Statistics
import TestSupport
import Testing

@testable import Performance
@testable import Reference

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Made sweeps whose truth is known.
enum Made {
  static let cache = 16_384.0

  /// Sizes in KiB from an eighth of the cache to six times it.
  static let sizes: [Double] = [
    2, 3, 4, 6, 8, 10, 12, 13, 14, 15, 16, 17, 18, 19, 20, 22, 24, 26, 28, 30, 32, 36, 40, 48, 64,
    96,
  ]

  /// Cycles per MAC with breaks at the cache and its double, straight in -1 / x between them.
  static func ramp(_ bytes: Double, from before: Double = 2, to after: Double = 8) -> Double {
    let share = (1 / cache - 1 / bytes) / (1 / cache - 1 / (2 * cache))
    return before + (after - before) * min(max(share, 0), 1)
  }

  static func key(
    _ kind: String = "CONV_2D", dtype: Dtype = .fp32, weights: WeightsPlace = .flash,
    origin: Origin = .measured
  ) -> SweepKey {
    SweepKey(
      board: "pico2", boardWords: "RP2350", kind: kind, filter: kind == "CONV_2D" ? "5x5" : nil,
      dtype: dtype, weights: weights, origin: origin)
  }

  static func sweep(
    _ key: SweepKey = key(), sizes: [Double] = sizes, instructions: Double? = nil,
    _ cost: (Double) -> Double
  ) -> Sweep {
    Sweep(
      key: key,
      points: sizes.map { size in
        SweepPoint(
          weightBytes: size * 1024, cyclesPerMAC: cost(size * 1024),
          interval: .missing(reason: "made"),
          instructionCycles: instructions.map { .known($0) } ?? .missing(reason: "made"),
          run: "made", operatorWords: "0 \(key.kind)")
      })
  }

  /// One run per size: a model of one convolution whose log gives MACs, bytes and cycles.
  static func runs(
    _ configuration: [ConfigurationKey: String] = [:], sizes: [Double] = sizes,
    kind: String = "CONV_2D", unit: TimeUnit = .cycles, _ cost: (Double) -> Double
  ) -> [Run] {
    sizes.map { size in
      let bytes = (size * 1024).rounded()
      let macs = bytes * 192
      let cycles = cost(bytes) * macs
      var all = onRP2350("cnn_l1_c8_k5_m\(Int(macs))", "fp32", "flash")
      all.merge(configuration) { $1 }
      return makeRun(
        all, times: [cycles], unit: unit,
        operators: [
          OperatorRecord(
            index: 0, kind: kind, samples: Samples([cycles]), quantum: 1, macs: UInt64(macs),
            weightBytes: UInt64(bytes))
        ])
    }
  }

  /// The sweeps of made runs, without a machine model.
  static func logged(_ runs: [Run]) throws -> LoggedSweeps {
    let normalisation = Normalisation(reference: try ReferenceData.bundled(), confidence: 0.95)
    var known = runs.map(normalisation.analyse)
    known.makeIDsUnique()
    return LoggedSweeps(known, model: nil)
  }
}

extension SplitMix {
  /// A standard normal number (Box and Muller, 1958).
  mutating func normal() -> Double {
    let u = Double.random(in: Double.leastNormalMagnitude..<1, using: &self)
    let v = Double.random(in: 0..<1, using: &self)
    return (-2 * log(u)).squareRoot() * cos(2 * Double.pi * v)
  }
}
