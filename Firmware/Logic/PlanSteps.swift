import Core

/// The state of the board that a step asks for; nil means: as it is.
public struct Configuration: Sendable, Equatable {
  /// CPU clock.
  var clockMegahertz: UInt32?
  /// CPU clock / flash clock.
  public var flashDivisor: UInt32?
  /// XIP cache on.
  public var cache: Bool?
}

/// One run of a plan.
public struct PlanStep: Sendable, Equatable {
  /// Which model.
  public var model: Int
  /// Which engine.
  public var engine: Int
  /// Where its weights are.
  public var weights: WeightsPlace
  /// On how many cores.
  public var cores: Int
  /// What the board is in.
  public var configuration: Configuration
}

/// The runs of a plan in their order: of two neighbours the engine and the weights differ first,
/// then cores, cache, flash clock and CPU clock, and models last, so that what is to be compared
/// stands together.
public struct PlanSteps {
  /// How many runs there are.
  public let count: Int
  /// How many configurations of the board there are.
  public let configurations: Int
  private let plan: MeasuringPlan
  private let engines: Choice
  private let cores: Choice

  /// The runs that `plan` makes of so many models, engines and cores. "both" are those that there are.
  public init(_ plan: MeasuringPlan, models: Int, engines: Int, cores: Int) {
    self.plan = plan
    self.engines = plan.engines == .both && engines < 2 ? .first : plan.engines
    self.cores = plan.cores == .both && cores < 2 ? .first : plan.cores
    configurations = plan.clocks.ways * plan.divisors.ways * (plan.cache?.count ?? 1)
    let chosen = plan.models && engines > 0 ? (plan.model == nil ? models : 1) : 0
    count =
      chosen * configurations * self.cores.count * self.engines.count * plan.weights.count
  }

  /// Configuration `index` of the board.
  public func configuration(_ index: Int) -> Configuration {
    var rest = index
    let cache = plan.cache.map { $0.way(Self.digit(&rest, $0.count)) == 0 }
    let divisor = plan.divisors.way(Self.digit(&rest, plan.divisors.ways))
    let clock = plan.clocks.way(rest)
    return Configuration(clockMegahertz: clock, flashDivisor: divisor, cache: cache)
  }

  /// Run `index`, below `count`.
  public subscript(index: Int) -> PlanStep {
    var rest = index
    let weights = plan.weights.place(Self.digit(&rest, plan.weights.count))
    let engine = engines.way(Self.digit(&rest, engines.count))
    let cores = self.cores.way(Self.digit(&rest, self.cores.count)) + 1
    let board = configuration(Self.digit(&rest, configurations))
    return PlanStep(
      model: plan.model ?? rest, engine: engine, weights: weights,
      cores: cores, configuration: board)
  }

  /// The lowest digit of a number whose digits have bases of their own.
  private static func digit(_ rest: inout Int, _ base: Int) -> Int {
    let digit = rest % base
    rest /= base
    return digit
  }
}
