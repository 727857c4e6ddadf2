import Support

/// A folder behind `--reference` means its files.
enum ReferenceFolder {
  /// What the names of logs, tables and boards end in; other files of a folder are none.
  private static let endings = [".txt", ".log", ".csv", ".toml", ".gz"]

  /// The file itself, or the files of a folder, sorted as bytes are: the same everywhere.
  static func files(_ path: String) throws(CommandFailure) -> [String] {
    guard path != "-", OutputFiles.isFolder(path) else { return [path] }
    let all = endings.flatMap { FolderTree.files(in: path, ending: $0) }.sorted()
    let stems = Set(all.filter { !isTOML($0) }.map(stem))
    // NAME.toml beside NAME.txt says what that log does not.
    let files = all.filter { !isTOML($0) || !stems.contains(stem($0)) }
    guard !files.isEmpty else {
      throw CommandFailure.usage(
        "--reference: the folder '\(path)' holds no file that ends in \(listed(endings))",
        remedy: "Name a file, or another folder, at most \(FolderTree.deepest) folders above one.")
    }
    return files
  }

  private static func isTOML(_ path: String) -> Bool { path.lowercased().hasSuffix(".toml") }

  private static func stem(_ path: String) -> Substring {
    let name = path.lowercased().hasSuffix(".gz") ? path.dropLast(3) : path[...]
    return name.lastIndex(of: ".").map { name[..<$0] } ?? name
  }
}
