import Support
#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A small text that a command reads as a whole: a notebook, a draft.
enum TextFile {
  /// The text of the file.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - what: what it is to be, for messages.
  ///   - remedy: what to do when it is not.
  static func read(
    _ path: String, as what: String, remedy: String
  ) throws(CommandFailure) -> String {
    guard let data = FileManager.default.contents(atPath: path) else {
      let reason = OutputFiles.obstacle(toReading: path)
      throw CommandFailure.usage("the \(what) '\(path)' cannot be read: \(reason)", remedy: remedy)
    }
    let text = String(decoding: data, as: UTF8.self)
    // Decoding repairs what is not UTF-8, so that the bytes differ then.
    guard !data.contains(0), text.utf8.elementsEqual(data) else {
      throw CommandFailure.usage("'\(path)' is no \(what): it is not UTF-8 text", remedy: remedy)
    }
    return text
  }
}
