import Models
import Support

/// The shape of a dataset or attribute (specification, section IV.A.2.b).
struct HDF5Dataspace {
  /// Empty for a scalar.
  let shape: [Int]
  /// Number of elements; 0 for a null dataspace.
  let count: Int

  init(_ message: HDF5Cursor) throws(Diagnostic) {
    var body = message
    let place = body.position
    let version = try body.version(1...2)
    let rank = try body.count(1)
    try body.skip(1)
    let type = try body.count(1)
    if version == 1 { try body.skip(4) }
    // The library's own limit, H5S_MAX_RANK.
    guard rank <= 32 else {
      throw HDF5File.damaged("hdf5-shape", "a shape has \(rank) sizes; 32 are allowed", at: place)
    }
    var shape: [Int] = []
    for _ in 0..<rank { shape.append(try body.length()) }
    self.shape = shape
    if version == 2, type == 2 {
      count = 0
    } else {
      guard let product = CheckedArithmetic.product(shape) else {
        throw HDF5File.damaged("hdf5-shape", "a shape has more than 2^63 elements", at: place)
      }
      count = product
    }
  }
}
