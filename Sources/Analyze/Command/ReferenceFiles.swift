import Ingest
import Performance
import Support

/// The results of `--reference`, read.
struct ReferenceFiles {
  /// Their runs and what sentences call them; nil for the bundled results.
  var compared: (runs: [Run], words: String)?
  /// What was reported about each file.
  var diagnostics: [[Diagnostic]] = []
  /// The files by name; empty for the bundled results and for none.
  var paths: [String] = []
  /// The same as they were read.
  var readings: [LogReading] = []
  /// Whether `--reference none` asked for no comparison.
  var isNone = false

  /// Nothing to compare with.
  init(nothing words: String) { compared = ([], words) }

  /// Reads what `choice` names.
  init(
    _ choice: InputOptions.ReferenceChoice, settings: InputOptions.ReferenceSettings,
    signatures: [ModelSignature], patterns: [Pattern] = [], showsProgress: Bool
  ) {
    switch choice {
    case .bundled: return
    case .none:
      compared = ([], "nothing (--reference none)")
      isNone = true
    case .files(let files, let bundled):
      let ingestor = Ingestor.ofReferences(
        settings: settings.own, fillings: settings.fillings, signatures: signatures)
      let logs = LogFiles(
        LogReadings(files, patterns: patterns, showsProgress: showsProgress), ingestor)
      let read = logs.files
      readings = logs.readings
      diagnostics = [logs.warnings] + read.map(\.diagnostics)
      paths = files
      // A file that gave no run is reported, and compared with nothing.
      let empty = Set(read.filter(\.runs.isEmpty).map(\.path))
      let used = files.filter { !empty.contains($0) }
      compared = (
        read.flatMap(\.runs) + bundled.flatMap(\.runs),
        listed((used.isEmpty ? files : used) + bundled.map(\.name))
      )
    }
  }
}
