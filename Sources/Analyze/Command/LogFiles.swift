import Ingest
import Support

/// The logs of a command line or of parts, each counted once, whatever names it has.
///
/// Names of one file are told apart as they were when it was read, as long as the lines are the same: parts of
/// other machines may have a file of that name, too. Copies, compressed or not, are known by a hash of their
/// lines. A log counts once more only where its two names, or their sidecars, contradict each other: the ticks
/// of an emulator, say, are the same in two configurations. Where one of the names says more, that one is kept.
struct LogFiles {
  /// What was read, in the order of the names.
  private(set) var files: [IngestedFile] = []
  /// What was said of parts.
  let warnings: [Diagnostic]
  /// All that was taken, without the files.
  private(set) var readings: [LogReading] = []
  /// Which of `files` stands for a name, and which for a file of the system, with that content.
  private var names: [Key<String>: [Entry]] = [:]
  private var identities: [Key<FileIdentity>: [Entry]] = [:]
  private var paths: Set<String> = []
  /// Which of `files` have lines of that hash.
  private var contents: [UInt64: [Int]] = [:]

  /// The reading is without its file.
  private typealias Entry = (reading: LogReading, index: Int)

  private struct Key<Name: Hashable>: Hashable {
    let name: Name
    let content: UInt64
  }

  private static func identity(_ reading: LogReading) -> Key<FileIdentity>? {
    reading.identity.map { Key(name: $0, content: reading.contentHash) }
  }

  /// Completes what was read, in its order.
  init(_ readings: consuming LogReadings, _ ingestor: Ingestor) {
    warnings = readings.warnings
    while var reading = readings.next() {
      // Nobody else holds the file now, so that it is completed where it is.
      let file = reading.file.take()
      take(reading, file, ingestor)
      self.readings.append(reading)
    }
  }

  private mutating func take(
    _ reading: LogReading, _ file: consuming IngestedFile?, _ ingestor: Ingestor
  ) {
    let path = reading.path
    let name = Key(name: path, content: reading.contentHash)
    if let same = names[name]?.first(where: { $0.reading.saysTheSame(as: reading) }) {
      note(path, at: same.index, "named more than once; it counts once")
      return
    }
    let identity = Self.identity(reading)
    // Of a stream nothing was left to read under another name.
    let isEmptied = file == nil && reading.identity?.isPlain == false
    if let same = identity.flatMap({ identities[$0] })?.first(where: {
      isEmptied || $0.reading.saysTheSame(as: reading)
    }) {
      names[name, default: []].append((reading, same.index))
      note(path, at: same.index, "is the same file as \(same.reading.path); it counts once")
    } else if var file {
      ingestor.complete(&file, as: reading)
      let entry = (reading, enter(file))
      if path != "-", paths.contains(path), names[name] == nil {
        note(
          path, at: entry.1, "is the name of two logs whose lines differ; both count",
          remedy: "Leave out a part if this is one log that has grown.")
      }
      names[name, default: []].append(entry)
      if let identity { identities[identity, default: []].append(entry) }
    }
    paths.insert(path)
  }

  /// Notes which references are logs. They are compared all the same: in another part.
  mutating func note(references: [LogReading]) {
    for reading in references {
      guard let log = Self.identity(reading).flatMap({ identities[$0] })?.first else { continue }
      note(
        reading.path, at: log.index, "is the reference and a log; its ratios to itself are 1",
        remedy: "Name another file behind --reference, unless this is meant.")
    }
  }

  /// Puts a file among the others, unless it is the copy of one; returns the index of what stands for it.
  private mutating func enter(_ file: IngestedFile) -> Int {
    guard !file.runs.isEmpty || !file.microBenchmarks.isEmpty || !file.refusedRuns.isEmpty else {
      // Nothing that could count twice; what is wrong with it is said of each.
      files.append(file)
      return files.count - 1
    }
    var different: (index: Int, words: String)?
    for index in contents[file.contentHash] ?? [] {
      guard let words = Self.contradiction(file, files[index]) else {
        merge(file, at: index)
        return index
      }
      different = different ?? (index, words)
    }
    files.append(file)
    let index = files.count - 1
    contents[file.contentHash, default: []].append(index)
    if let different {
      note(
        file.path, at: index, severity: .warning,
        "has the same content as \(files[different.index].path), but is said to be of "
          + "\(different.words); both count",
        remedy: "Correct the name or the .toml file of one, or leave one out.")
    }
    return index
  }

  /// Keeps the one of two copies whose name says more.
  private mutating func merge(_ copy: IngestedFile, at index: Int) {
    var (kept, left) = (files[index], copy)
    if Self.knowledge(copy) > Self.knowledge(kept) { swap(&kept, &left) }
    // The lines are the same; what was wrong beside them is not.
    let known = Set(kept.diagnostics.map(Self.fault))
    kept.diagnostics += left.diagnostics.filter { !known.contains(Self.fault($0)) }
    files[index] = kept
    note(left.path, at: index, "has the same content as \(kept.path); it counts once")
  }

  private static func fault(_ diagnostic: Diagnostic) -> [String] {
    ["\(diagnostic.line)", "\(diagnostic.column)", diagnostic.rule, diagnostic.message]
  }

  private static func knowledge(_ file: IngestedFile) -> Int {
    file.runs.reduce(0) { $0 + $1.configuration.all.count }
  }

  /// What is said of the first of two copies that contradicts the second, as in "weights=sram, not
  /// flash"; nil when they could be one.
  private static func contradiction(_ one: IngestedFile, _ other: IngestedFile) -> String? {
    for (a, b) in zip(one.runs, other.runs) {
      for (key, entry) in a.configuration.all where key != .dtypeClaimed && key != .dtypeEvidence {
        guard let held = b.configuration.text(key), held != entry.text else { continue }
        return "\(key.rawValue)=\(entry.text), not \(held)"
      }
    }
    return nil
  }

  private mutating func note(
    _ path: String, at index: Int, severity: Severity = .note, _ message: String,
    remedy: String = "Name each log once; a repeated measurement is a log of its own."
  ) {
    files[index].diagnostics.append(
      Diagnostic(
        "same-log", message, remedy: remedy, file: path, severity: severity))
  }
}
