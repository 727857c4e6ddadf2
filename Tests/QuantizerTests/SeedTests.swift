import Foundation
import Models
import TestSupport
import Testing

@testable import Quantizer

@Suite("Seeds of the fuzzer")
struct SeedTests {
  static let seeds: [String: [UInt8]] = [
    "floats.npy": NpySketch.bytes("<f4", [2, 3], littleEndian([1, -2, 3, 0.5, 1e-3, 6])),
    "images.npy": NpySketch.bytes("|i1", [1, 2, 2, 3], Array(0..<12), version: 2),
    "halves.npy": NpySketch.bytes("<f2", [4], [0, 0x3C, 1, 0x80, 0, 0x7C, 0, 0xBC], version: 3),
    "several.npz": NpzTests.archive,
    "named.npz": ZipSketch(members: [
      ("x.npy", NpySketch.bytes("|u1", [3, 2], Array(0..<6)), false)
    ]).bytes(),
  ]

  @Test("The files with which Scripts/fuzz begins are what is written here", arguments: seeds.keys)
  func seedIsCurrent(_ name: String) throws {
    try FuzzingSeed.current("samples/\(name)", try #require(Self.seeds[name]))
  }
}
