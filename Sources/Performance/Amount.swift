import Ingest
import Support

/// How much one inference takes, as the log gives it. What other units say of it is computed when somebody asks.
struct Amount: Sendable {
  /// In `unit`, or why it is not known.
  let raw: Outcome<Quantity>
  /// The unit of `raw`.
  let unit: TimeUnit
  /// What turns it into others.
  let scale: TimeScale

  /// The amount of `measure`, or the first reason why there is none.
  subscript(_ measure: Measure) -> Outcome<Quantity> {
    switch (raw, factor(measure)) {
    case (.known(let quantity), .known(let factor)): .known(quantity.scaled(by: factor))
    case (.missing(let reason), _): .missing(reason: reason)
    case (_, .missing(let reason)): .missing(reason: reason)
    }
  }

  /// What `raw` is multiplied by to give `measure`.
  func factor(_ measure: Measure) -> Outcome<Double> {
    switch measure {
    case .time: scale.seconds(from: unit)
    case .cycles: scale.cycles(from: unit)
    case .instructions: scale.instructions(from: unit)
    case .ticks: scale.ticks(from: unit)
    }
  }
}
