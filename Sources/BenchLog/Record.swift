/// The kinds of line in a log; `docs/log-format.md` explains each.
public enum Record: UInt8, Sendable, CaseIterable {
  /// Origin and source of the whole log.
  case log
  /// A board: microcontroller, clocks, flash and cache state.
  case machine
  /// The software: runtime, kernels, compiler, flags.
  case build
  /// A model: name, dtype, checksum, sizes.
  case model
  /// One model on one board in one configuration.
  case run
  /// One operator of a run.
  case op
  /// One inference of a run.
  case inf
  /// One operator in one inference.
  case opt
  /// The end, with counts.
  case end

  /// The word in the line.
  public var word: StaticString {
    switch self {
    case .log: "log"
    case .machine: "machine"
    case .build: "build"
    case .model: "model"
    case .run: "run"
    case .op: "op"
    case .inf: "inf"
    case .opt: "opt"
    case .end: "end"
    }
  }
}
