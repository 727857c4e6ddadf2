import Models
import Support

/// A named value of an object (specification, section IV.A.2.m).
struct HDF5Attribute {
  let name: String
  let datatype: HDF5Datatype
  let space: HDF5Dataspace
  private let data: HDF5Cursor

  init(_ message: HDF5Cursor) throws(Diagnostic) {
    var body = message
    let place = body.position
    let version = try body.version(1...3)
    let flags = try body.count(1)
    let sizes = [try body.count(2), try body.count(2), try body.count(2)]
    if version == 3 { try body.skip(1) }
    // In version 1 each part is filled up to a multiple of 8 bytes.
    func stored(_ size: Int) -> Int { version == 1 ? (size + 7) / 8 * 8 : size }
    name = Self.text(try body.take(stored(sizes[0])).prefix(sizes[0]), hasSpaces: false)
    guard version == 1 || flags & 3 == 0 else {
      throw HDF5File.unsupported(
        "hdf5-shared", "the type of attribute `\(printable(name))` stands elsewhere in the file",
        at: place)
    }
    datatype = try HDF5Datatype(try body.part(stored(sizes[1]), "the type of an attribute"))
    space = try HDF5Dataspace(try body.part(stored(sizes[2]), "the shape of an attribute"))
    data = body
  }

  /// Its texts; nil where it holds something else.
  func texts(in file: HDF5File) throws(Diagnostic) -> [String]? {
    var rest = data
    var result: [String] = []
    switch datatype {
    case .text(let size, let hasSpaces):
      // Elements of no bytes cost nothing to state.
      guard size > 0 || space.count <= 1 else { return nil }
      for _ in 0..<space.count {
        result.append(Self.text(try rest.take(size), hasSpaces: hasSpaces))
      }
    case .variableText:
      for _ in 0..<space.count {
        let length = try rest.count(4)
        let address = try rest.address()
        let index = try rest.count(4)
        guard length > 0, let address, index > 0 else {
          result.append("")
          continue
        }
        let object = try file.heapObject(index, at: address)
        guard length <= object.count else {
          throw HDF5File.damaged(
            "hdf5-heap",
            "a text of attribute `\(printable(name))` has \(length) bytes, its place in the heap "
              + "\(object.count)", at: object.startIndex)
        }
        result.append(Self.text(object.prefix(length), hasSpaces: false))
      }
    default: return nil
    }
    return result
  }

  /// Up to the first zero byte; trailing spaces removed where they only fill up.
  private static func text(_ bytes: ArraySlice<UInt8>, hasSpaces: Bool) -> String {
    var end = bytes.firstIndex(of: 0) ?? bytes.endIndex
    if hasSpaces {
      while end > bytes.startIndex, bytes[end - 1] == 0x20 { end -= 1 }
    }
    return String(decoding: bytes[..<end], as: UTF8.self)
  }
}

extension HDF5File {
  /// The attribute of that name of the object at `address`; nil where there is none.
  func attribute(_ name: String, of address: Int) throws(Diagnostic) -> HDF5Attribute? {
    let header = try header(at: address)
    for message in header.messages where message.kind == .attribute && !message.isShared {
      let body = message.body(in: self)
      var head = body
      // The name is enough to pass over attributes of types that are not read.
      let version = try head.version(1...3)
      try head.skip(1)
      let size = try head.count(2)
      try head.skip(version == 3 ? 5 : 4)
      let found = try head.take(size).prefix { $0 != 0 }
      if found.elementsEqual(name.utf8) { return try HDF5Attribute(body) }
    }
    guard let info = header.first(.attributeInfo), try isDense(info.body(in: self)) else {
      return nil
    }
    throw HDF5File.unsupported(
      "hdf5-dense-attributes",
      "the attributes of an object, `\(printable(name))` perhaps, are in a fractal heap, which is "
        + "not read", at: header.offset)
  }

  /// The texts of the attribute of that name; nil where it is not there or holds no text.
  func texts(_ name: String, of address: Int) throws(Diagnostic) -> [String]? {
    try attribute(name, of: address)?.texts(in: self)
  }

  private func isDense(_ message: HDF5Cursor) throws(Diagnostic) -> Bool {
    var body = message
    _ = try body.version(0...0)
    if try body.count(1) & 1 != 0 { try body.skip(2) }
    return try body.address() != nil
  }
}
