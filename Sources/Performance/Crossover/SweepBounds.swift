import Core
import Statistics
import Support

/// What bounds the operators of a sweep: instructions, or waiting for flash; the larger of the two.
public struct SweepBounds: Sendable, Equatable {
  /// How the cycles of the instructions are known.
  public enum Basis: Sendable, Equatable {
    /// The machine model gives them for each operator.
    case model
    /// What the same kind of operator takes from SRAM.
    case sram
    /// What the sweep takes below its onset, where the cache holds the weights.
    case flat

    /// In words.
    public var words: String {
      switch self {
      case .model: "instructions by the machine model"
      case .sram: "instructions by the same sweep from SRAM"
      case .flat: "instructions by the level below the onset"
      }
    }
  }

  /// How the cycles of the instructions are known, or why not.
  public var basis: Outcome<Basis>
  /// Cycles per MAC that wait for flash, point by point; empty where the basis is missing.
  public var waiting: [Double] = []
  /// Waiting as a share of all cycles, point by point.
  public var shares: [Double] = []
  /// The term that bounds every point; nil where it changes or nobody knows.
  public var everywhere: BoundTerm?
  /// Size from which waiting exceeds the instructions in every larger operator, bytes.
  public var even: Outcome<Double>

  init(_ sweep: Sweep, flat: Double?, sram: Sweep?) {
    let points = sweep.points
    let own = points.compactMap(\.instructionCycles.value)
    var instructions: [Double] = []
    if own.count == points.count, !own.isEmpty {
      (basis, instructions) = (.known(.model), own)
    } else if let level = sram.flatMap(Self.median) {
      (basis, instructions) = (.known(.sram), points.map { _ in level })
    } else if let flat, flat > 0 {
      (basis, instructions) = (.known(.flat), points.map { _ in flat })
    } else {
      basis = .missing(
        reason:
          "how many cycles the instructions take is not known: no table gives the shapes of all "
          + "operators, and there is no such sweep from SRAM")
    }
    guard sweep.key.weights == .flash else {
      // There is nothing to wait for.
      waiting = points.map { _ in 0 }
      shares = waiting
      everywhere = points.isEmpty ? nil : .compute
      even = .missing(reason: "nothing waits for flash")
      return
    }
    guard basis.value != nil else {
      even = .missing(reason: basis.reason ?? "")
      return
    }
    waiting = zip(points, instructions).map { max($0.cyclesPerMAC - $1, 0) }
    shares = zip(points, waiting).map { $0.cyclesPerMAC > 0 ? $1 / $0.cyclesPerMAC : 0 }
    let isFlash = zip(waiting, instructions).map { $0 > $1 }
    if !isFlash.contains(false), !isFlash.isEmpty {
      everywhere = .flash
    } else if !isFlash.contains(true), !isFlash.isEmpty {
      everywhere = .compute
    }
    even = Self.even(points, zip(waiting, instructions).map { $0 - $1 })
  }

  /// Where the excess of waiting over instructions goes through zero for the last time.
  private static func even(_ points: [SweepPoint], _ excess: [Double]) -> Outcome<Double> {
    guard let last = excess.lastIndex(where: { $0 <= 0 }) else {
      return .missing(reason: "waiting for flash exceeds the instructions at every size")
    }
    guard last + 1 < excess.count else {
      return .missing(
        reason: "waiting for flash does not exceed the instructions at any larger size")
    }
    let (a, b) = (points[last].weightBytes, points[last + 1].weightBytes)
    let share = -excess[last] / (excess[last + 1] - excess[last])
    return .known(a + (b - a) * share)
  }

  private static func median(_ sweep: Sweep) -> Double? {
    let values = sweep.points.map(\.cyclesPerMAC).sorted()
    guard !values.isEmpty else { return nil }
    let middle = values.count / 2
    return values.count % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2
  }
}
