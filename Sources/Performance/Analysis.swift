// What the numbers mean: normalisation, comparison, attribution, roofline, crossover, labels,
// findings. Knows nothing of files and drawing.

import Core
import Ingest
import MachineModel
import Reference
import Statistics
import Support

/// Everything that the numbers say, computed once; sections and reports only show it.
public struct Analysis: Sendable {
  /// How the analysis was made.
  public var options: AnalysisOptions
  /// The bundled tables it rests on.
  public var reference: ReferenceData
  /// The files that were read, in the order given.
  public var files: [IngestedFile]
  /// Runs of the logs that passed the filter.
  public var runs: [AnalysedRun]
  /// What they are compared with.
  public var references: [AnalysedRun]
  /// "bundled NUCLEO-U575ZI-Q results", the file of `--reference`, or the baseline.
  public var referenceWords: String
  /// Runs against references, in the usual order of models.
  public var speedups: [Speedup] = []
  /// Their geometric means over models.
  public var meanSpeedups = MeanSpeedups()
  /// Runs that could not be compared, with the reason.
  public var unpaired: [(run: String, reason: String)] = []
  /// int8 against fp32 on the boards of the logs.
  public var precision: [PrecisionRatio] = []
  /// The same on the reference's boards.
  public var referencePrecision: [PrecisionRatio] = []
  /// Operators that one dtype's graph has and the other's has not.
  public var unaligned: [UnalignedOperators] = []
  /// Flash against SRAM.
  public var placement: [PlacementRatio] = []
  /// Each speedup in time as a product of factors.
  public var attribution: [Attribution] = []
  /// Runs called int8 held against their own time.
  public var labelChecks: [LabelCheck] = []
  /// What was published, as the tables have it.
  var published: [AnalysedRun] = []
  /// Cycles per instruction on RP2350; nil where no published run gives it.
  var instructionCost: InstructionCost?
  /// Why a model takes the cycles it takes on RP2350, fitted to the published times.
  public var machineModel: Outcome<MachineModel> = .missing(reason: "it was not fitted")
  /// What the machine model says of the runs of the logs.
  public var explanations: [Explanation] = []
  /// Runs that it says nothing of, with the reason.
  public var unexplained: [(run: String, reason: String)] = []
  /// What int8 would take, for runs called int8 that took longer or are float32.
  public var predictions: [FairPrediction] = []
  /// The machines' roofs and where the runs and references stand under them.
  public var roofline = Roofline()
  /// Runs of an emulator: their instructions for each MAC, and against TFLM's.
  public var instructionCounts: [InstructionCounts] = []
  /// Those of them that are sweeps over sizes.
  public var instructionSweeps: [InstructionSweep] = []
  /// What a reader must know, the most severe first.
  public var findings: [Finding] = []
  /// Runs left out by `--filter`.
  public var filteredOut = 0

  /// Both kinds of precision rows.
  public var allPrecision: [PrecisionRatio] { precision + referencePrecision }

  /// Analyses the runs of `files`.
  ///
  /// - Parameters:
  ///   - external: runs to compare with instead of the bundled ones; nil for the bundled ones,
  ///     empty for none.
  public init(
    files: [IngestedFile], external: (runs: [Run], words: String)? = nil,
    published: PublishedResults, reference: ReferenceData, options: AnalysisOptions
  ) {
    self.options = options
    self.reference = reference
    self.files = files
    let normalisation = Normalisation(reference: reference, confidence: options.confidence)
    let published = published.named(as: reference)
    let all = files.flatMap(\.runs)
    let kept = all.filter { run in options.filter.allSatisfy { $0.matches(run.configuration) } }
    filteredOut = all.count - kept.count
    var runs = Row.all(of: kept).map(normalisation.analyse)
    runs.makeIDsUnique()

    var references: [AnalysedRun]
    var anyDtype = false
    var noReference = "no reference was asked for or found in it"
    if !options.baseline.isEmpty {
      references = runs.filter { run in
        options.baseline.allSatisfy { $0.matches(run.configuration) }
      }
      let chosen = Set(references.map(\.id))
      runs.removeAll { chosen.contains($0.id) }
      let words = options.baseline.map { "\($0.key.rawValue)=\($0.text)" }.joined(separator: ",")
      referenceWords = "runs of the logs with \(words)"
      anyDtype = true
      noReference = "no run of the logs matches the baseline"
    } else {
      let shared = options.filter.filter { Criterion.sharedKeys.contains($0.key) }
      let offered = external?.runs ?? published.nucleo
      references = Row.all(
        of: offered.filter { run in shared.allSatisfy { $0.matches(run.configuration) } }
      ).map(normalisation.analyse)
      if references.isEmpty, !offered.isEmpty {
        noReference =
          "--filter, which selects model and dtype on both sides, leaves none of the "
          + "reference's \(counted(offered.count, "result"))"
      }
      references.makeIDsUnique(apartFrom: Set(runs.map(\.id)), suffix: "-reference")
      referenceWords = external?.words ?? "published NUCLEO-U575ZI-Q results (bundled)"
    }
    self.runs = runs
    self.references = references
    fitMachineModel(published.runs.map(normalisation.analyse))
    compare(anyDtype: anyDtype, noReference: noReference)
    let everything = options.baseline.isEmpty ? runs : runs + references
    roofline = Roofline(
      runs: runs + references, reference: reference, placement: placement,
      misses: machineModel.value, benchmarks: files)
    instructionCounts = InstructionCountsMaker(reference: reference).make(everything)
    instructionSweeps = InstructionSweep.all(everything, instructionCounts)
    findings = FindingRules.all.flatMap { $0.findings(self) }.enumerated().sorted {
      ($1.element.severity, $0.offset) < ($0.element.severity, $1.offset)
    }.map(\.element)
  }

