import Ingest
import Performance
import Reference
import Support

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The logs, read once, and the analyses made of them.
struct Session {
  let reference: ReferenceData
  /// The bundled results.
  let published: PublishedResults
  let files: [IngestedFile]
  /// What is compared with instead of the bundled results.
  let external: ReferenceFiles
  /// What was noticed about the files of `--models` and the runs they belong to, and about parts.
  let problems: [Diagnostic]

  /// Reads the logs of `input`, or parts of them; progress goes to standard error when it is a terminal.
  init(_ input: InputOptions, as kind: LogReadings.Kind = .logs, console: inout Console) throws {
    try Self.refuseNoLogs(input.logs, of: kind)
    let (bundled, published) = try Self.bundledTables()
    self.published = published
    let settings = try input.canonicalSettings()
    let choice = try input.referenceChoice(
      KeptReferences(folder: input.place.folder(console.environment), published: published))
    let referenceSettings = try input.referenceSettings(of: choice)
    let patterns = try InputOptions.patterns(input.pattern)
    if kind == .parts, !patterns.isEmpty {
      throw CommandFailure.usage(
        "--pattern reads logs, and parts are read already",
        remedy: "Give it to 'analyze reduce'.")
    }
    let showsProgress = console.environment.progress
    let models = try ModelFiles(input.models, progress: Progress(enabled: showsProgress))
    let claims = ModelClaims(models.models)
    let signatures = claims.reference(over: bundled).signatures
    let ingestor = Ingestor(settings: settings, signatures: signatures)
    if case .files(let paths, _) = choice {
      try LogReadings.refuseStreams(input.logs, in: paths)
    }
    var read = LogFiles(
      LogReadings(input.logs, as: kind, patterns: patterns, showsProgress: showsProgress), ingestor)
    var external = ReferenceFiles(
      choice, settings: referenceSettings, signatures: signatures, patterns: patterns,
      showsProgress: showsProgress)
    read.note(references: external.readings)
    var logs = read.files
    let matched = MatchedModels(
      claims, with: logs.map(\.runs) + [external.compared?.runs ?? []], over: bundled,
      doubts: !input.models.isEmpty)
    for i in logs.indices { logs[i].runs = matched.runs[i] }
    external.compared?.runs = matched.runs[logs.count]
    reference = matched.reference
    problems =
      models.problems + matched.problems + read.warnings
      + Self.idle(patterns, in: logs + external.readings.compactMap(\.file))
    files = logs
    self.external = external
  }

  /// Patterns of `--pattern` are asked for by name: that none fits is an error.
  private static func idle(_ patterns: [Pattern], in files: [IngestedFile]) -> [Diagnostic] {
    guard let first = patterns.first,
      !files.contains(where: { $0.recognition.dialect == PatternSet.ofUser })
    else { return [] }
    return [
      Diagnostic(
        "idle-pattern",
        "\(patterns.count == 1 ? "the pattern '\(first.text)' fits" : "none of \(patterns.count) patterns fits") "
          + "no line",
        remedy: "Text must stand as in the log, from its first word on; {*} is any text.")
    ]
  }

  /// The tables that are compiled in.
  static func bundledTables() throws(CommandFailure) -> (ReferenceData, PublishedResults) {
    do throws(Diagnostic) {
      return (try ReferenceData.bundled(), try PublishedResults.bundled())
    } catch {
      throw CommandFailure.output(
        "a bundled table is broken: \(error.file):\(error.line): \(error.message)",
        remedy: "This is a bug; please report it.")
    }
  }

  /// Refuses names that are none, no log's, or a mistyped command's.
  static func refuseNoLogs(
    _ names: [String], of kind: LogReadings.Kind = .logs, example: String = "analyze logs/*.txt"
  ) throws(CommandFailure) {
    guard let first = names.first else {
      throw CommandFailure.usage(
        kind == .logs ? "no log is named" : "no part is named",
        remedy: "Name at least one: "
          + "\(kind == .logs ? example : "analyze merge *.part"), or '-' for standard input.")
    }
    try refuseMistypedCommand(first)
    try ModelFiles.refuseAsLogs(names)
  }

  /// The report is the default, so `analyze speedpu x.log` would look for a file called 'speedpu'.
  private static func refuseMistypedCommand(_ first: String) throws(CommandFailure) {
    let commands = AnalyzeCommand.configuration.subcommands.compactMap {
      $0.configuration.commandName
    }
    guard first.allSatisfy(\.isLetter), !FileManager.default.fileExists(atPath: first),
      let nearest = Nearest.match(first, in: commands)
    else { return }
    throw CommandFailure.usage(
      "there is no subcommand '\(first)', and no file of that name",
      remedy: "Did you mean 'analyze \(nearest)'?")
  }

  /// What was reported about the input, by file and line; what is said of a whole file stands behind its
  /// lines, and how many more of a kind there are behind all.
  var diagnostics: [Diagnostic] { DiagnosticList(everyDiagnostic).all }

  /// The files that could not be read.
  var unreadable: [String] {
    everyDiagnostic.filter {
      $0.severity == .error && ($0.rule == "unreadable-file" || PartRule(rawValue: $0.rule) != nil)
    }.map(\.file).uniqued()
  }

  private var everyDiagnostic: [Diagnostic] {
    problems + (files.map(\.diagnostics) + external.diagnostics).flatMap(\.byLine)
  }

  /// An analysis with these options.
  func analysis(_ options: AnalysisOptions) -> Analysis {
    Analysis(
      files: files, external: external.compared, published: published, reference: reference,
      options: options)
  }

  /// Writes every diagnostic to standard error.
  func report(on console: inout Console) {
    for diagnostic in diagnostics { console.report(diagnostic) }
  }

  /// The exit status that input and findings call for.
  func status(_ analysis: Analysis, strict: Bool) -> Int32 {
    if diagnostics.contains(where: { $0.severity == .error }) { return 1 }
    // Micro-benchmarks alone are a result too: the roofs of a board.
    if files.allSatisfy({ $0.runs.isEmpty && $0.microBenchmarks.isEmpty }) { return 1 }
    if strict, analysis.findings.contains(where: { $0.severity >= .warning }) { return 1 }
    return 0
  }
}

extension [Diagnostic] {
  /// As people read: some readers speak of a line only when its block ends.
  var byLine: [Diagnostic] {
    enumerated().sorted { a, b in
      let line = (a.element.line == 0 ? Int.max : a.element.line)
      let other = (b.element.line == 0 ? Int.max : b.element.line)
      return (line, a.offset) < (other, b.offset)
    }.map(\.element)
  }
}
