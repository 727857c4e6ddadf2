import Foundation
import Models
import Testing

@testable import ModelFormats

/// The folder with real models and outputs; nil where it is not there.
enum Shared {
  static let package = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static let folder: URL? = {
    let named = ProcessInfo.processInfo.environment["PICO2_BENCHMARK_SHARED"]
    let folder =
      (named.map { URL(fileURLWithPath: $0) }
      ?? package.deletingLastPathComponent().appendingPathComponent("shared"))
      .resolvingSymlinksInPath()
    let table = folder.appendingPathComponent("oracles/tinyml_ops.tsv")
    return FileManager.default.fileExists(atPath: table.path) ? folder : nil
  }()

  static let isThere = folder != nil
  static let absence: Comment =
    "no folder 'shared' beside the package; set PICO2_BENCHMARK_SHARED to its path"

  static func path(_ name: String) throws -> String {
    try #require(folder).appendingPathComponent(name).path
  }

  static func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: try path(name))))
  }
}

/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers for the same seed on every machine.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// A folder that is gone when the test is.
final class ScratchFolder {
  let url = FileManager.default.temporaryDirectory
    .appendingPathComponent("keras-tests-\(UUID().uuidString)")

  init() throws {
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appendingPathComponent(name).path }
}

/// The diagnostic with which `body` ends; nil where it does not throw.
func refusal<T>(_ body: () throws(ModelDiagnostic) -> T) -> ModelDiagnostic? {
  do throws(ModelDiagnostic) {
    _ = try body()
    return nil
  } catch {
    return error
  }
}

extension ModelDiagnostic {
  /// Says what and what to do, in text that can be shown.
  var isHelpful: Bool {
    let isClean = (headline + remedy).unicodeScalars.allSatisfy {
      $0.properties.generalCategory != .control
    }
    return isClean && !rule.isEmpty && !message.isEmpty && !remedy.isEmpty
  }
}

func littleEndian(_ values: [Float]) -> [UInt8] {
  values.flatMap { value in withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) } }
}
