import Models
import Support

/// The names of a group's symbols (specification, section III.D).
struct HDF5LocalHeap {
  private let data: HDF5Cursor

  init(_ file: HDF5File, at address: Int) throws(Diagnostic) {
    var head = try file.cursor(at: address, "a group's heap")
    try head.expect("HEAP")
    _ = try head.version(0...0)
    try head.skip(3)
    let size = try head.length()
    _ = try head.length()
    let segment = try head.definedAddress("a heap's data")
    data = try file.cursor(at: segment, count: size, "a heap's data")
  }

  /// The text at an offset, up to its zero byte.
  func name(at offset: Int, in file: HDF5File) throws(Diagnostic) -> String {
    var rest = data
    try rest.skip(offset)
    guard let end = file.bytes[rest.position..<rest.end].firstIndex(of: 0) else {
      throw HDF5File.damaged("hdf5-name", "a name in a group has no end", at: rest.position)
    }
    return String(decoding: try rest.take(end - rest.position), as: UTF8.self)
  }
}
