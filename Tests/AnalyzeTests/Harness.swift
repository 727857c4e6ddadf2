import Foundation
import Support
import TestSupport
import Testing

@testable import analyze

enum Harness {
  /// Runs `analyze` in process with the package's root as the working folder.
  static func analyze(_ arguments: String..., width: Int = 80) -> CommandOutcome {
    analyze(arguments, width: width)
  }

  static func analyze(_ arguments: [String], width: Int = 80) -> CommandOutcome {
    #expect(FileManager.default.changeCurrentDirectoryPath(Checkout.root.path))
    return CommandOutcome(width: width) {
      Analyze.run(arguments: arguments, out: &$0, err: &$1, environment: $2)
    }
  }

  /// The example logs, as the shell expands `logs/*.txt`.
  static let logs: [String] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: Checkout.path("logs"))) ?? []
    return names.filter { $0.hasSuffix(".txt") }.sorted().map { "logs/" + $0 }
  }()

  /// Those of them that hold published times.
  static let published = logs.filter { $0.contains("rp2350") }
}
