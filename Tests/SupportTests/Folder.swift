import Foundation

enum Folder {
  /// A temporary folder that is removed afterwards.
  static func withFolder<T>(_ body: (String) throws -> T) throws -> T {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "support-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder.path)
  }

  /// A file in a temporary folder.
  static func withFile<T>(
    _ name: String, _ text: String, _ body: (String) throws -> T
  ) throws -> T {
    try withFolder { folder in
      let path = folder + "/" + name
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
      return try body(path)
    }
  }
}
