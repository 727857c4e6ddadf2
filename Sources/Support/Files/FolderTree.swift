/// A folder and those below it.
package enum FolderTree {
  /// Folders below the one that is named that are looked into.
  package static let deepest = 4

  /// Paths of the files below `folder` whose names end in `ending`, in whatever case; sorted. What is hidden
  /// is left out, and a folder that a link leads back to counts once.
  package static func files(
    in folder: String, ending: String, deepest: Int = deepest
  ) -> [String] {
    var seen: Set<FileIdentity> = []
    return files(in: folder, ending: ending.lowercased(), left: deepest, &seen).sorted()
  }

  private static func files(
    in folder: String, ending: String, left: Int, _ seen: inout Set<FileIdentity>
  ) -> [String] {
    guard left >= 0, let identity = FileIdentity(of: folder),
      seen.insert(identity).inserted
    else { return [] }
    let start = folder.hasSuffix("/") ? folder : folder + "/"
    var result: [String] = []
    for name in OutputFiles.names(in: folder) where !name.hasPrefix(".") {
      switch OutputFiles.kind(of: start + name) {
      case .folder: result += files(in: start + name, ending: ending, left: left - 1, &seen)
      case .file where name.lowercased().hasSuffix(ending): result.append(start + name)
      default: break
      }
    }
    return result
  }
}
