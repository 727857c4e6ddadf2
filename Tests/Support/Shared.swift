import Foundation
import Models
import Testing

/// Real logs and models, and what other programs make of them, in a folder outside the package: `shared` beside the
/// checkout, or the one that PICO2_BENCHMARK_SHARED names. Each test says which part of it it needs.
public enum Shared {
  /// The folder, whether it is there or not. An enumerator does not follow a link that it is given.
  public static let folder =
    (ProcessInfo.processInfo.environment["PICO2_BENCHMARK_SHARED"]
    .map { URL(fileURLWithPath: $0) }
    ?? Checkout.root.deletingLastPathComponent().appendingPathComponent("shared"))
    .resolvingSymlinksInPath()

  /// Whether this machine has that file or folder.
  public static func has(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: path(name))
  }

  /// Where a file lies, or would lie.
  public static func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  /// The bytes of a file.
  public static func bytes(_ name: String) throws -> [UInt8] {
    try Files.bytes(path(name))
  }

  /// The text of a file.
  public static func text(_ name: String) throws -> String {
    try Files.text(path(name))
  }

  /// The float32 values of a file.
  public static func floats(_ name: String) throws -> [Float] {
    let bytes = try bytes(name)
    return stride(from: 0, to: bytes.count & ~3, by: 4).map { start in
      Float(bitPattern: (0..<4).reduce(0) { $0 | UInt32(bytes[start + $1]) << UInt32(8 * $1) })
    }
  }

  /// The model in a .tflite file.
  public static func graph(_ name: String) throws -> Graph {
    try TFLiteReader.read(path: path(name))
  }

  /// All files with that ending, sorted, by their names in the folder; none where it is not there.
  public static func files(ending: String) -> [String] {
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(ending) }.sorted()
  }
}

extension Trait where Self == ConditionTrait {
  /// A part of the folder that a test needs: the test is skipped where it is not there.
  public static func shared(_ part: String) -> Self {
    .enabled(
      if: Shared.has(part),
      "no '\(part)' in a folder 'shared' beside the package; PICO2_BENCHMARK_SHARED sets its path")
  }
}
