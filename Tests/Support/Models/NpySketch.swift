/// Makes .npy files as NumPy does.
package enum NpySketch {
  package static func bytes(
    _ descr: String, _ shape: [Int], _ data: [UInt8], version: UInt8 = 1, fortran: Bool = false
  ) -> [UInt8] {
    let sizes = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
    var header =
      "{'descr': '\(descr)', 'fortran_order': \(fortran ? "True" : "False"), 'shape': (\(sizes)), }"
    let prefix = version == 1 ? 10 : 12
    while (prefix + header.utf8.count + 1) % 64 != 0 { header += " " }
    header += "\n"
    return file(header, data, version: version)
  }

  package static func file(_ header: String, _ data: [UInt8], version: UInt8 = 1) -> [UInt8] {
    let length = header.utf8.count
    let lengthBytes = (0..<(version == 1 ? 2 : 4)).map { UInt8(length >> (8 * $0) & 0xFF) }
    return [0x93] + Array("NUMPY".utf8) + [version, 0] + lengthBytes + Array(header.utf8) + data
  }

  /// An array of float32.
  package static func bytes(_ values: [Float], _ shape: [Int]) -> [UInt8] {
    bytes("<f4", shape, littleEndian(values))
  }
}
