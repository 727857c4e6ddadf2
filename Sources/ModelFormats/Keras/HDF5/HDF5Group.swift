import Models
import Support

/// Where a name in a group leads.
enum HDF5Link {
  /// To the object whose header has this address.
  case object(Int)
  /// By another kind of link, named.
  case other(String)
}

/// Names in a group: symbol tables (specification, sections III.A, III.B, III.D) and link messages
/// (section IV.A.2.g).
enum HDF5Group {
  static func links(
    of header: HDF5ObjectHeader, in file: HDF5File
  ) throws(Diagnostic) -> [String: HDF5Link] {
    var result: [String: HDF5Link] = [:]
    for message in header.messages {
      switch message.kind {
      case .symbolTable:
        var body = message.body(in: file)
        let tree = try body.definedAddress("a group's B-tree")
        let heap = try HDF5LocalHeap(file, at: try body.definedAddress("a group's heap"))
        try collect(tree: tree, heap, file, into: &result)
      case .link:
        let (name, link) = try HDF5LinkMessage.read(message.body(in: file))
        result[name] = link
      case .linkInfo:
        guard try HDF5LinkMessage.isDense(message.body(in: file)) else { continue }
        throw HDF5File.unsupported(
          "hdf5-dense-group", "a group keeps its links in a fractal heap, which is not read",
          at: header.offset)
      default: break
      }
    }
    return result
  }

  /// All symbols of a B-tree, version 1, of nodes of type 0; each node once.
  private static func collect(
    tree: Int, _ heap: HDF5LocalHeap, _ file: HDF5File, into result: inout [String: HDF5Link]
  ) throws(Diagnostic) {
    var waiting = [tree]
    var seen: Set<Int> = [tree]
    while let address = waiting.popLast() {
      var node = try file.cursor(at: address, "a node of a group's B-tree")
      try node.expect("TREE")
      let place = node.position
      guard try node.count(1) == 0 else {
        throw HDF5File.damaged("hdf5-group", "the B-tree of a group is one of chunks", at: place)
      }
      let level = try node.count(1)
      let count = try node.count(2)
      // Siblings; the parent leads to both.
      _ = try node.address()
      _ = try node.address()
      for _ in 0..<count {
        _ = try node.length()
        let child = try node.definedAddress("a child of a B-tree")
        guard seen.insert(child).inserted else {
          throw HDF5File.damaged(
            "hdf5-cycle", "the B-tree of a group leads to one node twice", at: place)
        }
        if level > 0 {
          waiting.append(child)
        } else {
          try collect(symbols: child, heap, file, into: &result)
        }
      }
    }
  }

  private static func collect(
    symbols address: Int, _ heap: HDF5LocalHeap, _ file: HDF5File,
    into result: inout [String: HDF5Link]
  ) throws(Diagnostic) {
    var node = try file.cursor(at: address, "a group's symbol table node")
    try node.expect("SNOD")
    _ = try node.version(1...1)
    try node.skip(1)
    for _ in 0..<(try node.count(2)) {
      let name = try heap.name(at: try node.count(file.superblock.offsetSize), in: file)
      let header = try node.address()
      let cache = try node.count(4)
      try node.skip(20)
      if cache == 2 {
        result[name] = .other("soft")
      } else if let header {
        result[name] = .object(header)
      }
    }
  }
}
