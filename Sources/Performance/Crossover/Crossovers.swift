import Reference
import Statistics
import Support

/// Every sweep of an analysis, fitted.
public struct Crossovers: Sendable {
  /// From the operators of the logs.
  public var logged: [Crossover] = []
  /// Operators of the logs that make no sweep.
  public var unused: [UnusedOperators] = []
  /// Predicted by the machine model, or why not; nil where nobody asked.
  public var predicted: Outcome<[Crossover]>?

  /// Logged ones first.
  public var all: [Crossover] { logged + (predicted?.value ?? []) }

  /// What is asked of the machine model.
  public struct Prediction: Sendable, Equatable {
    /// Id of a flash mode; nil for the one after boot.
    public var flash: String?

    /// In a flash mode; nil for the one after boot.
    public init(flash: String? = nil) { self.flash = flash }
  }

  /// - Parameter prediction: nil for logs alone.
  public init(_ analysis: Analysis, predicting prediction: Prediction? = nil) {
    let level = analysis.options.confidence
    let sweeps = LoggedSweeps(
      analysis.selection.logged, doubted: analysis.labels.contradicted,
      model: analysis.machine.model.value)
    unused = sweeps.unused
    logged = Self.fit(sweeps.sweeps, level: level) { key in
      guard key.flash?.hasSuffix(Self.cacheOff) != true else { return nil }
      let caches = analysis.reference.machines.filter { [$0.id, $0.mcu].contains(key.board) }
      return caches.lazy.compactMap(\.cache).first.map { Double($0.bytes) }
    }
    if let prediction {
      predicted = analysis.machine.model.flatMap { model in
        model.predictedSweeps(flash: prediction.flash).map { sweeps in
          Self.fit(sweeps, level: level) { _ in model.machine.cache.map { Double($0.bytes) } }
        }
      }
    }
  }

  /// Those of the logs; where they have none, what the machine model expects.
  public static func orPredicted(_ analysis: Analysis) -> Crossovers {
    let logged = Crossovers(analysis)
    guard logged.logged.isEmpty, analysis.machine.model.value != nil else { return logged }
    return Crossovers(analysis, predicting: Prediction())
  }

  /// How a setup says that the cache in front of flash is off.
  static let cacheOff = "cache off"

  static func fit(
    _ sweeps: [Sweep], level: Double, cacheBytes: (SweepKey) -> Double?
  ) -> [Crossover] {
    sweeps.map { sweep in
      Crossover(
        sweep, cacheBytes: cacheBytes(sweep.key),
        sram: sweeps.first { $0.key == sweep.key.inSRAM }, level: level)
    }
  }
}
