import Support

/// Kinds of things a reader notices that are no error of the file but matter for its numbers.
public enum ObservationKind: String, Sendable, CaseIterable, Codable {
  /// Per-tag sums that keep growing, or differ from the events.
  case staleTagSums = "stale-tag-sums"
  /// The operators add up to something else than the whole.
  case sumContradictsTotal = "sum-contradicts-total"
  /// Printed cycles are not duration times clock.
  case cyclesContradictDuration = "cycles-contradict-duration"
  /// A throughput stands in an energy run; it was not taken.
  case throughputInEnergyRun = "throughput-in-energy-run"
  /// The energy is that of a whole recording, not of one inference; it was not taken.
  case wholeRecordingEnergy = "energy-not-per-inference"
  /// Which lines of words were taken for the time of an inference.
  case timeInWords = "time-in-words"
  /// A time was taken for that of an inference though its line does not say so.
  case timeAssumed = "time-assumed"
  /// Times of other parts of the program stand beside it.
  case stagesApart = "stages-apart"
  /// Cycles and times together bound the clock.
  case clockFromCycles = "clock-from-cycles"
  /// The time is duty cycle times period.
  case dutyCycle = "duty-cycle-not-invoke"
  /// A reset cut a block off; it was dropped whole.
  case blockDropped = "block-dropped"
  /// The only inference is cut off, so that operators are missing.
  case incompleteInference = "incomplete-inference"
  /// A tick counter that overflowed or runs backwards.
  case tickOverflow = "tick-overflow"
  /// Results so far from those before that they are a run of their own.
  case keptApart = "results-kept-apart"
  /// An event that never ended.
  case unfinishedEvent = "unfinished-event"
  /// Every tick is zero: the platform has no clock.
  case zeroTicks = "zero-ticks"
  /// Ticks whose length nobody has said.
  case unknownTick = "unknown-tick"
  /// The model was recognised by its operators.
  case modelRecognised = "model-recognised"
  /// The tool says that the run failed.
  case failedRun = "failed-run"
  /// The file holds costs (MACs, bytes) but no time.
  case costsOnly = "costs-only"
  /// Durations are percentages.
  case percentageDurations = "percentage-durations"
  /// The operators are not those of the model that was named.
  case modelContradiction = "model-contradiction"
  /// The clock of the name and that of the log differ.
  case clockContradiction = "clock-contradiction"
  /// The host's clock and that of the device differ by more than oscillators do.
  case hostClock = "host-clock-differs"
  /// Ticks are instructions of an emulator.
  case emulatedTicks = "emulated-ticks"
  /// Windows are not numbered or timed as the rules of the benchmark say.
  case windowRule = "window-rule"
}

/// One thing noticed, with the numbers behind it.
public struct Observation: Sendable, Equatable, Codable {
  /// What kind of thing was noticed.
  public var kind: ObservationKind
  /// One sentence with its numbers, ending in a full stop.
  public var message: String
  /// Where it shows first.
  public var line: Int?

  /// An observation.
  public init(_ kind: ObservationKind, _ message: String, line: Int? = nil) {
    self.kind = kind
    self.message = message
    self.line = line
  }
}

extension Observation {
  /// A run begins at `place` because its results take so many `times` what those before it took.
  static func keptApart(times: Double, at place: TextPlace) -> Observation {
    let words =
      times > 1 ? "\(Format.times(times)) as long as" : "\(Format.times(1 / times)) less time than"
    return Observation(
      .keptApart,
      "From here on an inference takes \(words) before, so these are taken for results of "
        + "another run.",
      line: place.line)
  }
}
