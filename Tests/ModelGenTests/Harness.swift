import Foundation
import Models
import Support
import TestSupport
import Testing

@testable import modelgen

/// What one command line gave.
struct Outcome {
  var status: Int32
  var out: String
  var err: String
}

enum Harness {
  /// Runs `modelgen` in process.
  static func modelgen(
    _ arguments: [String], width: Int = 80, tinyMLFolder: String? = nil
  ) -> Outcome {
    var out = MemoryStream()
    var err = MemoryStream()
    var environment = Environment()
    environment.width = width
    environment.tinyMLFolder = tinyMLFolder
    let status = ModelGen.run(
      arguments: arguments, out: &out, err: &err, environment: environment)
    return Outcome(status: status, out: out.text, err: err.text)
  }

  /// Runs `modelgen`, which must succeed without a word on standard error.
  @discardableResult static func silently(
    _ arguments: [String], width: Int = 80, sourceLocation: SourceLocation = #_sourceLocation
  ) -> Outcome {
    let result = modelgen(arguments, width: width)
    #expect(
      result.status == 0 && result.err.isEmpty, "\(result.err)", sourceLocation: sourceLocation)
    return result
  }

  static func withFolder<T>(_ body: (String) throws -> T) throws -> T {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "modelgen-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder.path)
  }

  static func names(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }

  static func bytes(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
  }

  static func text(_ path: String) throws -> String {
    String(decoding: try bytes(path), as: UTF8.self)
  }

  static func write(_ bytes: [UInt8], _ path: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: path))
  }

  static func graph(_ path: String) throws -> Graph { try TFLiteReader.read(path: path) }
}

/// Makes .npy and .npz files as NumPy does.
enum NpySketch {
  static func bytes(_ values: [Float], _ shape: [Int]) -> [UInt8] {
    let sizes = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
    var header = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(sizes)), }"
    while (10 + header.utf8.count + 1) % 64 != 0 { header += " " }
    header += "\n"
    let length = header.utf8.count
    return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(length & 0xFF), UInt8(length >> 8)]
      + Array(header.utf8) + floats(values)
  }

  static func floats(_ values: [Float]) -> [UInt8] {
    values.flatMap { withUnsafeBytes(of: $0.bitPattern.littleEndian, Array.init) }
  }

  /// An archive of arrays that are stored as they are.
  static func archive(_ members: [(name: String, bytes: [UInt8])]) -> [UInt8] {
    func half(_ value: Int) -> [UInt8] { [UInt8(value & 0xFF), UInt8(value >> 8 & 0xFF)] }
    func word(_ value: Int) -> [UInt8] { half(value & 0xFFFF) + half(value >> 16 & 0xFFFF) }
    var result: [UInt8] = []
    var directory: [UInt8] = []
    for (name, data) in members {
      let common =
        half(0) + half(0) + half(0) + half(33) + word(Int(naiveCRC32(data))) + word(data.count)
        + word(data.count) + half(name.utf8.count)
      directory +=
        word(0x0201_4B50) + half(20) + half(20) + common + half(0) + half(0) + half(0) + half(0)
        + word(0) + word(result.count) + Array(name.utf8)
      result += word(0x0403_4B50) + half(20) + common + half(0) + Array(name.utf8) + data
    }
    return result + directory + word(0x0605_4B50) + half(0) + half(0) + half(members.count)
      + half(members.count) + word(directory.count) + word(result.count) + half(0)
  }
}
