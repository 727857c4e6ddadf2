/// Writes small HDF5 files as h5py does by default: superblock 0, symbol tables, object headers of
/// version 1 (HDF5 File Format Specification); with `isNew` superblock 2, headers of version 2 and
/// link messages, checksums left 0.
struct HDF5Writer {
  enum Value {
    case text(String)
    case texts([String])
    /// Each in the same number of bytes.
    case fixedTexts([String])
    case number(Int32)
  }

  enum Layout {
    case contiguous, compact, chunked, filtered, virtual, unwritten
  }

  struct Dataset {
    var shape: [Int]
    var data: [UInt8]
    /// 2, 4 or 8 bytes; 0 for int32.
    var floatSize = 4
    var isBigEndian = false
    var layout = Layout.contiguous
  }

  indirect enum Node {
    case group([(String, Value)], [(String, Node)])
    case dataset(Dataset)
    /// A soft link to a path.
    case soft(String)
  }

  private var bytes: [UInt8] = []
  private let isNew: Bool
  /// Attributes beyond the first stand in a continuation block.
  private let isContinued: Bool
  /// The library's least is 4096 bytes.
  private let smallestHeap: Int

  static func file(
    _ root: Node, isNew: Bool = false, isContinued: Bool = false, userBlock: Int = 0,
    smallestHeap: Int = 4096
  ) -> [UInt8] {
    var writer = HDF5Writer(
      isNew: isNew, isContinued: isContinued, smallestHeap: smallestHeap)
    writer.bytes = Array(repeating: 0, count: 96)
    let address = writer.write(root)
    var head: [UInt8] = [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]
    if isNew {
      head += [2, 8, 8, 0]
      for number in [userBlock, -1, writer.bytes.count, address] { head += le(number, 8) }
      head += le(0, 4)
    } else {
      head += [0, 0, 0, 0, 0, 8, 8, 0, 4, 0, 16, 0, 0, 0, 0, 0]
      for number in [userBlock, -1, writer.bytes.count, -1, 0, address] { head += le(number, 8) }
      head += le(0, 24)
    }
    writer.bytes.replaceSubrange(0..<head.count, with: head)
    return Array(repeating: 0x20, count: userBlock) + writer.bytes
  }

  private init(isNew: Bool, isContinued: Bool, smallestHeap: Int) {
    self.smallestHeap = smallestHeap
    self.isNew = isNew
    self.isContinued = isContinued
  }

  static func le(_ value: Int, _ width: Int) -> [UInt8] {
    (0..<width).map { $0 < 8 ? UInt8(truncatingIfNeeded: value >> (8 * $0)) : 0 }
  }

  private func le(_ value: Int, _ width: Int) -> [UInt8] { Self.le(value, width) }

  private func join(_ parts: [UInt8]...) -> [UInt8] { Self.join(parts) }

  private static func join(_ parts: [UInt8]...) -> [UInt8] { join(parts) }

  private static func join(_ parts: [[UInt8]]) -> [UInt8] { Array(parts.joined()) }

  private mutating func append(_ part: [UInt8]) -> Int {
    while bytes.count % 8 != 0 { bytes.append(0) }
    defer { bytes += part }
    return bytes.count
  }

  private func padded(_ part: [UInt8]) -> [UInt8] {
    part + Array(repeating: 0, count: (8 - part.count % 8) % 8)
  }

  /// The address of the node's object header.
  private mutating func write(_ node: Node) -> Int {
    switch node {
    case .dataset(let dataset): return write(dataset)
    case .group(let attributes, let children): return write(attributes, children)
    case .soft: return -1
    }
  }

  // MARK: Object headers

