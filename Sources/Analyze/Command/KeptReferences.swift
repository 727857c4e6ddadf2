import Ingest
import Performance
import Support

/// What `--reference mlperf:NAME` can name: files of imported results, and the bundled results of the same rounds.
struct KeptReferences {
  /// What a name leads to.
  enum Found {
    /// A file of imported results.
    case file(String)
    /// Bundled results.
    case runs([Run])
  }

  /// What such a name begins with.
  static let prefix = "mlperf:"

  /// Of files: round, submitter and system.
  let names: [String]
  private let folder: String
  private let published: PublishedResults

  /// What is kept in `folder`.
  init(folder: String?, published: PublishedResults) {
    self.published = published
    self.folder = folder ?? ""
    let base = (folder ?? "") + "/mlperf/"
    names =
      folder == nil
      ? []
      : FolderTree.files(in: base, ending: ".toml").map {
        String($0.dropFirst(base.count).dropLast(5))
      }
  }

  /// The file of a system.
  static func path(of name: String, in folder: String) -> String { "\(folder)/mlperf/\(name).toml" }

  private var bundled: [(name: String, runs: [Run])] {
    let source = "mlperf-tiny-"
    let runs = published.runs.filter {
      $0.configuration.text(.citation)?.hasPrefix(source) ?? false
    }
    let named = Dictionary(grouping: runs) { run in
      "\((run.configuration.text(.citation) ?? "").dropFirst(source.count))/"
        + (run.configuration.text(.board) ?? "")
    }
    return named.sorted { $0.key < $1.key }.map { (name: $0.key, runs: $0.value) }
  }

  /// Of bundled results: round and board.
  var bundledNames: [String] { bundled.map(\.name) }

  /// What the name behind `mlperf:` leads to: round and system, with the submitter between them where several have
  /// that system.
  func find(_ name: String) throws(CommandFailure) -> Found {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false).map {
      MLPerfRepository.slug(String($0), keeping: ".")
    }
    let wanted = parts.joined(separator: "/")
    let fitting = names.filter { candidate in
      guard candidate != wanted else { return true }
      let own = candidate.split(separator: "/")
      return parts.count == 2 && own.count == 3 && own[0] == parts[0] && own[2] == parts[1]
    }
    if let exact = fitting.first(where: { $0 == wanted }) ?? (fitting.count == 1 ? fitting[0] : nil)
    {
      return .file(Self.path(of: exact, in: folder))
    }
    guard fitting.isEmpty else {
      throw CommandFailure.usage(
        "'\(Self.prefix)\(name)' is a system of several submitters",
        remedy: "Name one of them: \(listed(fitting.map { Self.prefix + $0 })).")
    }
    if let runs = bundled.first(where: { $0.name == wanted })?.runs { return .runs(runs) }
    throw unknown(name, wanted)
  }

  private func unknown(_ name: String, _ wanted: String) -> CommandFailure {
    let parts = wanted.split(separator: "/")
    let all = names + bundledNames
    let sameRound = all.filter { $0.split(separator: "/").first == parts.first }
    let near = sameRound.isEmpty ? all : sameRound
    // A name without its submitter is compared with others without theirs.
    let short = near.map { one in
      let own = one.split(separator: "/")
      return own.count == 3 && parts.count == 2 ? "\(own[0])/\(own[2])" : one
    }
    let nearest =
      Nearest.match(wanted, in: short).map { "Did you mean '\(Self.prefix)\($0)'? " } ?? ""
    let shown = near.prefix(12).joined(separator: ", ") + (near.count > 12 ? ", ..." : "")
    return CommandFailure.usage(
      "there are no results named '\(Self.prefix)\(name)'",
      remedy: "\(nearest)There are \(shown). 'analyze reference import' keeps those of a checkout, "
        + "'analyze reference list' names all.")
  }
}
