import Foundation
import Testing

@testable import Models

/// The folder with real models and their operator table; nil where it is not there.
enum Shared {
  static let package = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static let folder: URL? = {
    let named = ProcessInfo.processInfo.environment["PICO2_BENCHMARK_SHARED"]
    // An enumerator does not follow a link that it is given.
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

  /// Paths of all files below with that ending, sorted.
  static func all(ending: String) throws -> [String] {
    let root = try #require(folder)
    let names = try FileManager.default.subpathsOfDirectory(atPath: root.path)
    return names.filter { $0.hasSuffix(ending) }.sorted().map {
      root.appendingPathComponent($0).path
    }
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

/// The diagnostic with which reading `bytes` ends; nil where they are a model.
func refusal(_ bytes: [UInt8]) -> ModelDiagnostic? {
  do throws(ModelDiagnostic) {
    _ = try TFLiteReader.read(bytes: bytes)
    return nil
  } catch {
    return error
  }
}

extension ModelDiagnostic {
  /// Says where, what and what to do, in text that can be shown.
  var isHelpful: Bool {
    let hasPlace = place.offset != nil || place.operatorIndex != nil || place.tensorIndex != nil
    let isClean = (headline + remedy).unicodeScalars.allSatisfy {
      $0.properties.generalCategory != .control
    }
    return hasPlace && isClean && !rule.isEmpty && !message.isEmpty && !remedy.isEmpty
  }
}
