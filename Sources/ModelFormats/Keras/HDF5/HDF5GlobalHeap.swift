import Models
import Support

/// Values of variable length (specification, section III.E).
enum HDF5GlobalHeap {
  /// Where the objects of the collection at an address stand in the file, by index.
  static func objects(
    at address: Int, in file: HDF5File
  ) throws(Diagnostic) -> [Int: Range<Int>] {
    var head = try file.cursor(at: address, "a global heap")
    let place = head.position
    try head.expect("GCOL")
    _ = try head.version(1...1)
    try head.skip(3)
    let size = try head.length()
    var rest = try file.cursor(at: address, count: size, "a global heap")
    try rest.skip(head.position - place)
    var result: [Int: Range<Int>] = [:]
    while rest.remaining >= 8 + file.superblock.lengthSize {
      let index = try rest.count(2)
      try rest.skip(6)
      let size = try rest.length()
      // Object 0 is the free space at the end.
      if index == 0 { break }
      guard size <= rest.remaining else {
        throw HDF5File.damaged("hdf5-heap", "an object leads out of its global heap", at: place)
      }
      result[index] = rest.position..<rest.position + size
      try rest.skip(min((size + 7) / 8 * 8, rest.remaining))
    }
    return result
  }
}
