import Foundation
import Models
import Testing

@testable import Quantizer

@Suite("Seeds of the fuzzer")
struct SeedTests {
  static let seeds: [String: [UInt8]] = [
    "floats.npy": NpySketch.bytes("<f4", [2, 3], NpySketch.floats([1, -2, 3, 0.5, 1e-3, 6])),
    "images.npy": NpySketch.bytes("|i1", [1, 2, 2, 3], Array(0..<12), version: 2),
    "halves.npy": NpySketch.bytes("<f2", [4], [0, 0x3C, 1, 0x80, 0, 0x7C, 0, 0xBC], version: 3),
    "several.npz": NpzTests.archive,
    "named.npz": ZipSketch(members: [
      ("x.npy", NpySketch.bytes("|u1", [3, 2], Array(0..<6)), false)
    ]).bytes(),
  ]

  @Test("The files with which Scripts/fuzz begins are what is written here", arguments: seeds.keys)
  func seedIsCurrent(_ name: String) throws {
    let url = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Fuzzing/Seeds/samples/\(name)")
    let expected = try #require(Self.seeds[name])
    if ProcessInfo.processInfo.environment["PICO2_RENEW_SEEDS"] != nil {
      try Data(expected).write(to: url)
    }
    let found = [UInt8](try Data(contentsOf: url))
    #expect(found == expected, "run the tests once with PICO2_RENEW_SEEDS=1")
  }
}