  private mutating func fitMachineModel(_ published: [AnalysedRun]) {
    self.published = published
    instructionCost = InstructionCost(published, mcu: "rp2350", reference: reference)
    machineModel = MachineModel.fit(
      published, board: "waveshare_rp2350_plus_16mb", cost: instructionCost, reference: reference,
      confidence: options.confidence)
  }

  private mutating func compare(anyDtype: Bool, noReference: String) {
    let everything = options.baseline.isEmpty ? runs : runs + references
    if let model = machineModel.value {
      for run in everything {
        switch model.explain(run) {
        case .known(let explanation): explanations.append(explanation)
        case .missing(let reason): unexplained.append((run.id, reason))
        }
      }
    }
    labelChecks = everything.compactMap {
      LabelCheck($0, by: machineModel.value, reference: reference)
    }
    let tooLarge = everything.filter {
      LabelContradictedBySize.isFloat32File($0, by: machineModel.value, reference)
    }.map(\.id)
    let mislabelled = Set(labelChecks.filter(\.isMislabelled).map(\.run)).union(tooLarge)
    // A time that fits neither dtype says that something is wrong, not what.
    let contradicted = Set(labelChecks.filter(\.isContradicted).map(\.run)).union(tooLarge)
    let doubted = Set(
      everything.filter { $0.dtype == .int8 && contradicted.contains($0.id) }.map(\.id))
    let maker = RatioMaker(confidence: options.confidence, seed: options.seed)
    let speedupMaker = SpeedupMaker(
      maker: maker, doubted: doubted,
      noReference: noReference,
      varied: Set(options.baseline.compactMap { Difference($0.key) }),
      referenceOption: anyDtype ? "--set" : "--set-reference")
    let made = speedupMaker.make(runs, against: references, anyDtype: anyDtype)
    speedups = made.speedups.enumerated().sorted {
      (ModelOrder.rank($0.element.model), $0.offset) < (
        ModelOrder.rank($1.element.model), $1.offset
      )
    }.map(\.element)
    meanSpeedups = MeanSpeedups(speedups)
    unpaired = made.unpaired
    let precisionMaker = PrecisionMaker(maker: maker)
    let own = precisionMaker.make(everything, doubted: doubted)
    precision = own.ratios
    unaligned = own.unaligned
    if options.baseline.isEmpty {
      // The reference's rows stand beside those of the logs, not in their place.
      let models = Set(precision.map(\.model))
      referencePrecision = precisionMaker.make(references, doubted: []).ratios.filter {
        models.contains($0.model)
      }
    }
    placement = PlacementMaker(
      maker: maker, doubted: doubted, misses: machineModel.value
    ).make(everything)
    let trusted = Pairing.grouped(
      references.filter { $0.dtype == .int8 && !doubted.contains($0.id) }, by: \.model
    ).compactMapValues { Pairing.middle($0).first }
    let open = Set(
      labelChecks.filter { $0.isContradicted && !$0.possible.isEmpty }.map(\.run))
    predictions = runs.filter { mislabelled.union(open).contains($0.id) }.compactMap { run in
      FairPrediction(
        for: run, isFloat32: mislabelled.contains(run.id),
        against: run.model.flatMap { trusted[$0] }, by: machineModel.value, data: reference)
    }
    attribution = AttributionMaker(
      runs: everything, references: references, predictions: predictions, doubted: doubted
    ).make(speedups)
  }
}
