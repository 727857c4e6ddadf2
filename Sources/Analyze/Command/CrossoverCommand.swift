import ArgumentParser
import CommandLineSupport
import Ingest
import Notebook
import Performance
import Reference
import Support

/// The size at which weights outgrow the cache; the one section that needs no log.
struct CrossoverCommand: ParsableCommand, ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "crossover",
    abstract: "From which size of weights on CNNs and FCs wait for flash.",
    discussion: """
      Fits cycles per MAC against the weight bytes of CONV_2D and FULLY_CONNECTED operators: flat, ramp, \
      plateau. A sweep needs at least 6 operators of 4 sizes on the same board, of the same kind, filter, \
      dtype and placement, best with sizes from below the cache to several times it. With --predict the \
      machine model costs synthetic sweeps, and no log is needed. CSV holds every point.

      EXAMPLES
        analyze crossover sweep/*.txt
        analyze crossover --predict
        analyze crossover --predict --flash quad/2
        analyze crossover sweep/*.txt --predict --format csv -o points.csv
        analyze crossover --predict --format json | jq '.crossover[] | {kind, dtype, onset_bytes}'
      """)
  @OptionGroup var prediction: CrossoverOptions
  @OptionGroup var arguments: CommonArguments

  func run(on console: inout Console) throws -> Int32 {
    let options = try arguments.analysis.options()
    try prediction.check()
    let predict = prediction.predict
    guard predict || !arguments.input.logs.isEmpty else {
      throw CommandFailure.usage(
        "no log is named",
        remedy: "Name at least one, or write 'analyze crossover --predict', which needs none.")
    }
    let delivery = try SectionDelivery("crossover", arguments)
    let needsNoLog = predict && arguments.input.logs.isEmpty
    let session =
      needsNoLog
      ? try Session.withoutLogs() : try Session(arguments.input, console: &console)
    let analysis = session.analysis(options)
    let crossovers = try prediction.crossovers(of: analysis)
    let shortfall =
      needsNoLog ? nil : Shortfall.of(analysis, in: session, section: Section.crossover.name)
    let status = needsNoLog ? 0 : session.status(analysis, strict: arguments.output.strict)
    return try delivery.deliver(
      notebook(crossovers, analysis, format: delivery.format), status: status, session: session,
      shortfall: shortfall,
      document: {
        try AnalysisDocument(
          analysis, diagnostics: session.diagnostics, crossovers: crossovers, shortfall: shortfall
        ).json()
      }, on: &console)
  }

  static let title = "Where weights outgrow the cache"

  private func notebook(
    _ crossovers: Crossovers, _ analysis: Analysis, format: OutputFormat
  ) -> ExecutedNotebook {
    let blocks: [Block]
    if format == .csv {
      blocks = crossovers.all.isEmpty ? [] : [.table(CrossoverPoints.table(crossovers.all))]
    } else {
      blocks = CrossoverSection.blocks(crossovers, analysis)
    }
    return ExecutedNotebook(
      title: Self.title, blocks: [.heading(level: 1, [.text(Self.title)])] + blocks)
  }
}

/// What is predicted, on the command line and in a cell of a notebook.
struct CrossoverOptions: ParsableArguments {
  @Flag(help: "Also predict sweeps of synthetic operators; no log is needed then.")
  var predict = false
  @Option(
    help: ArgumentHelp(
      "Flash mode that --predict assumes; default: the one after boot.", valueName: "quad/2"))
  var flash: String?

  /// Refuses options that make no sense together.
  func check() throws(CommandFailure) {
    guard flash == nil || predict else {
      throw CommandFailure.usage(
        "--flash says what --predict is to assume, and there is no --predict",
        remedy: "Write 'analyze crossover --predict --flash \(flash ?? "")'.")
    }
  }

  /// The sweeps of the logs, and those predicted where that was asked for.
  func crossovers(of analysis: Analysis) throws(CommandFailure) -> Crossovers {
    let crossovers = Crossovers(
      analysis, predicting: predict ? Crossovers.Prediction(flash: flash) : nil)
    if let reason = crossovers.predicted?.reason {
      throw CommandFailure.usage(
        reason, remedy: "Write for example --flash quad/2, or leave it out.")
    }
    return crossovers
  }
}

extension Session {
  /// A session that read nothing: the bundled tables alone.
  static func withoutLogs() throws -> Session {
    let (reference, published) = try bundledTables()
    return Session(reference: reference, published: published)
  }

  private init(reference: ReferenceData, published: PublishedResults) {
    self.published = published
    self.reference = reference
    files = []
    external = ReferenceFiles(nothing: "nothing: no log was read")
    problems = []
  }
}
