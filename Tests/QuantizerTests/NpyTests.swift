import Models
import Support
import TestSupport
import Testing

@testable import Quantizer

@Suite("NPY files")
struct NpyTests {
  @Test("Versions 1 to 3 hold the same array", arguments: [1, 2, 3] as [UInt8])
  func versions(version: UInt8) throws {
    let values: [Float] = [0, -1.5, 3.25, .greatestFiniteMagnitude, 1e-30, 7]
    let file = NpySketch.bytes("<f4", [2, 3], littleEndian(values), version: version)
    let array = try NpyReader.read(file[...])
    #expect(array.shape == [2, 3])
    #expect(array.floats(0..<6) == values)
    #expect(array.floats(4..<5) == [1e-30])
  }

  @Test(
    "Numbers of every type become floats",
    arguments: [
      ("|i1", [0xFE, 0x7F], [-2, 127]), ("|u1", [0xFE, 0x7F], [254, 127]),
      ("|b1", [0, 1], [0, 1]), ("<i2", [0xFF, 0xFF, 0x00, 0x80], [-1, -32768]),
      ("<u2", [0xFF, 0xFF, 0x00, 0x80], [65535, 32768]),
      ("<i4", [0xFD, 0xFF, 0xFF, 0xFF, 1, 0, 0, 0], [-3, 1]),
      ("<u4", [0, 0, 0, 0x80, 1, 0, 0, 0], [2_147_483_648, 1]),
      ("<i8", [0xFD] + Array(repeating: 0xFF, count: 7) + [5, 0, 0, 0, 0, 0, 0, 0], [-3, 5]),
      ("<f8", [0, 0, 0, 0, 0, 0, 0xF8, 0x3F, 0, 0, 0, 0, 0, 0, 0, 0xC0], [1.5, -2]),
      ("<f2", [0x00, 0x3C, 0x01, 0x80], [1, -5.9604644775390625e-8]), ("<f4", [], []),
    ] as [(String, [UInt8], [Float])])
  func types(descr: String, data: [UInt8], expected: [Float]) throws {
    let array = try NpyReader.read(NpySketch.bytes(descr, [expected.count], data)[...])
    #expect(array.floats(0..<expected.count) == expected)
  }

  @Test(
    "What is refused has a rule",
    arguments: [
      ("npy-fortran", NpySketch.bytes("<f4", [1, 1], [0, 0, 0, 0], fortran: true)),
      ("npy-type", NpySketch.bytes(">f4", [1], [0, 0, 0, 0])),
      ("npy-type", NpySketch.bytes("<U4", [1], [0, 0, 0, 0])),
      ("npy-size", NpySketch.bytes("<f4", [1], [0, 0, 0, 0, 0])),
      ("truncated", NpySketch.bytes("<f4", [2], [0, 0, 0, 0])),
      ("npy-version", NpySketch.bytes("<f4", [1], [0, 0, 0, 0], version: 4)),
      ("npy-magic", Array("not an array".utf8)),
      ("npy-shape", NpySketch.bytes("<f4", [1 << 40, 1 << 40], [])),
      ("npy-shape", NpySketch.bytes("<f4", Array(repeating: 1, count: 33), [0, 0, 0, 0])),
      ("npy-header", NpySketch.file("{'descr': '<f4', 'fortran_order': False}", [])),
      ("npy-header", NpySketch.file("{'descr': [('a', '<f4')], 'shape': (1,)}", [])),
      ("npy-header", NpySketch.file("{'shape': (99999999999999999999,)}", [])),
      ("npy-header", NpySketch.file("{'descr': '<f4', 'shape': (-1,)}", [])),
    ] as [(String, [UInt8])])
  func refusals(rule: String, file: [UInt8]) throws {
    let refused = try #require(
      refusal { () throws(Diagnostic) in try NpyReader.read(file[...]) })
    #expect(refused.rule == rule)
    #expect(refused.isHelpful && refused.place.offset != nil)
  }

  @Test("A file cut anywhere is refused with the byte")
  func truncation() {
    let file = NpySketch.bytes("<f4", [2, 3], littleEndian([1, 2, 3, 4, 5, 6]))
    for length in 0..<file.count {
      let refused = refusal { () throws(Diagnostic) in try NpyReader.read(file[..<length]) }
      #expect(refused?.isHelpful == true, "\(length) bytes")
    }
  }

  @Test("Damaged files are read or refused, never more")
  func mutations() {
    var generator = SplitMix(4)
    let file = NpySketch.bytes("<f4", [2, 3], littleEndian([1, 2, 3, 4, 5, 6]))
    for _ in 0..<3000 {
      var damaged = file
      for _ in 0...Int(generator.next() % 3) {
        damaged[Int(generator.next() % UInt64(file.count))] = UInt8(generator.next() & 0xFF)
      }
      if let refused = refusal({ () throws(Diagnostic) in try NpyReader.read(damaged[...]) }) {
        #expect(refused.isHelpful)
      } else if let array = try? NpyReader.read(damaged[...]) {
        #expect(array.floats(0..<array.count).count == array.count)
      }
    }
  }
}
