import Foundation
import Support
import TestSupport
import Testing

@testable import analyze

/// What one command line gave.
struct Outcome {
  var status: Int32
  var out: String
  var err: String
}

enum Harness {
  /// Runs `analyze` in process with the package's root as the working folder.
  static func analyze(_ arguments: String..., width: Int = 80) -> Outcome {
    analyze(arguments, width: width)
  }

  static func analyze(_ arguments: [String], width: Int = 80) -> Outcome {
    #expect(FileManager.default.changeCurrentDirectoryPath(Checkout.root.path))
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
    let names = (try? FileManager.default.contentsOfDirectory(atPath: Checkout.path("logs"))) ?? []
    return names.filter { $0.hasSuffix(".txt") }.sorted().map { "logs/" + $0 }
  }()

  /// Those of them that hold published times.
  static let published = logs.filter { $0.contains("rp2350") }

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
