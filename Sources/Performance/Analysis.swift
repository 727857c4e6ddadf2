// What the numbers mean: normalisation, comparison, attribution, roofline, crossover, labels,
// findings. Knows nothing of files and drawing.

import Core
import Ingest
import MachineModel
import Reference
import Statistics
import Support

/// Everything that the numbers say, computed once; sections and reports only show it.
///
/// It is made in stages, each whole before the next begins: what a stage is made from are the arguments of its
/// `init`.
public struct Analysis: Sendable {
  /// How the analysis was made.
  public let options: AnalysisOptions
  /// The bundled tables it rests on.
  public let reference: ReferenceData
  /// The files that were read, in the order given.
  public let files: [IngestedFile]
  /// The runs of the logs, and what they are compared with.
  public let selection: Selection
  /// The machine model and what it says of the runs.
  public let machine: MachineView
  /// What runs are called, held against their times and sizes.
  public let labels: Labels
  /// What an emulator's counts say of the runs.
  public let instructions: EmulatedInstructions
  /// Runs against references, int8 against fp32, flash against SRAM.
  public let comparison: Comparison
  /// The machines' roofs and where the runs and references stand under them.
  public let roofline: Roofline
  /// What a reader must know, the most severe first.
  public let findings: [Finding]

  /// Analyses the runs of `files`.
  ///
  /// - Parameters:
  ///   - external: runs to compare with instead of the bundled ones; nil for the bundled ones,
  ///     empty for none.
  public init(
    files: [IngestedFile], external: (runs: [Run], words: String)? = nil,
    published: PublishedResults, reference: ReferenceData, options: AnalysisOptions
  ) {
    let normalisation = Normalisation(reference: reference, confidence: options.confidence)
    let published = published.named(as: reference)
    let selection = Selection(
      of: files, against: external, bundled: published.nucleo, options: options, by: normalisation)
    let machine = MachineView(
      of: selection, published: published.runs.map(normalisation.analyse), reference: reference,
      confidence: options.confidence)
    let model = machine.model.value
    let labels = Labels(of: selection, by: model, reference: reference)
    let instructions = EmulatedInstructions(of: selection, reference: reference)
    let comparison = Comparison(of: selection, labels, by: model, options: options)
    let roofline = Roofline(
      runs: selection.all, reference: reference, placement: comparison.placement, misses: model,
      benchmarks: files)
    findings = FindingRules.findings(
      in: Stages(
        options: options, reference: reference, files: files, selection: selection,
        machine: machine, labels: labels, instructions: instructions, comparison: comparison,
        roofline: roofline))
    self.options = options
    self.reference = reference
    self.files = files
    self.selection = selection
    self.machine = machine
    self.labels = labels
    self.instructions = instructions
    self.comparison = comparison
    self.roofline = roofline
  }
}
