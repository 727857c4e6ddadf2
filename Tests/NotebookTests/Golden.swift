import Foundation
import Testing

/// Compares with a file in `Goldens`. UPDATE_GOLDENS=1 renews it; a mismatch leaves `NAME.got` beside
/// it to compare with.
func expectGolden(
  _ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Goldens")
  let golden = folder.appendingPathComponent(name)
  let got = folder.appendingPathComponent(name + ".got")
  if ProcessInfo.processInfo.environment["UPDATE_GOLDENS"] == "1" {
    try Data(text.utf8).write(to: golden)
  }
  let expected = try? Data(contentsOf: golden)
  if expected == Data(text.utf8) {
    try? FileManager.default.removeItem(at: got)
    return
  }
  try Data(text.utf8).write(to: got)
  Issue.record(
    "\(name) differs; compare it with \(name).got, renew it with UPDATE_GOLDENS=1",
    sourceLocation: sourceLocation)
}
