import Foundation

/// A folder that is removed with this, to keep files of a test.
public final class ScratchFolder {
  /// Where it lies.
  public let url = FileManager.default.temporaryDirectory
    .appendingPathComponent("test-\(UUID().uuidString)")

  /// Makes it.
  public init() throws {
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }
}

/// Calls with a folder that is removed afterwards.
public func withFolder<T>(_ body: (String) throws -> T) throws -> T {
  let folder = try ScratchFolder()
  return try withExtendedLifetime(folder) { try body(folder.url.path) }
}

/// Calls with a file in a folder of its own that is removed afterwards.
public func withFile<T>(
  _ name: String, _ bytes: [UInt8], _ body: (String) throws -> T
) throws -> T {
  try withFolder { folder in
    try Files.write(bytes, folder + "/" + name)
    return try body(folder + "/" + name)
  }
}

/// The same with text.
public func withFile<T>(
  _ name: String, _ text: String, _ body: (String) throws -> T
) throws -> T {
  try withFile(name, Array(text.utf8), body)
}

/// Files as tests read and write them.
public enum Files {
  /// Writes a file.
  public static func write(_ bytes: [UInt8], _ path: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: path))
  }

  /// The bytes of a file.
  public static func bytes(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
  }

  /// The text of a file.
  public static func text(_ path: String) throws -> String {
    String(decoding: try bytes(path), as: UTF8.self)
  }

  /// What a folder holds, sorted.
  public static func names(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }
}
