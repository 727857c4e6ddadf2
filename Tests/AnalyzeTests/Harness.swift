import Foundation
import Support
import Testing

@testable import analyze

/// What one command line gave.
struct Outcome {
  var status: Int32
  var out: String
  var err: String
}

enum Harness {
  /// The folder of Package.swift.
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  static let updatesGoldens = ProcessInfo.processInfo.environment["UPDATE_GOLDENS"] == "1"

  /// Runs `analyze` in process with the package's root as the working folder.
  static func analyze(_ arguments: String..., width: Int = 80) -> Outcome {
    analyze(arguments, width: width)
  }

  static func analyze(_ arguments: [String], width: Int = 80) -> Outcome {
    #expect(FileManager.default.changeCurrentDirectoryPath(root.path))
    var out = MemoryStream()
    var err = MemoryStream()
    var environment = Environment()
    environment.width = width
    let status = Analyze.run(
      arguments: arguments, out: &out, err: &err, environment: environment)
    return Outcome(status: status, out: out.text, err: err.text)
  }

  /// The example logs, as the shell expands `logs/*.txt`.
  static let logs: [String] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: root.path + "/logs")) ?? []
    return names.filter { $0.hasSuffix(".txt") }.sorted().map { "logs/" + $0 }
  }()

  /// Those of them that hold published times.
  static let published = logs.filter { $0.contains("rp2350") }

  /// Compares with a golden file; on a mismatch the new text stands beside it as NAME.got.
  static func expectGolden(
    _ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let file = root.appendingPathComponent("Tests/AnalyzeTests/Goldens/\(name)")
    let got = file.appendingPathExtension("got")
    if updatesGoldens {
      try Data(text.utf8).write(to: file)
      return
    }
    let golden = try? String(contentsOf: file, encoding: .utf8)
    if golden == text {
      try? FileManager.default.removeItem(at: got)
      return
    }
    try Data(text.utf8).write(to: got)
    Issue.record(
      "differs from Goldens/\(name); see \(name).got, renew with Scripts/renew-goldens",
      sourceLocation: sourceLocation)
  }

  /// A file in a temporary folder that is removed afterwards.
  static func withFile<T>(
    _ name: String, _ text: String, _ body: (String) throws -> T
  ) throws -> T {
    try withFolder { folder in
      let path = folder + "/" + name
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
      return try body(path)
    }
  }

  static func withFolder<T>(_ body: (String) throws -> T) throws -> T {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "analyze-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder.path)
  }
}
