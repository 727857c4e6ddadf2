// What the numbers mean: normalisation, comparison, attribution, roofline, crossover, labels,
// findings. Knows nothing of files and drawing.

import Core
import Ingest
import MachineModel
import Reference
import Statistics
import Support

/// Everything that the numbers say; sections and reports only show it.
///
/// It is made in stages, each whole before the next begins, and each when somebody first asks for it: what a command
/// does not show is not computed. What a stage is made from are the arguments of its `init`.
public final class Analysis {
  /// How the analysis was made.
  public let options: AnalysisOptions
  /// The bundled tables it rests on.
  public let reference: ReferenceData
  /// The files that were read, in the order given.
  public let files: [IngestedFile]
  private let external: (runs: [Run], words: String)?
  private let published: PublishedResults

  /// The runs of the logs, and what they are compared with.
  public private(set) lazy var selection = Selection(
    of: files, against: external, bundled: published.nucleo, options: options, by: normalisation)
  /// The machine model and what it says of the runs.
  public private(set) lazy var machine = MachineView(
    of: selection, published: published.runs.map(normalisation.analyse), reference: reference,
    confidence: options.confidence)
  /// What runs are called, held against their times and sizes.
  public private(set) lazy var labels = Labels(
    of: selection, by: machine.model.value, reference: reference)
  /// What an emulator's counts say of the runs.
  public private(set) lazy var instructions = EmulatedInstructions(
    of: selection, reference: reference)
  /// Runs against references, int8 against fp32, flash against SRAM.
  public private(set) lazy var comparison = Comparison(
    of: selection, labels, by: machine.model.value, options: options)
  /// The machines' roofs and where the runs and references stand under them.
  public private(set) lazy var roofline = Roofline(
    runs: selection.all, reference: reference, placement: comparison.placement,
    misses: machine.model.value, benchmarks: files)
  /// What a reader must know, the most severe first.
  public private(set) lazy var findings = FindingRules.findings(in: self)

  private var normalisation: Normalisation {
    Normalisation(reference: reference, confidence: options.confidence)
  }

  /// An analysis of the runs of `files`.
  ///
  /// - Parameters:
  ///   - external: runs to compare with instead of the bundled ones; nil for the bundled ones,
  ///     empty for none.
  public init(
    files: [IngestedFile], external: (runs: [Run], words: String)? = nil,
    published: PublishedResults, reference: ReferenceData, options: AnalysisOptions
  ) {
    self.files = files
    self.external = external
    self.published = published.named(as: reference)
    self.reference = reference
    self.options = options
  }
}
