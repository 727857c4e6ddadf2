import Support

/// A block of metadata in an image (RP2350 data sheet 5.9.1): markers around items, the last of which
/// counts the words before it, and the distance to the next block.
struct PicobinBlock: Hashable, Sendable {
  struct Item: Hashable, Sendable {
    static let imageType: UInt8 = 0x42
    static let vectorTable: UInt8 = 0x03
    static let entryPoint: UInt8 = 0x44
    static let loadMap: UInt8 = 0x06
    static let last: UInt8 = 0xff

    var type: UInt8
    var address: UInt32
    var words: [UInt32]
  }

  static let startMarker: UInt32 = 0xffff_ded3
  static let endMarker: UInt32 = 0xab12_3579
  /// An image definition takes no more than this.
  static let largestBytes = 0x180

  var address: UInt32
  var items: [Item]
  /// To the next block, from this one's start.
  var link: Int32
  var byteCount: Int

  func first(_ type: UInt8) -> Item? { items.first { $0.type == type } }

  /// The block at an address that holds a start marker.
  ///
  /// - Throws: `Diagnostic` where it is none.
  init(at address: UInt32, in memory: MemoryMap) throws(Diagnostic) {
    let remedy = "Write the block as sections 5.9.1 and 5.9.5 of the RP2350 data sheet say."
    func refused(_ words: String, at place: UInt32) -> Diagnostic {
      Diagnostic(
        ImageRule.imageDefinition.rawValue, "\(Format.address(place)): \(words)", remedy: remedy)
    }
    // Bounds: no more than `largestBytes`, so nothing overflows below the end of the address space.
    func word(_ offset: Int) throws(Diagnostic) -> UInt32 {
      guard offset + 4 <= Self.largestBytes else {
        throw refused("the block takes more than \(Self.largestBytes) bytes", at: address)
      }
      let (place, overflow) = address.addingReportingOverflow(UInt32(offset))
      guard !overflow, let word = memory.word(at: place) else {
        throw refused("the image ends inside of the block", at: address)
      }
      return word
    }
    guard try word(0) == Self.startMarker else {
      throw refused("there is no start marker of a block", at: address)
    }
    var items: [Item] = []
    var offset = 4
    while true {
      let header = try word(offset)
      let type = UInt8(truncatingIfNeeded: header)
      // Types from 0x80 on have their size in two bytes.
      let size = Int(type < 0x80 ? header >> 8 & 0xff : header >> 8 & 0xffff)
      let place = address + UInt32(offset)
      if type == Item.last {
        guard size == (offset - 4) / 4 else {
          throw refused(
            "the last item says \(size) words of items; there are \((offset - 4) / 4)", at: place)
        }
        break
      }
      guard size > 0 else { throw refused("the item has a size of 0 words", at: place) }
      var words: [UInt32] = []
      for index in 0..<size { words.append(try word(offset + 4 * index)) }
      items.append(Item(type: type, address: place, words: words))
      offset += 4 * size
    }
    let end = address + UInt32(offset) + 8
    guard try word(offset + 8) == Self.endMarker else {
      throw refused("the block's end marker is missing", at: end)
    }
    self.address = address
    self.items = items
    link = Int32(bitPattern: try word(offset + 4))
    byteCount = offset + 12
  }
}
