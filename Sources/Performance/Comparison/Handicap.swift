import Ingest

/// A choice of build or board that is known to cost time, so that the run shows less than the platform can.
public enum Handicap: Sendable, Hashable, CaseIterable {
  case optimisation, referenceKernels, cacheOff, slowFlash

  /// Those that `run` states.
  static func all(of run: AnalysedRun) -> [Handicap] {
    let configuration = run.configuration
    return allCases.filter { handicap in
      switch handicap {
      case .optimisation: configuration.text(.flags).map(isPoorlyOptimised) ?? false
      case .referenceKernels: configuration.text(.kernels) == "reference"
      case .cacheOff: configuration.text(.xipCache) == "off"
      case .slowFlash: configuration.text(.flash).map(isSlow) ?? false
      }
    }
  }

  /// The last level counts, as compilers have it; without one nothing is known.
  private static func isPoorlyOptimised(_ flags: String) -> Bool {
    let level = flags.split(whereSeparator: { " ,;".contains($0) }).last { $0.hasPrefix("-O") }
    return level.map { ["-O0", "-O1", "-O", "-Os", "-Og", "-Oz"].contains($0) } ?? false
  }

  private static func isSlow(_ flash: String) -> Bool {
    ["serial", "dual"].contains { flash.lowercased().hasPrefix($0) }
  }

  /// As sentences call it.
  public var words: String {
    switch self {
    case .optimisation: "built without full optimisation"
    case .referenceKernels: "with reference kernels"
    case .cacheOff: "with the cache off"
    case .slowFlash: "from serial or dual flash"
    }
  }
}
