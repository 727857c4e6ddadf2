import Foundation
import Testing

/// The files with which Scripts/fuzz begins. Tests make them, so that they follow the formats.
public enum FuzzingSeed {
  /// What a file below Fuzzing/Seeds holds, which must be what is expected; PICO2_RENEW_SEEDS=1 writes it anew.
  @discardableResult public static func current(
    _ name: String, _ expected: [UInt8], sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> [UInt8] {
    let file = "Fuzzing/Seeds/" + name
    if ProcessInfo.processInfo.environment["PICO2_RENEW_SEEDS"] != nil {
      try Files.write(expected, Checkout.path(file))
    }
    let found = try Checkout.bytes(file)
    #expect(
      found == expected, "\(file): run the tests once with PICO2_RENEW_SEEDS=1",
      sourceLocation: sourceLocation)
    return found
  }
}
