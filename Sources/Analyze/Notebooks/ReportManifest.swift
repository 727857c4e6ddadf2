import Ingest
import Notebook
import Support

/// What was written into the folders of results inside a report's folder: the file `.analyze-manifest`.
///
/// A later run removes what an earlier one wrote and it does not write again, since that would pass for
/// its result; of other files it cannot know. A line holds hash, length and path of a file. The manifest
/// may come with a folder from somebody else: only names as this program gives them count, in real
/// folders of the report, of real files that still hold what was written.
struct ReportManifest {
  /// A folder of results.
  struct Folder {
    var name: String
    /// Kinds of file that this program writes there.
    var endings: Set<String>
  }

  static let tables = Folder(name: "tables", endings: ["csv"])

  /// The folders of results.
  static let folders = [
    tables,
    Folder(name: FigureFiles.folder, endings: ["svg", "png"]),
    Folder(
      name: ReportFolder.pictures, endings: Set(PictureContent.Kind.allCases.map(\.rawValue))),
  ]
  private static let name = ".analyze-manifest"
  private static let heading = "pico2-benchmark results 2"
  /// Bytes of the longest manifest that is read, and of the largest file that is looked into.
  private static let longest = 1 << 24

  /// A file and what was written into it.
  struct Entry: Hashable {
    var hash: String
    var length: Int
    /// As in `tables/speedup.csv`.
    var path: String

    init(path: String, bytes: [UInt8]) {
      self.path = path
      (hash, length) = (Self.hash(bytes), bytes.count)
    }

    /// Reads a line; nil when it is not one that this program writes.
    init?(_ line: Substring) {
      let words = line.split(separator: " ", omittingEmptySubsequences: false)
      guard words.count == 3, let length = Int(words[1]), length >= 0,
        ReportManifest.isResult(words[2])
      else { return nil }
      (hash, self.length, path) = (String(words[0]), length, String(words[2]))
    }

    var line: String { "\(hash) \(length) \(path)\n" }

    static func hash(_ bytes: [UInt8]) -> String { Format.hex(ContentHash.of(bytes)) }
  }

  private(set) var entries: Set<Entry>

  /// A manifest of these files.
  init(_ entries: some Sequence<Entry>) { self.entries = Set(entries) }

  /// That of a report's folder; empty where there is none, or it is none of ours.
  init(of folder: String) {
    entries = []
    let path = "\(folder)/\(Self.name)"
    guard let bytes = SmallFile.bytes(of: path, atMost: Self.longest) else { return }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    guard lines.first == Self.heading[...] else { return }
    entries = Set(lines.dropFirst().compactMap { Entry($0) })
  }

  /// Writes it into a report's folder; none where there is nothing to remember.
  func write(to folder: String) throws {
    let path = "\(folder)/\(Self.name)"
    // Not through a link that somebody put there.
    if OutputFiles.kind(of: path, followsLinks: false) == .link { try Self.remove(path) }
    guard !entries.isEmpty || OutputFiles.kind(of: path) != nil else { return }
    let text = entries.sorted { ($0.path, $0.hash) < ($1.path, $1.hash) }.map(\.line).joined()
    try Delivery.write("\(Self.heading)\n\(text)", to: path)
  }

  /// Removes the files that are not in `kept`, as far as they are what was written.
  func removeObsolete(in folder: String, keeping kept: Set<String>) throws {
    let real = Set(
      Self.folders.map(\.name).filter {
        OutputFiles.kind(of: "\(folder)/\($0)", followsLinks: false) == .folder
      })
    for entry in entries where !kept.contains(entry.path) {
      let path = "\(folder)/\(entry.path)"
      guard let parent = entry.path.split(separator: "/").first, real.contains(String(parent)),
        let bytes = SmallFile.bytes(of: path, atMost: min(entry.length, Self.longest)),
        bytes.count == entry.length, Entry.hash(bytes) == entry.hash
      else { continue }
      try Self.remove(path)
    }
  }

  /// Whether a path inside a report's folder is one that this program may have written.
  private static func isResult(_ path: Substring) -> Bool {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let folder = folders.first(where: { $0.name == parts[0] }),
      let dot = parts[1].lastIndex(of: "."), parts[1].first != "."
    else { return false }
    return folder.endings.contains(String(parts[1][parts[1].index(after: dot)...]))
      && parts[1].utf8.allSatisfy { Scan.isWord($0) || $0 == 0x2d || $0 == 0x2e }
  }

  private static func remove(_ path: String) throws {
    do throws(SystemFailure) {
      try OutputFiles.remove(path)
    } catch {
      throw CommandFailure.output(
        "the old result '\(path)' cannot be removed: \(error.words)",
        remedy: "Remove it, or name another folder with -o.")
    }
  }
}