  private mutating func header(_ messages: [(type: Int, body: [UInt8])]) -> Int {
    if isNew {
      var block: [UInt8] = []
      for message in messages {
        block += join([UInt8(message.type)], le(message.body.count, 2), [0], message.body)
      }
      return append(join(Array("OHDR".utf8), [2, 2], le(block.count, 4), block, le(0, 4)))
    }
    func block(_ part: [(type: Int, body: [UInt8])]) -> [UInt8] {
      var result: [UInt8] = []
      for message in part {
        let body = padded(message.body)
        result += join(le(message.type, 2), le(body.count, 2), [0, 0, 0, 0], body)
      }
      return result
    }
    var first = messages
    if isContinued, messages.count > 1 {
      let rest = block(Array(messages.dropFirst()))
      let place = append(rest)
      first = [messages[0], (0x10, le(place, 8) + le(rest.count, 8))]
    }
    let body = block(first)
    let count = isContinued && messages.count > 1 ? messages.count + 1 : messages.count
    return append(join([1, 0], le(count, 2), le(1, 4), le(body.count, 4), le(0, 4), body))
  }

  // MARK: Groups

  private mutating func write(
    _ attributes: [(String, Value)], _ children: [(String, Node)]
  ) -> Int {
    var entries: [(name: String, address: Int, soft: String?)] = []
    for (name, node) in children {
      if case .soft(let path) = node {
        entries.append((name, -1, path))
      } else {
        entries.append((name, write(node), nil))
      }
    }
    entries.sort { Array($0.name.utf8).lexicographicallyPrecedes(Array($1.name.utf8)) }
    var messages: [(type: Int, body: [UInt8])] = []
    if isNew {
      messages.append((0x02, join([0, 0], le(-1, 8), le(-1, 8))))
      for entry in entries {
        let name = Array(entry.name.utf8)
        messages.append((0x06, join([1, 0, UInt8(name.count)], name, le(entry.address, 8))))
      }
    } else {
      let (tree, heap) = symbolTable(entries)
      messages.append((0x11, le(tree, 8) + le(heap, 8)))
    }
    for (name, value) in attributes { messages.append((0x0C, attribute(name, value))) }
    return header(messages)
  }

  private mutating func symbolTable(
    _ entries: [(name: String, address: Int, soft: String?)]
  ) -> (tree: Int, heap: Int) {
    var names: [UInt8] = Array(repeating: 0, count: 8)
    var offsets: [Int] = []
    var values: [Int] = []
    func add(_ text: String) -> Int {
      defer { names += padded(Array(text.utf8) + [0]) }
      return names.count
    }
    for entry in entries {
      offsets.append(add(entry.name))
      values.append(entry.soft.map(add) ?? 0)
    }
    let data = append(names)
    let heap = append(
      join(Array("HEAP".utf8), le(0, 4), le(names.count, 8), le(1, 8), le(data, 8)))
    var nodes: [(address: Int, last: Int)] = []
    for start in stride(from: 0, to: entries.count, by: 8) {
      let part = start..<min(start + 8, entries.count)
      var node = Array("SNOD".utf8) + [1, 0] + le(part.count, 2)
      for i in part {
        let isSoft = entries[i].soft != nil
        node += join(le(offsets[i], 8), le(entries[i].address, 8), le(isSoft ? 2 : 0, 4), le(0, 4))
        node += join(le(values[i], 4), le(0, 12))
      }
      nodes.append((append(node + le(0, 328 - node.count)), offsets[part.upperBound - 1]))
    }
    var tree = join(
      Array("TREE".utf8), [0, 0], le(nodes.count, 2), le(-1, 8), le(-1, 8), le(0, 8))
    for node in nodes { tree += le(node.address, 8) + le(node.last, 8) }
    return (append(tree + le(0, 544 - tree.count)), heap)
  }

  // MARK: Types, spaces, attributes

  private func space(_ shape: [Int]) -> [UInt8] {
    [1, UInt8(shape.count), 0, 0, 0, 0, 0, 0] + Array(shape.map { le($0, 8) }.joined())
  }

