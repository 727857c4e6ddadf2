import Foundation
import TestSupport
import Testing

/// The map in CONTRIBUTING: a paragraph for each room, which stands at the top of one of its files.
struct MapTests {
  /// Rooms and their paragraphs, from the rows of the map.
  private static func rows() throws -> [String: String] {
    var rows: [String: String] = [:]
    for line in try Checkout.text("CONTRIBUTING.md").split(separator: "\n") {
      guard let row = line.wholeMatch(of: /\| `((?:Sources|Firmware)\/.+?)` \| (.+) \|/) else {
        continue
      }
      rows[String(row.1)] = String(row.2)
    }
    return rows
  }

  /// The comment that a file begins with, as one line; empty without one.
  private static func head(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .prefix { $0.hasPrefix("// ") }.map { $0.dropFirst(3) }.joined(separator: " ")
  }

  private static func folders(_ path: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(
      at: Checkout.root.appendingPathComponent(path), includingPropertiesForKeys: nil
    ).filter(\.hasDirectoryPath).map { "\(path)/\($0.lastPathComponent)" }
  }

  @Test func everyRoomIsOnTheMap() throws {
    // Headers for C are no rooms, nor is what an old checkout left empty.
    let rooms = try Self.folders("Sources").filter {
      let files = try FileManager.default.contentsOfDirectory(atPath: Checkout.path($0))
      return !files.isEmpty && !files.contains("module.modulemap")
    }
    #expect(Set(rooms + ["Firmware/Logic", "Firmware/Image"]) == Set(try Self.rows().keys))
  }

  @Test func everyParagraphStandsAtTheTopOfOneFile() throws {
    for (room, paragraph) in try Self.rows() {
      var heads: [String] = []
      let folder = Checkout.root.appendingPathComponent(room)
      let files = try #require(
        FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
      for case let file as URL in files where file.pathExtension == "swift" {
        let head = Self.head(try String(contentsOf: file, encoding: .utf8))
        if head == paragraph { heads.append(file.lastPathComponent) }
      }
      #expect(heads.count == 1, "\(room) has its paragraph at the top of \(heads)")
    }
  }
}
