import ArgumentParser
import Notebook
import Performance
import Support

/// A command that shows one section.
protocol SectionCommand: ParsableCommand, ConsoleCommand {
  var arguments: CommonArguments { get }
  static var section: Section { get }
  /// Whether the section can hold a table; otherwise it has no CSV form.
  static var hasTables: Bool { get }
  /// Whether many emulated runs are to be summed up.
  var brief: Bool { get }
  /// Adds what only this command can be asked for.
  func complete(_ options: inout AnalysisOptions) throws
}

extension SectionCommand {
  static var hasTables: Bool { true }
  var brief: Bool { false }
  func complete(_ options: inout AnalysisOptions) throws {}

  func run(on console: inout Console) throws -> Int32 {
    var options = try arguments.analysis.options()
    try complete(&options)
    let delivery = try SectionDelivery(Self.section.name, arguments)
    guard delivery.format != .csv || Self.hasTables else {
      throw CommandFailure.usage(
        "'\(Self.section.name)' has no table, so it has no CSV form",
        remedy: "Write --format json for a script, or --format text.")
    }
    let session = try Session(arguments.input, console: &console)
    let result = session.analysis(options)
    let section = Self.section
    let shortfall = Shortfall.of(
      result, in: session, section: section.name, draws: delivery.drawing != nil)
    let title = section.title
    let blocks = brief ? section.brief ?? section.blocks : section.blocks
    let notebook = ExecutedNotebook(
      title: title, blocks: [.heading(level: 1, [.text(title)])] + blocks(result))
    return try delivery.deliver(
      notebook, status: session.status(result, strict: arguments.output.strict), session: session,
      shortfall: shortfall,
      document: {
        try AnalysisDocument(result, diagnostics: session.diagnostics, shortfall: shortfall).json()
      }, on: &console)
  }
}

struct RunsCommand: SectionCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs",
    abstract: "What was read: files, what they were taken for, lines and runs.",
    discussion: """
      Kinds of log that can be read: \(Dialects.words).

      What a log does not say comes, in this order, from --set, from a file NAME.toml beside \
      NAME.txt, from the file name (rp2350plus_ad_int8_flash.txt), and from the sequence of operators.

      EXAMPLES
        analyze runs logs/*.txt
        analyze runs my.txt --set board=pico2 --set clock=150MHz --set tick=1us
      """)
  @OptionGroup var arguments: CommonArguments
  @Flag(help: "Sum up many emulated runs instead of listing them, as the report does.")
  var brief = false
  static let section = Section.runs
}

struct SpeedupCommand: SectionCommand {
  static let configuration = CommandConfiguration(
    commandName: "speedup",
    abstract: "Ratios of times against the reference, with and without the clocks.",
    discussion: """
      EXAMPLES
        analyze speedup logs/*.txt
        analyze speedup logs/*.txt --filter dtype=int8 --format csv
        analyze speedup after.txt --reference before.txt
        analyze speedup b.txt --reference a.txt --set-reference clock=125MHz
        analyze speedup flash.txt sram.txt --baseline weights=sram
      """)
  @OptionGroup var arguments: CommonArguments
  static let section = Section.speedup
}

struct OperatorsCommand: SectionCommand {
  static let configuration = CommandConfiguration(
    commandName: "operators",
    abstract: "Time per operator, and int8 against fp32.",
    discussion: """
      EXAMPLES
        analyze operators logs/*.txt
        analyze operators kws_int8.txt kws_fp32.txt --format csv -o ops.csv
      """)
  @OptionGroup var arguments: CommonArguments
  @Flag(help: "Sum up many emulated runs instead of listing them, as the report does.")
  var brief = false
  static let section = Section.operators
}

struct PlacementCommand: SectionCommand {
  static let configuration = CommandConfiguration(
    commandName: "placement",
    abstract: "Weights in flash against weights in SRAM.",
    discussion: """
      EXAMPLES
        analyze placement logs/*.txt
        analyze placement flash.txt sram.txt --set model=sww --set dtype=fp32
      """)
  @OptionGroup var arguments: CommonArguments
  static let section = Section.placement
}

struct InstructionsCommand: SectionCommand {
  static let configuration = CommandConfiguration(
    commandName: "instructions",
    abstract: "Instructions per MAC of emulated runs, against those of TFLM.",
    discussion: """
      An emulator's counts are exact and are no times; no other section mixes the two.

      EXAMPLES
        analyze instructions emulated.txt
        analyze instructions emulated.txt --filter dtype=int8 --format csv
      """)
  @OptionGroup var arguments: CommonArguments
  @Flag(help: "Sum up many emulated runs instead of listing them, as the report does.")
  var brief = false
  static let section = Section.instructions
}

struct AttributeCommand: SectionCommand {
  static let configuration = CommandConfiguration(
    commandName: "attribute",
    abstract: "A gap as a product: clock, placement, dtype, kernels.",
    discussion: """
      EXAMPLES
        analyze attribute logs/*.txt
        analyze attribute logs/*.txt --filter model=sww
      """)
  @OptionGroup var arguments: CommonArguments
  static let section = Section.attribute
}

struct SummaryCommand: SectionCommand {
  static let configuration = CommandConfiguration(
    commandName: "summary",
    abstract: "The answer in a few sentences.",
    discussion: """
      EXAMPLES
        analyze summary logs/*.txt
      """)
  @OptionGroup var arguments: CommonArguments
  static let section = Section.summary
  static let hasTables = false
}

struct AssumptionsCommand: SectionCommand {
  static let configuration = CommandConfiguration(
    commandName: "assumptions",
    abstract: "What was assumed, and how what the logs do not say is known.",
    discussion: """
      EXAMPLES
        analyze assumptions logs/*.txt
        analyze assumptions rp2350plus_kws_int8_flash.txt
      """)
  @OptionGroup var arguments: CommonArguments
  static let section = Section.assumptions
}

struct FindingsCommand: SectionCommand {
  static let configuration = CommandConfiguration(
    commandName: "findings",
    abstract: "What the numbers say that a reader must know, with evidence and what to do.",
    discussion: """
      EXAMPLES
        analyze findings logs/*.txt
        analyze findings capture.txt --strict && echo clean
      """)
  @OptionGroup var arguments: CommonArguments
  static let section = Section.findings
  static let hasTables = false
}