  static func floatType(_ size: Int, isBigEndian: Bool) -> [UInt8] {
    let order: UInt8 = isBigEndian ? 1 : 0
    let parts: (Int, Int, Int, Int)
    switch size {
    case 2: parts = (10, 5, 10, 15)
    case 4: parts = (23, 8, 23, 127)
    default: parts = (52, 11, 52, 1023)
    }
    return join(
      [0x11, 0x20 | order, UInt8(8 * size - 1), 0], le(size, 4), le(0, 2), le(8 * size, 2),
      [UInt8(parts.0), UInt8(parts.1), 0, UInt8(parts.2)], le(parts.3, 4))
  }

  private static let integerType: [UInt8] = [
    0x10, 8, 0, 0, 4, 0, 0, 0, 0, 0, 32, 0,
  ]

  private mutating func attribute(_ name: String, _ value: Value) -> [UInt8] {
    let type: [UInt8]
    var shape: [Int] = []
    var data: [UInt8] = []
    let variable: [UInt8] =
      [0x19, 0x01, 0, 0, 16, 0, 0, 0, 0x13, 0, 0, 0, 1, 0, 0, 0]
    switch value {
    case .text(let text):
      type = variable
      data = reference([text])
    case .texts(let texts):
      type = variable
      shape = [texts.count]
      data = reference(texts)
    case .fixedTexts(let texts):
      let width = max(texts.map(\.utf8.count).max() ?? 0, 1)
      type = [0x13, 1, 0, 0] + le(width, 4)
      shape = [texts.count]
      for text in texts { data += join(Array(text.utf8), le(0, width - text.utf8.count)) }
    case .number(let number):
      type = Self.integerType
      data = le(Int(number), 4)
    }
    let label = Array(name.utf8) + [0]
    let space = space(shape)
    return join(
      [1, 0], le(label.count, 2), le(type.count, 2), le(space.count, 2), padded(label),
      padded(type),
      padded(space), data)
  }

  /// Texts in a global heap of their own, and where they are.
  private mutating func reference(_ texts: [String]) -> [UInt8] {
    var objects: [UInt8] = []
    for (index, text) in texts.enumerated() {
      let value = Array(text.utf8)
      objects += join(
        le(index + 1, 2), le(1, 2), le(0, 4), le(value.count, 8), padded(value))
    }
    let size = max(smallestHeap, (16 + objects.count + 16 + 7) / 8 * 8)
    let free = size - 16 - objects.count
    let heap = join(
      Array("GCOL".utf8), [1, 0, 0, 0], le(size, 8), objects, le(0, 8), le(free, 8))
    let place = append(heap + le(0, size - heap.count))
    var result: [UInt8] = []
    for (index, text) in texts.enumerated() {
      result += join(le(text.utf8.count, 4), le(place, 8), le(index + 1, 4))
    }
    return result
  }

  // MARK: Datasets

  private mutating func write(_ dataset: Dataset) -> Int {
    let type =
      dataset.floatSize == 0
      ? Self.integerType : Self.floatType(dataset.floatSize, isBigEndian: dataset.isBigEndian)
    var messages: [(type: Int, body: [UInt8])] = [(0x01, space(dataset.shape)), (0x03, type)]
    switch dataset.layout {
    case .contiguous, .filtered:
      let place = append(dataset.data)
      messages.append((0x08, join([3, 1], le(place, 8), le(dataset.data.count, 8))))
    case .unwritten: messages.append((0x08, join([3, 1], le(-1, 8), le(dataset.data.count, 8))))
    case .compact: messages.append((0x08, join([3, 0], le(dataset.data.count, 2), dataset.data)))
    case .chunked: messages.append((0x08, join([3, 2, 2], le(-1, 8), le(1, 4), le(4, 4))))
    case .virtual: messages.append((0x08, join([4, 3], le(-1, 8), le(0, 4))))
    }
    if dataset.layout == .filtered { messages.append((0x0B, join([1, 1], le(0, 6), le(1, 8)))) }
    return header(messages)
  }
}
