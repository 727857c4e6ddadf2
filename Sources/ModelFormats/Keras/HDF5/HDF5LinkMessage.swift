import Models
import Support

/// Links of new-style groups, kept in the object header (specification, sections IV.A.2.c and g).
enum HDF5LinkMessage {
  static func read(
    _ message: HDF5Cursor
  ) throws(Diagnostic) -> (name: String, link: HDF5Link) {
    var body = message
    _ = try body.version(1...1)
    let flags = try body.count(1)
    let type = flags & 0x08 != 0 ? try body.count(1) : 0
    if flags & 0x04 != 0 { try body.skip(8) }
    if flags & 0x10 != 0 { try body.skip(1) }
    let size = try body.count(1 << (flags & 3))
    let name = String(decoding: try body.take(size), as: UTF8.self)
    switch type {
    case 0: return (name, .object(try body.definedAddress("a linked object")))
    case 1: return (name, .other("soft"))
    case 64: return (name, .other("external"))
    default: return (name, .other("user-defined"))
    }
  }

  /// Whether a link info message leads to a fractal heap.
  static func isDense(_ message: HDF5Cursor) throws(Diagnostic) -> Bool {
    var body = message
    _ = try body.version(0...0)
    if try body.count(1) & 1 != 0 { try body.skip(8) }
    return try body.address() != nil
  }
}
