import Foundation
import Models
import Support
import TestSupport
import Testing

@testable import modelgen

enum Harness {
  /// Runs `modelgen` in process.
  static func modelgen(
    _ arguments: [String], width: Int = 80, tinyMLFolder: String? = nil
  ) -> CommandOutcome {
    CommandOutcome(width: width) {
      $2.tinyMLFolder = tinyMLFolder
      return ModelGen.run(arguments: arguments, out: &$0, err: &$1, environment: $2)
    }
  }

  /// Runs `modelgen`, which must succeed without a word on standard error.
  @discardableResult static func silently(
    _ arguments: [String], width: Int = 80, sourceLocation: SourceLocation = #_sourceLocation
  ) -> CommandOutcome {
    let result = modelgen(arguments, width: width)
    #expect(
      result.status == 0 && result.err.isEmpty, "\(result.err)", sourceLocation: sourceLocation)
    return result
  }

  static func graph(_ path: String) throws -> Graph { try TFLiteReader.read(path: path) }
}
