import Ingest
import Support

/// A rule that looks for one kind of finding by computing something; one file each.
protocol FindingRule: SendableMetatype {
  /// What it reads, and nothing else.
  associatedtype Subject
  /// The findings, in a fixed order.
  static func findings(in subject: Subject) -> [Finding]
}

/// The one table of all findings, the most important first: those that are computed, and those that repeat what readers
/// noticed, which are a row alone.
enum FindingRules {
  struct Entry: Sendable {
    /// The rule's type, or the id of what it repeats.
    let name: String
    let findings: @Sendable (Analysis) -> [Finding]

    static func computed<Rule: FindingRule>(
      _ rule: Rule.Type, from subject: @escaping @Sendable (Analysis) -> Rule.Subject
    ) -> Entry {
      Entry(name: "\(rule)") { rule.findings(in: subject($0)) }
    }

    /// What readers noticed: a sentence on the number of runs, and what to do.
    static func observed(
      _ kind: ObservationKind, _ severity: Severity, action: String,
      message: @escaping @Sendable (_ runs: Int) -> String
    ) -> Entry {
      Entry(name: kind.rawValue) {
        ObservationFindings.make(
          $0.selection.runs, kind, severity: severity, action: action, message: message)
      }
    }
  }

  static let all: [Entry] = [
    .computed(LabelContradictedByTime.self) { ($0.selection, $0.machine, $0.labels.checks) },
    .computed(LabelContradictedBySize.self) {
      ($0.selection.runs, $0.machine.model.value, $0.reference)
    },
    .computed(SlowForCore.self) { ($0.labels.slowForCore, $0.selection) },
    .computed(UnlikeRunsCompared.self) { ($0.comparison.speedups, $0.labels.predictions) },
    .computed(OutputsDiffer.self, from: \.selection.runs),
    .computed(FlashSlowsInference.self) { ($0.comparison.placement, $0.reference) },
    .computed(Int8SlowerThanFP32.self) { ($0.comparison, $0.selection, $0.options.confidence) },
    .computed(TableBeatsArithmetic.self) {
      .init(
        counts: $0.instructions.counts, precision: $0.comparison.allPrecision,
        selection: $0.selection, reference: $0.reference)
    },
    .computed(Int8TakesMoreInstructions.self) {
      ($0.comparison.precision, $0.selection.runs, $0.instructions.counts)
    },
    .computed(MeasuredAboveDataSheet.self) { ($0.files, $0.reference) },
    .computed(AboveRoof.self) { ($0.roofline.points, $0.selection) },
    .computed(ReferenceNotTimed.self, from: \.comparison.speedups),
    .observed(
      .sumContradictsTotal, .error,
      action: "Find out which unit the log prints; give it with --set tick=1ns or the like."
    ) {
      "In \(counted($0, "run")) the operators add up to something else than the whole inference."
    },
    .observed(
      .staleTagSums, .warning,
      action: "Log the events; update tflite-micro, or print the per-tag table only once."
    ) {
      "In \(counted($0, "run")) the per-tag sums are not those of one inference; they were not used as "
        + "printed."
    },
    .observed(
      .cyclesContradictDuration, .warning,
      action: "Trust the duration; the tool's printing of large numbers loses digits."
    ) {
      "In \(counted($0, "run")) the printed cycles are not duration times clock; "
        + "the duration was believed."
    },
    .observed(
      .clockContradiction, .warning,
      action: "Correct the file's name or the log's header."
    ) { "In \(counted($0, "run")) the clock of the name and that of the log differ." },
    .observed(
      .hostClock, .warning,
      action:
        "Check the clock that the device's timer counts: its frequency, its divider and the clock that is stated. "
        + "The times are the device's."
    ) {
      "In \(counted($0, "run")) the host's clock and the device's differ by more than 1 %."
    },
    .observed(
      .modelContradiction, .warning,
      action: "Correct the model's name with --set, a sidecar file or the file name."
    ) { "\(counted($0, "run")) cannot be of the model that was named." },
    .observed(
      .failedRun, .error,
      action: "Correct the tool's error and run it again; no number of this run is used."
    ) { "The tool says that \(counted($0, "run")) failed." },
    .computed(InferencesDisagree.self, from: \.selection.runs),
    .observed(
      .incompleteInference, .warning,
      action: "Let the capture run until an inference is whole; these operators may not be all."
    ) { "In \(counted($0, "run")) the log is cut off inside the only inference." },
    .observed(
      .tickOverflow, .warning,
      action:
        "Print ticks as unsigned, use a slower tick where one operator takes 2^31 of them, and subtract the "
        + "other way round where the counter runs down. A new recording would show the same."
    ) {
      "In \(counted($0, "run")) a tick counter overflowed or runs backwards; the numbers it spoilt were not used."
    },
    .computed(ImpossibleTimes.self, from: \.selection.runs),
    .observed(
      .blockDropped, .warning,
      action: "The other blocks count. Where a reset did it, look for a crash or a brown-out."
    ) {
      "In \(counted($0, "run")) blocks were cut off by a reset or the end of the log, or damaged; they were "
        + "dropped whole."
    },
    .observed(
      .modelRecognised, .note,
      action: "Name it with --set model=NAME, a sidecar file or the file name."
    ) { "The model of \(counted($0, "run")) was recognised by its operators." },
    .computed(MissingProvenance.self, from: \.selection.runs),
    .observed(
      .unknownTick, .warning,
      action: "Say how long a tick is: --set tick=1us, tick=25MHz or tick=1024cycles."
    ) { "Nothing says how long a tick is in \(counted($0, "run")); ticks are given, no times." },
    .observed(
      .timeAssumed, .warning,
      action:
        "Say which line it is, with --pattern, or let the program print 'Inference time: N us'."
    ) {
      "In \(counted($0, "run")) the only time of the log was taken for that of an inference; no line says so."
    },
    .observed(
      .timeInWords, .note,
      action: "Where another line is meant, say so with --pattern."
    ) { "The time of \(counted($0, "run")) was read from lines of words." },
    .observed(
      .stagesApart, .note,
      action: "Add them up where the whole program counts; they are no part of the network's time."
    ) { "Beside \(counted($0, "run")) stand times of other stages." },
    .observed(
      .clockFromCycles, .note,
      action: "Say the clock with --set clock=150MHz; it is not chosen from an interval."
    ) { "Cycles and times of \(counted($0, "run")) bound the clock." },
    .observed(
      .emulatedTicks, .note,
      action: "Compare instructions with instructions; time needs a board."
    ) { "\(counted($0, "run")) counted instructions on an emulator; no time is given." },
    .computed(SamplesDepend.self, from: \.selection.runs),
    .computed(BootsDiffer.self, from: \.selection.runs),
    .computed(TooFewSamples.self, from: \.selection.runs),
    .observed(
      .throughputInEnergyRun, .note,
      action: "Use the performance run of the same submission."
    ) {
      "In \(counted($0, "energy run")) a throughput stands beside the energy; it is no performance result."
    },
    .observed(
      .costsOnly, .note,
      action: "Run the model on the board to have times; the costs are kept."
    ) { "\(counted($0, "file")) \($0 == 1 ? "holds" : "hold") costs of a model, no time." },
    .observed(
      .zeroTicks, .error,
      action: "Implement the platform's clock (micro_time), then measure again."
    ) { "In \(counted($0, "run")) every tick is zero: the platform has no clock." },
    .observed(
      .unfinishedEvent, .warning,
      action: "Let the capture run until the inference ends; the other events count."
    ) { "In \(counted($0, "run")) an event never ended; its time was left out." },
    .observed(
      .windowRule, .warning,
      action:
        "Repeat the run by the rules of the benchmark, or say with the number that it was not."
    ) {
      "\(counted($0, "run")) \($0 == 1 ? "does" : "do") not keep to the rules of the benchmark."
    },
    .observed(
      .percentageDurations, .note,
      action: "Run the validation on the board to have durations in ms."
    ) { "In \(counted($0, "run")) durations are percentages; they were not taken for times." },
    .observed(
      .wholeRecordingEnergy, .note,
      action: "Divide by the inferences of the recording before comparing energies."
    ) {
      "In \(counted($0, "run")) the energy is that of a whole recording, not of one inference; it was not used."
    },
    .observed(
      .keptApart, .note,
      action:
        "Put each result into a file of its own, with a sidecar file that says compiler, flags and kernels."
    ) {
      "\(counted($0, "run")) begin\($0 == 1 ? "s" : "") where the results of a file change more than "
        + "twofold; what was before is kept apart."
    },
    .computed(OutlierInferences.self, from: \.selection.runs),
  ]
  /// Of all rules, the most severe first.
  static func findings(in analysis: Analysis) -> [Finding] {
    all.flatMap { $0.findings(analysis) }.enumerated().sorted {
      ($1.element.severity, $0.offset) < ($0.element.severity, $1.offset)
    }.map(\.element)
  }
}
