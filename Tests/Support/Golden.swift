import Foundation
import Testing

/// Texts in the repository that are what the programs print.
public enum Golden {
  /// Scripts/renew-goldens writes them anew instead of comparing.
  public static let isRenewed = ProcessInfo.processInfo.environment["UPDATE_GOLDENS"] == "1"

  /// Compares with a file in `Goldens` beside the test; on a mismatch the new text stands beside it as NAME.got.
  public static func expect(
    _ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let golden = Checkout.root.appendingPathComponent(
      "Tests/\(sourceLocation.moduleName)/Goldens/\(name)")
    let got = golden.appendingPathExtension("got")
    if isRenewed { try Data(text.utf8).write(to: golden) }
    if (try? Data(contentsOf: golden)) == Data(text.utf8) {
      try? FileManager.default.removeItem(at: got)
      return
    }
    try Data(text.utf8).write(to: got)
    Issue.record(
      "differs from Goldens/\(name); see \(name).got, renew with Scripts/renew-goldens",
      sourceLocation: sourceLocation)
  }
}
