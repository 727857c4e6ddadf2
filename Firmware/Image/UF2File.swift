import Support

/// A UF2 file: what is copied to the drive that a board shows while its BOOTSEL button is held.
public struct UF2File: Hashable, Sendable {
  /// A page of flash.
  public struct Page: Hashable, Sendable {
    /// Of its first byte: a multiple of 256.
    public var address: UInt32
    /// 256 of them.
    public var bytes: [UInt8]
  }

  /// What the boot ROM takes the pages for.
  public var family: UInt32
  /// By address.
  public var pages: [Page]
  /// Whether it begins with the block against erratum RP2350-E10.
  var hasErratumBlock: Bool

  /// Pages of what an ELF file stores; bytes between its segments are 0.
  ///
  /// Made for images that obey `ImageRules`: one of them says that segments are within flash.
  public init(_ file: ELFFile) {
    family = UF2Block.Family.rp2350ArmSecure
    hasErratumBlock = true
    var pages: [Page] = []
    let size = UF2Block.payloadBytes
    for segment in file.segments {
      var bytes = segment.bytes
      var address = UInt64(segment.storedAt)
      while !bytes.isEmpty, address < 1 << 32 {
        let offset = Int(address % UInt64(size))
        let count = min(size - offset, bytes.count)
        let start = UInt32(address) - UInt32(offset)
        if pages.last?.address != start {
          pages.append(Page(address: start, bytes: [UInt8](repeating: 0, count: size)))
        }
        pages[pages.count - 1].bytes.replaceSubrange(
          offset..<offset + count,
          with: file.bytes[bytes.lowerBound..<bytes.lowerBound + count])
        bytes = bytes.lowerBound + count..<bytes.upperBound
        address += UInt64(count)
      }
    }
    self.pages = pages
  }

  // MARK: Writing

  /// On chips of stepping A2, programs copied to the drive do not reach their partition unless a block
  /// of the family "absolute" comes first (data sheet, erratum RP2350-E10). As picotool writes it: for
  /// the last page of 16 MiB, of bytes ef, the first of 2 blocks, marked to be left out by all who know
  /// the mark.
  static let erratumBlock = {
    var mark: [UInt8] = []
    mark.append(word: 0x9957_e304)
    return UF2Block(
      flags: UF2Block.Flags.family | UF2Block.Flags.extensions, address: 0x10ff_ff00, number: 0,
      count: 2, family: UF2Block.Family.absolute,
      payload: [UInt8](repeating: 0xef, count: UF2Block.payloadBytes), rest: mark)
  }()

  /// The file: blocks of 512 bytes.
  public var bytes: [UInt8] {
    var bytes: [UInt8] = hasErratumBlock ? Self.erratumBlock.bytes : []
    bytes.reserveCapacity((pages.count + 1) * UF2Block.byteCount)
    for (number, page) in pages.enumerated() {
      bytes +=
        UF2Block(
          flags: UF2Block.Flags.family, address: page.address, number: UInt32(number),
          count: UInt32(pages.count), family: family, payload: page.bytes
        ).bytes
    }
    return bytes
  }

  // MARK: Reading

  /// Reads a file that RP2350 takes as one program.
  ///
  /// - Throws: `Diagnostic` with the first block that breaks a rule.
  public init(_ bytes: [UInt8]) throws(Diagnostic) {
    let remedy = "Write the file again, by 'modelgen image'."
    guard !bytes.isEmpty, bytes.count % UF2Block.byteCount == 0 else {
      throw Diagnostic(
        "uf2", "has \(bytes.count) bytes, which are no blocks of \(UF2Block.byteCount)",
        remedy: remedy)
    }
    let total = bytes.count / UF2Block.byteCount
    var pages: [Page] = []
    family = UF2Block.Family.rp2350ArmSecure
    hasErratumBlock = false
    for index in 0..<total {
      let block = try UF2Block(bytes, at: index * UF2Block.byteCount, index: index)
      if index == 0, block == Self.erratumBlock {
        hasErratumBlock = true
        continue
      }
      func refused(_ words: String) -> Diagnostic {
        Diagnostic("uf2", "block \(index): \(words)", remedy: remedy)
      }
      guard block.flags == UF2Block.Flags.family else {
        throw refused("has flags \(Format.address(block.flags)); they are 0x00002000, family")
      }
      guard block.family == family else {
        throw refused(
          "is of family \(Format.address(block.family)); programs for RP2350 are \(Format.address(family))"
        )
      }
      let expected = total - (hasErratumBlock ? 1 : 0)
      guard block.number == pages.count, block.count == expected else {
        throw refused(
          "is number \(block.number) of \(block.count); it must be \(pages.count) of \(expected)")
      }
      guard block.address % UInt32(UF2Block.payloadBytes) == 0 else {
        throw refused("is for \(Format.address(block.address)), which is not where a page begins")
      }
      if let last = pages.last, last.address >= block.address {
        throw refused("is for \(Format.address(block.address)), not after the page before it")
      }
      guard block.rest.allSatisfy({ $0 == 0 }) else {
        throw refused("has bytes other than 0 behind its page")
      }
      pages.append(Page(address: block.address, bytes: block.payload))
    }
    guard !pages.isEmpty else { throw Diagnostic("uf2", "holds no page", remedy: remedy) }
    self.pages = pages
  }
}
