import Ingest
import Support

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The logs of a command line, each read and counted once, whatever names it has.
///
/// Names of one file (`a.txt ./a.txt`, links) are told apart by device and file number and read once;
/// copies, compressed or not, by a hash of their lines. A log counts once more only where its two names, or their sidecars, contradict each other: the ticks of an emulator, say, are the same in
/// two configurations. Where one of the names says more, that one is kept.
struct LogFiles {
  /// What was read, in the order of the names.
  private(set) var files: [IngestedFile] = []
  private var names: Set<String> = []
  /// Which of `files` stands for a file of the system, under which of its names it was read.
  private var identities: [FileIdentity: [(name: String, index: Int)]] = [:]
  /// Which of `files` have lines of that hash.
  private var contents: [UInt64: [Int]] = [:]

  /// Reads the logs in order.
  init(_ paths: [String], _ ingestor: Ingestor, progress: Progress) {
    for path in paths {
      guard names.insert(path).inserted else {
        repeated(path)
        continue
      }
      let identity = Self.identity(of: path)
      let same = identity.flatMap { identity in
        // Of a stream there is nothing left to read, whatever its other name says.
        identities[identity]?.first {
          !identity.isPlain || ingestor.saysTheSame($0.name, path)
        }
      }
      if let same {
        note(path, at: same.index, "is the same file as \(same.name); it counts once")
        continue
      }
      let index = enter(ingestor.ingest(path: path) { progress.show(reading: path, $0) })
      progress.clear()
      if let identity { identities[identity, default: []].append((path, index)) }
    }
  }

  /// Notes that a reference is one of the logs. It is compared all the same: in another part.
  mutating func noteReference(_ path: String) throws(CommandFailure) {
    guard let identity = Self.identity(of: path), let log = identities[identity]?.first else {
      return
    }
    guard identity.isPlain else {
      throw CommandFailure.usage(
        "'\(path)' is named as a log and as the reference, and can be read once only",
        remedy: "Write it to a file, and name that twice.")
    }
    note(
      path, at: log.index, "is the reference and a log; its ratios to itself are 1",
      remedy: "Name another file behind --reference, unless this is meant.")
  }

  private static func identity(of path: String) -> FileIdentity? {
    path == "-" ? FileIdentity(descriptor: STDIN_FILENO) : FileIdentity(of: path)
  }

  /// A name that stands twice on the command line.
  private mutating func repeated(_ path: String) {
    guard !files.isEmpty else { return }
    let index = files.firstIndex { $0.path == path } ?? 0
    note(path, at: index, "named more than once; it counts once")
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
