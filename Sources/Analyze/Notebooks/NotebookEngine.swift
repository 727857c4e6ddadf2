import ArgumentParser
import Notebook
import Performance
import Support

/// Runs the cells of a notebook over one session.
struct NotebookEngine {
  let session: Session
  /// The analysis without options of a cell; every cell starts from its options.
  let analysis: Analysis
  /// Whether a cell asks for its comparison by name, so that one without a pair is an error; in the
  /// default report it is not.
  let namesComparisons: Bool

  /// The executed notebook.
  ///
  /// - Parameter pictures: reads those that its prose shows; nil links them.
  func run(
    source: String, name: String,
    pictures: ((LinkTarget) -> Result<PictureContent, Diagnostic>)? = nil
  ) -> ExecutedNotebook {
    var cache = AnalysisCache(session: session, first: analysis)
    return Notebook.run(source: source, name: name, picture: pictures) { command in
      do {
        return .blocks(try blocks(command.words, &cache))
      } catch let failure as CommandFailure {
        return .failure(failure.diagnostic)
      } catch {
        return .failure(
          Diagnostic(
            "cell", message(for: error, in: command),
            remedy: "Options of a cell are those of the section's command."))
      }
    }
  }

  private func blocks(_ words: [String], _ cache: inout AnalysisCache) throws -> [Block] {
    guard let name = words.first else { return [] }
    let section = try Section.named(name)
    guard name != Section.crossover.name else {
      return try crossover(Array(words.dropFirst()), &cache)
    }
    let arguments = try CellArguments.parse(Array(words.dropFirst()))
    var options = try arguments.analysis.options(over: analysis.options)
    if !arguments.predict.isEmpty {
      options.scenarios = try arguments.predict.map { try PredictOption.scenario($0) }
    }
    let analysis = cache.analysis(options)
    try refuseShortfall(of: analysis, section)
    let blocks = arguments.brief ? section.brief ?? section.blocks : section.blocks
    guard let applies = section.applies else { return blocks(analysis) }
    return applies(analysis)
      ? [.heading(level: 3, [.text(section.title)])] + blocks(analysis) : []
  }

  /// Its --predict is a flag: what it predicts are sweeps, not runs.
  private func crossover(_ words: [String], _ cache: inout AnalysisCache) throws -> [Block] {
    let arguments = try CrossoverCellArguments.parse(words)
    try arguments.prediction.check()
    let analysis = cache.analysis(try arguments.analysis.options(over: analysis.options))
    guard arguments.prediction.predict else {
      try refuseShortfall(of: analysis, .crossover)
      return Section.crossover.blocks(analysis)
    }
    return CrossoverSection.blocks(
      try arguments.prediction.crossovers(of: analysis), analysis)
  }

  private func refuseShortfall(of analysis: Analysis, _ section: Section) throws(CommandFailure) {
    let shortfall =
      namesComparisons
      ? Shortfall.of(analysis, in: session, section: section.name)
      : Shortfall.ofSelection(analysis)
    if let shortfall { throw CommandFailure(shortfall, status: 1) }
  }

  private func message(for error: any Error, in command: CellCommand) -> String {
    command.words.first == Section.crossover.name
      ? CrossoverCellArguments.message(for: error) : CellArguments.message(for: error)
  }
}

/// The options a cell's line may have.
struct CellArguments: ParsableArguments {
  @OptionGroup var analysis: AnalysisArguments
  @Option(help: "What explain predicts.") var predict: [String] = []
  @Flag(help: "Many emulated runs summed up.") var brief = false
}

/// The options of a cell's line that names crossover.
struct CrossoverCellArguments: ParsableArguments {
  @OptionGroup var prediction: CrossoverOptions
  @OptionGroup var analysis: AnalysisArguments
}

/// Analyses by their options, so that cells with the same options share one.
struct AnalysisCache {
  let session: Session
  private var held: [Analysis]

  init(session: Session, first: Analysis) {
    self.session = session
    held = [first]
  }

  mutating func analysis(_ options: AnalysisOptions) -> Analysis {
    if let found = held.first(where: { $0.options == options }) { return found }
    let made = session.analysis(options)
    held.append(made)
    return made
  }
}
