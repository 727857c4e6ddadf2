import Core

/// A run as the machine model is fitted to it.
public struct MeasuredRun: Sendable, Equatable {
  /// Id of the run.
  public var id: String
  /// Model id.
  public var model: String
  /// What it computes with.
  public var dtype: Dtype
  /// Where its weights are.
  public var weights: WeightsPlace
  /// CPU clock, Hz.
  public var clockHz: Double
  /// What one inference took.
  public var cycles: Double

  /// A run from its parts.
  public init(
    id: String, model: String, dtype: Dtype, weights: WeightsPlace, clockHz: Double, cycles: Double
  ) {
    self.id = id
    self.model = model
    self.dtype = dtype
    self.weights = weights
    self.clockHz = clockHz
    self.cycles = cycles
  }
}

/// One run that the model was fitted to, with what the model says of it.
public struct MachineModelPoint: Sendable {
  /// The run.
  public var run: MeasuredRun
  /// What the model says, by cause.
  public var parts: CycleParts
  /// What is said of this run by what is chosen and fitted without it; nil where that fails.
  public var heldOutCycles: Double?
  /// The step of the ladder that the other runs choose, which `heldOutCycles` is of; nil where the step was
  /// not chosen without this run.
  public var selected: String?

  /// (predicted - measured) / measured.
  public var error: Double { parts.total / run.cycles - 1 }
  /// The same without this run in the fit.
  public var heldOutError: Double? { heldOutCycles.map { $0 / run.cycles - 1 } }
}
