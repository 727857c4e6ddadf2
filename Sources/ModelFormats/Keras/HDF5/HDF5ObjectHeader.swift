import Models
import Support

/// One piece of information on an object.
struct HDF5Message {
  /// As in the specification, section IV.A.2.
  enum Kind: Int {
    case dataspace = 0x01
    case linkInfo = 0x02
    case datatype = 0x03
    case link = 0x06
    case externalFiles = 0x07
    case layout = 0x08
    case filters = 0x0B
    case attribute = 0x0C
    case continuation = 0x10
    case symbolTable = 0x11
    case attributeInfo = 0x15
  }

  let kind: Kind
  /// The message stands elsewhere, as for a committed datatype.
  let isShared: Bool
  /// Bytes of the file. No cursor: the file keeps its headers, and a cursor keeps its file.
  let place: Range<Int>

  /// What the message holds.
  func body(in file: HDF5File) -> HDF5Cursor {
    HDF5Cursor(
      file: file, position: place.lowerBound, end: place.upperBound,
      what: "a message of an object header")
  }
}

/// The messages of an object (specification, section IV.A.1), in the order of the file.
struct HDF5ObjectHeader {
  /// Byte of the file, for diagnostics.
  let offset: Int
  private(set) var messages: [HDF5Message] = []

  init(_ file: HDF5File, at address: Int) throws(Diagnostic) {
    var start = try file.cursor(at: address, "an object header")
    offset = start.position
    guard start.remaining >= 4 else {
      throw HDF5File.damaged("hdf5-range", "the file ends in an object header", at: offset)
    }
    if file.bytes[offset..<offset + 4].elementsEqual("OHDR".utf8) {
      try readNew(&start, file)
    } else {
      try readOld(&start, file)
    }
  }

  /// The first message of a kind.
  func first(_ kind: HDF5Message.Kind) -> HDF5Message? { messages.first { $0.kind == kind } }

  /// Version 1: the rest of the header's first block, and blocks it continues in.
  private mutating func readOld(
    _ start: inout HDF5Cursor, _ file: HDF5File
  ) throws(Diagnostic) {
    _ = try start.version(1...1)
    try start.skip(7)
    let size = try start.count(4)
    try start.skip(4)
    var blocks = [try start.part(size, "an object header")]
    var seen: Set<Int> = [blocks[0].position]
    while let block = blocks.popLast() {
      var block = block
      while block.remaining >= 8 {
        let type = try block.count(2)
        let size = try block.count(2)
        let flags = try block.count(1)
        try block.skip(3)
        let body = try block.part(size, "a message of an object header")
        if let next = try add(type, flags, body, file), seen.insert(next.position).inserted {
          blocks.append(next)
        }
      }
    }
  }

  /// Version 2: sizes depend on flags, blocks end with a checksum, continued ones begin with OCHK.
  private mutating func readNew(
    _ start: inout HDF5Cursor, _ file: HDF5File
  ) throws(Diagnostic) {
    try start.expect("OHDR")
    _ = try start.version(2...2)
    let flags = try start.count(1)
    if flags & 0x20 != 0 { try start.skip(16) }
    if flags & 0x10 != 0 { try start.skip(4) }
    let size = try start.count(1 << (flags & 3))
    var blocks = [try start.part(size, "an object header")]
    var seen: Set<Int> = [blocks[0].position]
    let head = flags & 4 != 0 ? 6 : 4
    while let block = blocks.popLast() {
      var block = block
      while block.remaining >= head {
        let type = try block.count(1)
        let size = try block.count(2)
        let messageFlags = try block.count(1)
        if head == 6 { try block.skip(2) }
        let body = try block.part(size, "a message of an object header")
        guard var next = try add(type, messageFlags, body, file) else { continue }
        try next.expect("OCHK")
        guard next.remaining >= 4, seen.insert(next.position).inserted else { continue }
        blocks.append(try next.part(next.remaining - 4, "a continued object header"))
      }
    }
  }

  /// Adds a message that matters; gives the block where a continuation leads.
  private mutating func add(
    _ type: Int, _ flags: Int, _ body: HDF5Cursor, _ file: HDF5File
  ) throws(Diagnostic) -> HDF5Cursor? {
    guard let kind = HDF5Message.Kind(rawValue: type) else { return nil }
    guard kind == .continuation else {
      messages.append(
        HDF5Message(kind: kind, isShared: flags & 2 != 0, place: body.position..<body.end))
      return nil
    }
    var body = body
    let address = try body.definedAddress("a continued object header")
    let length = try body.length()
    return try file.cursor(at: address, count: length, "a continued object header")
  }
}
