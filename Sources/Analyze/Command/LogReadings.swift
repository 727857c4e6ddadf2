import Ingest
import Support

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The logs of a command line in their order, read, and those of parts that are named among them.
///
/// Names of one file (`a.txt ./a.txt`, links) are told apart by device and file number and read once.
struct LogReadings {
  /// What names may lead to.
  enum Kind {
    /// Logs, and parts whose name says so.
    case logs
    /// Parts alone.
    case parts
  }

  /// What was read, one for each name of a log.
  private(set) var all: [LogReading] = []
  /// What is worth knowing of the parts themselves.
  private(set) var warnings: [Diagnostic] = []
  /// What standard input is called; `-` where it has no name.
  private let streamName: String
  private var first = 0
  private var names: [String: Int] = [:]
  private var identities: [FileIdentity: [Int]] = [:]

  /// Reads the files in order; `settings` are kept with what is read. `-` is standard input, which is called
  /// `streamName` and may stand for any file then.
  init(
    _ paths: [String], as kind: Kind = .logs, settings: [LogReading.Setting] = [],
    streamName: String = "-", progress: Progress
  ) {
    self.streamName = streamName
    for path in paths {
      if kind == .parts || Self.isNamedPart(path) && Part.isPart(path) {
        readPart(path, settings)
      } else {
        readLog(path, settings, progress)
      }
    }
  }

  /// Takes away what was read first.
  mutating func next() -> LogReading? {
    guard first < all.count else { return nil }
    defer { first += 1 }
    let reading = all[first]
    all[first].file = nil
    return reading
  }

  private static func isNamedPart(_ path: String) -> Bool {
    [".part", ".part.gz"].contains(where: path.lowercased().hasSuffix)
  }

  private mutating func readPart(_ path: String, _ settings: [LogReading.Setting]) {
    do throws(Diagnostic) {
      let part = try Part.read(path: path, program: AnalyzeCommand.program)
      warnings += part.warnings
      for var reading in part.readings {
        reading.settings += settings
        all.append(reading)
      }
    } catch {
      all.append(LogReading(of: path, failing: error))
    }
  }

  private mutating func readLog(
    _ path: String, _ settings: [LogReading.Setting], _ progress: Progress
  ) {
    defer { progress.clear() }
    let name = path == "-" ? streamName : path
    if let first = names[path] { return all.append(LogReading(of: name, again: all[first])) }
    names[path] = all.count
    let identity = name == path ? Self.identity(of: path) : nil
    for first in identity.flatMap({ identities[$0] }) ?? [] {
      let again = LogReading(of: name, again: all[first])
      // Of a stream there is nothing left to read, whatever its other name says.
      if identity?.isPlain == false || again.saysTheSame(as: all[first]) {
        return all.append(again)
      }
    }
    if let identity { identities[identity, default: []].append(all.count) }
    all.append(
      LogReading(of: name, from: path, identity: identity, settings: settings) {
        progress.show(reading: name, $0)
      })
  }

  private static func identity(of path: String) -> FileIdentity? {
    path == "-" ? FileIdentity(descriptor: STDIN_FILENO) : FileIdentity(of: path)
  }

  /// Refuses a stream that is to be read as a log and as a reference.
  static func refuseStreams(_ logs: [String], in references: [String]) throws(CommandFailure) {
    let streams = Set(logs.compactMap(identity).filter { !$0.isPlain })
    guard !streams.isEmpty,
      let path = references.first(where: { identity(of: $0).map(streams.contains) ?? false })
    else { return }
    throw CommandFailure.usage(
      "'\(path)' is named as a log and as the reference, and can be read once only",
      remedy: "Write it to a file, and name that twice.")
  }
}
