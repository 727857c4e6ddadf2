import Core
import Ingest

/// What two runs can differ in; the raw value names it in tables and JSON.
public enum Difference: String, Sendable, CaseIterable {
  /// Model id.
  case model
  case dtype
  /// Where the weights are read from.
  case weights
  case runtime, kernels, compiler, flags, clock
  /// How flash is read: lanes and divisor.
  case flash
  case flashClock = "flash_clock"
  case xipCache = "xip_cache"
  case cores
  /// Where the code runs from.
  case code
  case activations
  /// Whether a board, an emulator or a model gave the numbers.
  case origin
  case board, mcu
  /// Instruction set of the cores.
  case arch
  /// Trained weights or a twin's.
  case weightsSource = "weights_source"
  /// The file that was run, by its CRC-32; of equal models in one dtype only.
  case modelFile = "model file"
  /// One inference, or the duty cycle that it is part of.
  case timed = "what is timed"
  case author

  /// Whether two runs have it in common.
  public enum Standing: Sendable, Equatable {
    case same, different
    /// One side or both do not say.
    case unknown
  }

  /// What the platform consists of: between boards it is what is compared.
  public static let platform: Set<Difference> = [
    .board, .mcu, .arch, .clock, .code, .activations, .runtime, .kernels, .compiler, .flags, .flash,
    .flashClock, .xipCache, .author,
  ]

  /// As sentences call it.
  public var words: String { key == .xipCache ? "cache" : rawValue.replacing("_", with: " ") }

  /// The key that states it; nil where no key does.
  var key: ConfigurationKey? {
    switch self {
    case .model: .model
    case .dtype: .dtype
    case .weights: .weights
    case .runtime: .runtime
    case .kernels: .kernels
    case .compiler: .compiler
    case .flags: .flags
    case .clock: .clock
    case .flash: .flash
    case .flashClock: .flashClock
    case .xipCache: .xipCache
    case .cores: .cores
    case .code: .code
    case .activations: .activations
    case .origin: .origin
    case .board: .board
    case .mcu: .mcu
    case .arch: .arch
    case .weightsSource: .weightsSource
    case .modelFile: .modelCRC32
    case .timed: nil
    case .author: .citation
    }
  }

  /// What `key` states; nil where no comparison asks for it.
  init?(_ key: ConfigurationKey) {
    guard let found = Self.allCases.first(where: { $0.key == key }) else { return nil }
    self = found
  }

  /// What `run` is known to have; nil where it does not say.
  public func fact(of run: AnalysedRun) -> String? {
    switch self {
    case .timed: run.run.latency.map { $0.kind == .dutyCycle ? "duty cycle" : "inference" }
    // A published time was measured, too; a log that does not say is of a board.
    case .origin: (run.origin == .published ? .measured : run.origin).description
    // What a board runs at unless somebody changed it is assumed, not known.
    case .clock:
      run.configuration[.clock].flatMap { $0.provenance == .boardDescription ? nil : $0.text }
    default: key.flatMap { run.configuration.text($0) }
    }
  }

  /// Whether `a` and `b` have it in common.
  func standing(_ a: AnalysedRun, _ b: AnalysedRun) -> Standing {
    guard let left = fact(of: a), let right = fact(of: b) else { return .unknown }
    if left == right { return .same }
    // Another dtype is another file, whatever the model.
    return self == .modelFile && Difference.dtype.standing(a, b) != .same ? .unknown : .different
  }
}

/// In what two runs differ, as far as they say.
public struct Differences: Sendable, Equatable {
  /// What both state, and not the same.
  public private(set) var different: Set<Difference> = []
  /// What one side or both do not state.
  public private(set) var unknown: Set<Difference> = []
  /// What of it the other side does state.
  public private(set) var halfKnown: Set<Difference> = []

  init(_ a: AnalysedRun, _ b: AnalysedRun) {
    for difference in Difference.allCases {
      switch difference.standing(a, b) {
      case .same: break
      case .different: different.insert(difference)
      case .unknown:
        unknown.insert(difference)
        if (difference.fact(of: a) == nil) != (difference.fact(of: b) == nil) {
          halfKnown.insert(difference)
        }
      }
    }
  }

  /// Whether the runs are of one board: two microcontrollers are of two.
  public var board: Difference.Standing {
    if different.contains(.board) { return .different }
    guard unknown.contains(.board) else { return .same }
    return different.contains(.mcu) ? .different : .unknown
  }

  /// What is known to differ, in the order of the cases.
  public func known(apartFrom left: Set<Difference> = []) -> [Difference] {
    Difference.allCases.filter { different.contains($0) && !left.contains($0) }
  }

  /// What differs, and of what matters what is not stated, apart from `left`: for `confounded_by`.
  func words(apartFrom left: Set<Difference>) -> [String] {
    known(apartFrom: left).map(\.rawValue)
      + Difference.allCases.filter {
        !left.contains($0) && unknown.contains($0)
          && (Self.asked.contains($0) || Self.built.contains($0) && halfKnown.contains($0))
      }.map { "\($0.rawValue) (not stated)" }
  }

  /// What every log should state.
  private static let asked: Set<Difference> = [.dtype, .weights, .runtime, .clock, .board]
  /// What is rarely stated unless somebody chose it.
  private static let built: Set<Difference> = [
    .kernels, .compiler, .flags, .flash, .flashClock, .xipCache, .code, .activations,
  ]

  /// How many things differ or are not stated that should be.
  var count: Int { words(apartFrom: []).count }
}
