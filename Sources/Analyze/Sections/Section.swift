import Ingest
import Notebook
import Performance
import Support

/// A part of the analysis that can be shown: what a subcommand prints and a notebook's cell names.
struct Section: Sendable {
  /// The word in a cell and on the command line.
  let name: String
  let title: String
  /// The blocks of the section.
  let blocks: @Sendable (Analysis) -> [Block]
  /// Of a section that most logs have nothing for: whether these have. In a notebook it brings its own
  /// heading, or is not there at all.
  var applies: (@Sendable (Analysis) -> Bool)?
  /// The same without long lists of emulated runs; nil where there are none in any case.
  var brief: (@Sendable (Analysis) -> [Block])?

  static let summary = Section(
    name: "summary", title: "In short", blocks: SummarySection.blocks)
  static let findings = Section(
    name: "findings", title: "Findings", blocks: FindingsSection.blocks)
  static let runs = Section(
    name: "runs", title: "What was read", blocks: RunsSection.blocks, brief: RunsSection.brief)
  static let assumptions = Section(
    name: "assumptions", title: "What was assumed", blocks: AssumptionsSection.blocks)
  static let speedup = Section(
    name: "speedup", title: "Speedup, normalised by clock", blocks: SpeedupSection.blocks)
  static let operators = Section(
    name: "operators", title: "int8 against fp32, operator by operator",
    blocks: OperatorsSection.blocks, brief: OperatorsSection.brief)
  static let placement = Section(
    name: "placement", title: "Flash against SRAM",
    blocks: { PlacementSection.blocks($0.comparison.placement) })
  static let attribute = Section(
    name: "attribute", title: "Where the gap comes from", blocks: AttributeSection.blocks)
  static let explain = Section(
    name: "explain", title: "Why it takes that long", blocks: ExplainSection.blocks)
  static let roofline = Section(
    name: "roofline", title: "Under the roof", blocks: RooflineSection.blocks)
  static let crossover = Section(
    name: "crossover", title: CrossoverCommand.title, blocks: CrossoverSection.blocks)
  static let instructions = Section(
    name: "instructions", title: "Instructions per MAC", blocks: InstructionsSection.blocks,
    applies: InstructionsSection.applies, brief: InstructionsSection.brief)
  static let next = Section(name: "next", title: "What to do next", blocks: NextSection.blocks)
  static let sources = Section(name: "sources", title: "Sources", blocks: SourcesSection.blocks)

  /// All sections, in the order of the report.
  static let all = [
    summary, findings, runs, assumptions, speedup, operators, explain, roofline, crossover,
    placement, attribute, instructions, next, sources,
  ]

  /// Sections that compare with a reference by their name: without a pair they have nothing to show.
  static let comparisons: Set<String> = [speedup.name, attribute.name]

  /// The section of that name; otherwise a failure that names the nearest.
  static func named(_ name: String) throws(CommandFailure) -> Section {
    if let section = all.first(where: { $0.name == name }) { return section }
    let names = all.map(\.name)
    throw CommandFailure.usage(
      "there is no section '\(name)'",
      remedy: Nearest.suggestion(for: name, in: names)
        ?? "Sections are \(names.joined(separator: ", ")).")
  }
}

/// Names of the kinds of log, for help texts.
enum Dialects {
  static let words = Dialect.all.map(\.rawValue).joined(separator: "; ")
}
