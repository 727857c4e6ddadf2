import Dispatch
import Ingest
import Support
import Synchronization

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
  private var first = 0

  /// A name of the command line.
  private enum Named: Sendable {
    case part(String)
    /// A log to be read, or an archive of logs; its bytes come from there, where that is not its name.
    case log(LogReading, from: String? = nil)
    /// Another name of the log at that place of the command line.
    case again(LogReading, Int)
  }

  /// What a name gave.
  private typealias Outcome = (readings: [LogReading], warnings: [Diagnostic])

  /// Reads the files, as many at a time as there are cores; `settings` are kept with what is read. `-` is standard
  /// input, which is called `streamName` and may stand for any file then.
  init(
    _ paths: [String], as kind: Kind = .logs, settings: [LogReading.Setting] = [],
    patterns: [Pattern] = [], streamName: String = "-", showsProgress: Bool
  ) {
    let names = Self.names(paths, as: kind, settings, streamName: streamName)
    let outcomes = Self.read(names, settings, patterns, showsProgress: showsProgress)
    for (name, outcome) in zip(names, outcomes) {
      if case .again(let reading, let first) = name {
        all += outcomes[first].readings.map(reading.again)
      } else {
        all += outcome.readings
        warnings += outcome.warnings
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

  /// What each name leads to.
  private static func names(
    _ paths: [String], as kind: Kind, _ settings: [LogReading.Setting], streamName: String
  ) -> [Named] {
    var names: [Named] = []
    var places: [String: Int] = [:]
    var identities: [FileIdentity: [Int]] = [:]
    for path in paths {
      if kind == .parts || isNamedPart(path) && Part.isPart(path) {
        names.append(.part(path))
        continue
      }
      let name = path == "-" ? streamName : path
      let identity = name == path ? identity(of: path) : nil
      let reading = LogReading(unread: name, identity: identity, settings: settings)
      let known =
        places[path].map { [$0] } ?? identity.flatMap { identities[$0] } ?? []
      let first = known.first { place in
        guard case .log(let first, _) = names[place] else { return false }
        // Of a stream there is nothing left to read, whatever its other name says.
        return first.path == name || identity?.isPlain == false || reading.saysTheSame(as: first)
      }
      if let first {
        names.append(.again(reading, first))
      } else {
        places[path] = names.count
        if let identity { identities[identity, default: []].append(names.count) }
        names.append(.log(reading, from: name == path ? nil : path))
      }
    }
    return names
  }

  private static func isNamedPart(_ path: String) -> Bool {
    Packing.withoutEnding(path[...]).lowercased().hasSuffix(".part")
  }

  private static func read(
    _ names: [Named], _ settings: [LogReading.Setting], _ patterns: [Pattern], showsProgress: Bool
  ) -> [Outcome] {
    let files = names.indices.filter { if case .again = names[$0] { false } else { true } }
    let progress = progress(names, files, enabled: showsProgress)
    defer { progress.clear() }
    let outcomes = Mutex<[Outcome]>(names.map { _ in ([], []) })
    let next = Atomic(0)
    let readers = min(Cores.count, files.count)
    DispatchQueue.concurrentPerform(iterations: readers) { _ in
      while true {
        let place = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard place < files.count else { return }
        let outcome: Outcome
        switch names[files[place]] {
        case .part(let path): outcome = readPart(path, settings)
        case .log(let reading, let input):
          var read: UInt64 = 0
          let readings = reading.logs(from: input, amongst: readers, patterns: patterns) {
            progress.add(Int($0 - read))
            read = $0
          }
          outcome = (readings, [])
        case .again: outcome = ([], [])
        }
        outcomes.withLock { $0[files[place]] = outcome }
      }
    }
    return outcomes.withLock { $0 }
  }

  private static func readPart(_ path: String, _ settings: [LogReading.Setting]) -> Outcome {
    do throws(Diagnostic) {
      let part = try Part.read(path: path, program: AnalyzeCommand.program)
      return (
        part.readings.map { reading in
          var reading = reading
          reading.settings += settings
          return reading
        }, part.warnings
      )
    } catch {
      return ([LogReading(of: path, failing: error)], [])
    }
  }

  private static func progress(
    _ names: [Named], _ files: [Int], enabled: Bool
  ) -> ReadingProgress {
    var total: Int? = 0
    for place in files where enabled {
      // How much is packed in a file or comes through a pipe is not known.
      guard case .log(let reading, let input) = names[place] else { continue }
      let size =
        input == nil && reading.identity?.isPlain == true ? LogSource.size(of: reading.path) : nil
      total = size.flatMap { size in total.map { $0 + size } }
    }
    guard files.count == 1, case .log(let reading, _) = names[files[0]] else {
      return ReadingProgress(enabled: enabled, what: "\(files.count) files", total: total)
    }
    return ReadingProgress(enabled: enabled, what: reading.path, total: total)
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
