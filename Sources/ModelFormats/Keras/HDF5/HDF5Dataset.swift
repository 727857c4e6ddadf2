import Models
import Support

/// An array of a file, its data shared with the file's bytes (specification, section IV.A.2.i).
struct HDF5Dataset {
  let shape: [Int]
  let datatype: HDF5Datatype
  let data: ArraySlice<UInt8>

  /// The dataset whose object header is at an address; `name` is for messages.
  init(_ file: HDF5File, at address: Int, name: String) throws(Diagnostic) {
    let header = try file.header(at: address)
    let place = header.offset
    guard let type = header.first(.datatype), let space = header.first(.dataspace),
      let layout = header.first(.layout)
    else {
      throw Diagnostic(
        "hdf5-dataset", "`\(printable(name))` is no dataset",
        remedy: "Save the model again with Keras.", place: Place(offset: place))
    }
    guard !type.isShared, !space.isShared, !layout.isShared else {
      throw HDF5File.unsupported(
        "hdf5-shared", "the type of `\(printable(name))` stands elsewhere in the file", at: place)
    }
    let dataspace = try HDF5Dataspace(space.body(in: file))
    shape = dataspace.shape
    datatype = try HDF5Datatype(type.body(in: file))
    let width = datatype.size(addresses: file.superblock.offsetSize)
    let (size, overflows) = dataspace.count.multipliedReportingOverflow(by: width)
    guard !overflows else {
      throw HDF5File.damaged(
        "hdf5-shape", "`\(printable(name))` has more than 2^63 bytes", at: place)
    }
    if let filters = header.first(.filters) {
      try Self.refuse(filters: filters.body(in: file), name)
    }
    guard header.first(.externalFiles) == nil else {
      throw HDF5File.unsupported(
        "hdf5-external", "the data of `\(printable(name))` are in another file", at: place)
    }
    data = try Self.data(layout.body(in: file), size: size, file, name)
  }

  private static func refuse(filters: HDF5Cursor, _ name: String) throws(Diagnostic) {
    var body = filters
    _ = try body.version(1...2)
    guard try body.count(1) > 0 else { return }
    throw HDF5File.unsupported(
      "hdf5-filtered", "the data of `\(printable(name))` are compressed or filtered",
      at: filters.position)
  }

  private static func data(
    _ layout: HDF5Cursor, size: Int, _ file: HDF5File, _ name: String
  ) throws(Diagnostic) -> ArraySlice<UInt8> {
    var body = layout
    let place = body.position
    _ = try body.version(3...4)
    let kind = try body.count(1)
    let stored: Int
    switch kind {
    case 0: stored = try body.count(2)
    case 1:
      guard size > 0 else { return [] }
      guard let address = try body.address() else {
        throw HDF5File.damaged(
          "hdf5-no-data", "the data of `\(printable(name))` were never written", at: place)
      }
      stored = try body.length()
      body = try file.cursor(at: address, count: stored, "the data of `\(printable(name))`")
    default:
      throw HDF5File.unsupported(
        "hdf5-layout",
        "the data of `\(printable(name))` are \(kind == 2 ? "in chunks" : "virtual"); read are "
          + "contiguous and compact ones", at: place)
    }
    guard stored >= size else {
      throw HDF5File.damaged(
        "hdf5-data-size", "`\(printable(name))` has \(stored) bytes; its shape takes \(size)",
        at: place)
    }
    return try body.take(size)
  }
}
