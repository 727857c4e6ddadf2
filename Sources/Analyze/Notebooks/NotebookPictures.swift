import Notebook
import Support

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Reads the pictures of a notebook: files in its folder or below it, wherever links lead.
///
/// A notebook may come from somebody else, and what it shows goes into a page that is passed on: so it
/// must not show what lies elsewhere, nor what is no picture, nor more than a page should hold.
struct NotebookPictures {
  /// Bytes of the largest picture.
  static let largest = 8 << 20
  /// Bytes of all that are shown, each as often as it is.
  static let most = 32 << 20

  private let folder: String?
  private var held: [String: PictureContent] = [:]
  private var total = 0

  /// Those of the notebook at `path`.
  init(notebook path: String) {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    self.folder = Self.resolved(folder)
  }

  /// The picture, or why it is not shown.
  mutating func read(_ target: LinkTarget) -> Result<PictureContent, Diagnostic> {
    do throws(Diagnostic) {
      let content = try content(target)
      guard total <= Self.most - content.bytes.count else {
        throw failure(
          target, "is one too many: all pictures together exceed \(Self.most >> 20) MiB",
          "Show fewer or smaller pictures; link the others.")
      }
      total += content.bytes.count
      return .success(content)
    } catch {
      return .failure(error)
    }
  }

  private mutating func content(_ target: LinkTarget) throws(Diagnostic) -> PictureContent {
    let path = try path(of: target)
    if let content = held[path] { return content }
    // Not through a link that took the file's place meanwhile.
    guard let bytes = SmallFile.bytes(of: path, atMost: Self.largest) else {
      throw failure(
        target, "is not a file of at most \(Self.largest >> 20) MiB that can be read",
        "Check it, or link it instead: leave out the '!'.")
    }
    guard let content = PictureContent(file: path, bytes: bytes) else {
      throw failure(
        target, "is not a picture that can be shown",
        "Shown are PNG, JPEG, GIF, WebP, and SVG without scripts and without other files.")
    }
    held[path] = content
    return content
  }

  /// The file, without links.
  private func path(of target: LinkTarget) throws(Diagnostic) -> String {
    let written = target.value.prefix { $0 != "?" && $0 != "#" }
    let name = String(written).removingPercentEncoding ?? String(written)
    guard let folder, !name.isEmpty, !name.utf8.contains(0),
      let found = Self.resolved("\(folder)/\(name)")
    else {
      throw failure(
        target, "is missing", "Put it into the notebook's folder, or correct its name.")
    }
    guard !name.hasPrefix("/"), found.utf8.starts(with: (folder + "/").utf8) else {
      throw failure(
        target, "lies outside the notebook's folder",
        "Copy it into that folder; what lies elsewhere is not shown.")
    }
    return found
  }

  private func failure(
    _ target: LinkTarget, _ what: String, _ remedy: String
  ) -> Diagnostic {
    Diagnostic("picture", "the picture '\(target.value)' \(what)", remedy: remedy)
  }

  private static func resolved(_ path: String) -> String? {
    guard let found = realpath(path, nil) else { return nil }
    defer { free(found) }
    return String(cString: found)
  }
}
