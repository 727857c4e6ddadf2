// One line of the project's log: encode, decode, checksum, version. The firmware writes with
// it, Ingest reads with it. Knows nothing of files and of Foundation.

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
  /// A run of the measuring plan that could not be made.
  case refused
  /// One operator of a run.
  case op
  /// One inference of a run.
  case inf
  /// One operator in one inference.
  case opt
  /// What inferences of a run gave.
  case out
  /// Statistics of all timed inferences of a run.
  case sum
  /// The end of a run.
  case done
  /// A micro-benchmark.
  case bench
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
    case .refused: "refused"
    case .op: "op"
    case .inf: "inf"
    case .opt: "opt"
    case .out: "out"
    case .sum: "sum"
    case .done: "done"
    case .bench: "bench"
    case .end: "end"
    }
  }

  /// The version that brought it; no line of an older one is of this kind.
  public var since: UInt32 {
    switch self {
    case .log, .machine, .build, .model, .run, .op, .inf, .opt, .end: 1
    case .refused, .out, .sum, .done, .bench: 2
    }
  }
}
