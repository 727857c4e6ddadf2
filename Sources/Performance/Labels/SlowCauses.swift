import Core
import Ingest
import MachineModel
import Reference
import Support

/// One way in which a run that is called int8 comes to a time that int8 does not need.
public struct SlowCause: Sendable, Equatable {
  /// The ways that are known.
  public enum Kind: Sendable, Hashable, CaseIterable {
    case float32, referenceKernels, unoptimisedBuild, slowFlash
  }

  /// What speaks for it or against it.
  public enum Verdict: Sendable, Equatable {
    /// A prediction holds the time, in words with its figures.
    case fits(String)
    /// Nothing that is known excludes it; in words what is known of its time, where something is.
    case open(String?)
    /// Why it is none, with the figures.
    case excluded(String)
  }

  /// Which way.
  public var kind: Kind
  /// What speaks for it or against it.
  public var verdict: Verdict

  /// Whether nothing excludes it.
  public var isPossible: Bool {
    if case .excluded = verdict { false } else { true }
  }

  /// "KWS, possible: float32, predicted ...", "KWS, excluded: ...".
  func line(_ name: String) -> String {
    switch verdict {
    case .fits(let words), .open(let words?): "\(name), possible: \(kind.words), \(words)."
    case .open(nil): "\(name), possible: \(kind.words); nothing here predicts its time."
    case .excluded(let reason): "\(name), excluded: \(kind.words), \(reason)."
    }
  }
}

extension SlowCause.Kind {
  /// As headlines name it.
  var words: String {
    switch self {
    case .float32: "float32"
    case .referenceKernels: "TFLM's reference kernels"
    case .unoptimisedBuild: "an unoptimised build (-O0, -Os)"
    case .slowFlash: "slow flash (its mode, or the cache off)"
    }
  }
}

/// Tries each cause on one run: what its configuration says, and whether a prediction holds its time.
struct SlowCauses {
  let run: AnalysedRun
  let model: String
  let clockHz: Double
  /// What the run took, s.
  let seconds: Double
  let machine: MachineModel
  let reference: ReferenceData

  /// A prediction for one setting of flash.
  private struct Tried {
    var words: String
    var seconds: Double
    var holds: Bool
  }

  /// All causes, in the order of their kinds.
  var all: [SlowCause] {
    [
      SlowCause(kind: .float32, verdict: float32),
      SlowCause(
        kind: .referenceKernels,
        verdict: .stated(run, .kernels, is: "reference")),
      SlowCause(kind: .unoptimisedBuild, verdict: build),
      SlowCause(kind: .slowFlash, verdict: slowFlash),
    ]
  }

  /// The flags, or what the one factor that was counted would make of int8.
  private var build: SlowCause.Verdict {
    if let flags = run.configuration.text(.flags) { return .excluded("the flags are \(flags)") }
    guard let factor = reference.buildFactors.first,
      let cost = reference.cost(model: model, dtype: .int8),
      let fair = machine.predict(
        cost, Scenario(weights: run.weights ?? .flash, clockHz: clockHz, hasCache: hasCache)
      ).value
    else { return .open(nil) }
    let cycles = factor.factor * fair.parts.instructions + fair.parts.waiting
    return .open(
      "about \(Format.seconds(cycles / clockHz, digits: 2)) where \(factor.flags) takes "
        + "\(Format.number(factor.factor)) times the instructions of -O3, as was counted for "
        + "\(ModelName.words(factor.model)) \(factor.dtype); the factor of int8 and that of -O0 are not known"
    )
  }

  private var float32: SlowCause.Verdict {
    if let reason = run.integerEvidence(reference) { return .excluded(reason) }
    let usual = [WeightsPlace.flash, .sram].filter { run.weights == nil || run.weights == $0 }
      .compactMap {
        predicted(Scenario(dtype: .fp32, weights: $0, clockHz: clockHz, hasCache: hasCache))
      }
    if usual.isEmpty { return .open(nil) }
    let holding = usual.filter(\.holds)
    if !holding.isEmpty { return .fits(Self.times(holding)) }
    let settings = flashSettings(.fp32).filter(\.holds)
    return .excluded(
      Self.times(usual)
        + (settings.isEmpty
          ? "" : "; it takes a second cause to fit: \(Self.times(settings, "or"))"))
  }

  private var slowFlash: SlowCause.Verdict {
    guard run.weights != .sram else { return .excluded("the weights are in SRAM") }
    let settings = flashSettings(.int8)
    if settings.isEmpty {
      return .excluded(
        hasCache
          ? "flash is in its usual mode with the cache on"
          : "flash is in its usual mode, and the time is above int8's with the cache off")
    }
    let holding = settings.filter(\.holds)
    if !holding.isEmpty { return .fits(Self.times(holding, "or")) }
    // The nearest on both sides say enough.
    let nearest = [
      settings.filter { $0.seconds < seconds }.max { $0.seconds < $1.seconds },
      settings.filter { $0.seconds >= seconds }.min { $0.seconds < $1.seconds },
    ]
    return .excluded(Self.times(nearest.compactMap { $0 }))
  }

  /// False where the cache in front of flash is stated to be off.
  private var hasCache: Bool { run.configuration.text(.xipCache) != "off" }

  /// The model in every setting of flash that nothing excludes, but for the usual mode with the cache as
  /// it is stated.
  private func flashSettings(_ dtype: Dtype) -> [Tried] {
    guard run.weights != .sram else { return [] }
    let stated = run.configuration.text(.flash)
    let modes = machine.machine.flashModes.map(\.id).filter { stated == nil || $0 == stated }
    let caches = run.configuration.text(.xipCache) == nil ? [true, false] : [hasCache]
    return modes.flatMap { mode in
      caches.compactMap { cache in
        let isUsual = mode == machine.mode.id
        if isUsual, cache == hasCache { return nil }
        return predicted(
          Scenario(
            dtype: dtype, clockHz: clockHz, flash: isUsual ? nil : mode, hasCache: cache))
      }
    }
  }

  private func predicted(_ scenario: Scenario) -> Tried? {
    guard let cost = reference.cost(model: model, dtype: scenario.dtype),
      let prediction = machine.predict(cost, scenario).value,
      let interval = prediction.interval.value
    else { return nil }
    var setting: [String] = []
    if let flash = scenario.flash { setting.append("in mode \(flash)") }
    if !scenario.hasCache { setting.append("with the cache off") }
    let place = ([scenario.weights.words] + (scenario.weights == .sram ? [] : setting))
      .joined(separator: " ")
    return Tried(
      words: "\(Format.seconds(prediction.seconds, digits: 3)) from \(place) "
        + "(\(Format.seconds(interval.low, digits: 3)) to \(Format.seconds(interval.high, digits: 3)))",
      seconds: prediction.seconds, holds: interval.contains(seconds))
  }

  private static func times(_ tried: [Tried], _ conjunction: String = "and") -> String {
    "predicted \(listed(tried.map(\.words), conjunction))"
  }
}
