import ArgumentParser
import Ingest
import Support

/// Reads logs and keeps what an analysis needs of them.
struct ReduceCommand: ParsableCommand, ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "reduce",
    abstract: "Read logs once, and keep what a report needs of them in a part.",
    discussion: """
      Parts are small, and may be made on many machines at once; 'analyze merge' makes of them the report that \
      the logs themselves give. What stands beside a log (NAME.toml, the name itself) goes into the part. What \
      holds for all logs, such as --set and --models, can wait for merge; --set here is for these logs alone.

      EXAMPLES
        analyze reduce board.txt -o board.part
        ls logs/*.txt | xargs -P 4 -I LOG analyze reduce LOG -o LOG.part
        zcat night.gz | analyze reduce - --set board=pico2 | gzip > night.part.gz
        ssh farm cat kws.txt | analyze reduce - --name kws.txt -o kws.part
        analyze reduce monday/*.part -o monday.part
      """)

  @Argument(
    help:
      "Log files, or parts named NAME.part; '-' is standard input, '.gz', '.xz', '.bz2', '.zst' and '.zip' are read, too.",
    completion: .file())
  var logs: [String] = []

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp("What these logs do not say: board, model, ...", valueName: "key=value"))
  var settings: [String] = []

  @Option(help: InputOptions.patternHelp)
  var pattern: [String] = []

  @Option(
    help: ArgumentHelp(
      "What the log on standard input is called; its .toml file counts, too.",
      valueName: "log"),
    completion: .file())
  var name: String?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write there instead of to standard output.", valueName: "path"),
    completion: .file())
  var output: String?

  func run(on console: inout Console) throws -> Int32 {
    try Session.refuseNoLogs(logs, example: "analyze reduce LOG... -o X.part")
    try refuseNameOfNothing()
    let settings = try InputOptions.canonical(settings, "--set").map {
      LogReading.Setting(key: $0.key, text: $0.text)
    }
    let path = output == "-" ? nil : output
    if let path {
      try Delivery.protect(logs.filter { $0 != "-" }, from: [path])
      try Delivery.refuseLog(path)
    }
    let readings = LogReadings(
      logs, settings: settings, patterns: try InputOptions.patterns(pattern),
      streamName: name ?? "-",
      showsProgress: console.environment.progress)
    let text = try Part.text(of: readings.all, program: AnalyzeCommand.program)
    if let path { try Delivery.write(text, to: path) } else { console.out += text }
    let files = readings.all.compactMap(\.file)
    let diagnostics = DiagnosticList(readings.warnings + files.flatMap(\.diagnostics.byLine)).all
    for diagnostic in diagnostics { console.report(diagnostic) }
    return diagnostics.contains { $0.severity == .error } ? 1 : 0
  }

  private func refuseNameOfNothing() throws(CommandFailure) {
    guard let name else { return }
    if name.isEmpty {
      throw CommandFailure.usage("the name behind --name is empty", remedy: "Leave --name out.")
    }
    if !logs.contains("-") {
      throw CommandFailure.usage(
        "--name names standard input, which is not read here",
        remedy: "Put '-' among the logs, or leave --name out.")
    }
  }
}
