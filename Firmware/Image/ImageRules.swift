// ELF and UF2 files, and the rules that an RP2350 image must obey. Runs on the host. Knows
// nothing of models.

import Core
import Support

/// What must hold of an image in flash so that RP2350's boot ROM starts it (data sheet 5.9, 5.1.5), and
/// so that it fits on a board.
public struct ImageRules: Sendable {
  /// That the image is for.
  public let board: Board
  private let file: ELFFile
  private let memory: MemoryMap

  /// The rules for one image on one board.
  public init(_ file: ELFFile, board: Board) {
    self.file = file
    self.board = board
    memory = MemoryMap(file)
  }

  /// All rules that the image breaks, in the order of the image.
  public func check() -> [Diagnostic] {
    let places = checkSegments() + checkInstructions()
    guard let first = file.segments.first, first.storedAt == Board.flashStart else {
      return places + [
        ImageRule.imageStart.broken(
          file.segments.first.map {
            "the image begins at \(Format.address($0.storedAt)); the boot ROM looks at \(Format.address(Board.flashStart))"
          } ?? "the file has no bytes to load",
          remedy: "Place the vector table first, at the start of flash.")
      ]
    }
    let (definition, broken) = findDefinition()
    var all = places + broken
    if let definition { all += checkType(definition) + checkLoop(definition) }
    return all + checkVectors(definition)
  }

  private func checkSegments() -> [Diagnostic] {
    var broken: [Diagnostic] = []
    var end: UInt64 = 0
    for segment in file.segments {
      let stored = span(segment.storedAt, UInt64(segment.bytes.count))
      let used = span(
        segment.address, max(UInt64(segment.memoryBytes), UInt64(segment.bytes.count)))
      let name = "the segment at \(Format.address(segment.storedAt)), \(segment.bytes.count) bytes,"
      if !inside(stored, board.usableFlash) {
        broken.append(
          ImageRule.flashSize.broken(
            """
            \(name) is not within \(Format.address(board.usableFlash.lowerBound)) to \
            \(Format.address(board.usableFlash.upperBound)), the flash of \(board.id) without its last sector
            """,
            remedy: "Link fewer or smaller models, or take a board with more flash."))
      }
      if !inside(used, board.flash), !inside(used, Board.sram) {
        broken.append(
          ImageRule.segments.broken(
            "\(name) is used at \(Format.address(segment.address)), neither flash nor SRAM",
            remedy: "Correct the memories of the linker script."))
      }
      if stored.lowerBound < end {
        broken.append(
          ImageRule.segments.broken(
            "\(name) begins before the one before it ends",
            remedy: "Correct the load addresses of the linker script."))
      }
      end = max(end, stored.upperBound)
    }
    for section in file.sections where Board.sram.contains(section.address) {
      if !inside(span(section.address, UInt64(section.bytes)), Board.sram) {
        broken.append(
          ImageRule.sramSize.broken(
            """
            section \(section.name) at \(Format.address(section.address)) has \(section.bytes) bytes \
            and ends outside of SRAM, which ends at \(Format.address(Board.sram.upperBound))
            """,
            remedy: "Make buffers smaller, or leave code and constants in flash."))
      }
    }
    return broken
  }

  /// A Cortex-M33 runs Thumb code only (Armv8-M Architecture Reference Manual).
  private func checkInstructions() -> [Diagnostic] {
    guard let found = file.a32Code else { return [] }
    let others = found.pieces - 1
    return [
      ImageRule.instructionSet.broken(
        """
        \(Format.address(found.address)): \(found.function ?? "code") is A32 code\
        \(others == 0 ? "" : ", as is code at \(others) other \(others == 1 ? "place" : "places")"); \
        a Cortex-M33 runs Thumb code only
        """,
        remedy: """
          Compile and link all with -mthumb and one -mfloat-abi: with two of them gcc takes a C library \
          of A32 code.
          """)
    ]
  }

  private func span(_ start: UInt32, _ count: UInt64) -> Range<UInt64> {
    UInt64(start)..<UInt64(start) + count
  }

  private func inside(_ span: Range<UInt64>, _ place: Range<UInt32>) -> Bool {
    span.lowerBound >= UInt64(place.lowerBound) && span.upperBound <= UInt64(place.upperBound)
  }

  // MARK: Blocks

  /// The first valid block within the first 4 KiB, as the boot ROM searches.
  private func findDefinition() -> (PicobinBlock?, [Diagnostic]) {
    var complaint: Diagnostic?
    for address in stride(from: Board.flashStart, to: Board.flashStart + 4096, by: 4)
    where memory.word(at: address) == PicobinBlock.startMarker {
      do throws(Diagnostic) {
        let block = try PicobinBlock(at: address, in: memory)
        if address + UInt32(block.byteCount) <= Board.flashStart + 4096 { return (block, []) }
        complaint =
          complaint
          ?? ImageRule.imageDefinition.broken(
            "\(Format.address(address)): the block ends after the first 4 KiB",
            remedy: "Place it right after the vector table.")
      } catch {
        complaint = complaint ?? error
      }
    }
    let found =
      complaint
      ?? ImageRule.imageDefinition.broken(
        "the first 4 KiB hold no block: no word there is \(Format.address(PicobinBlock.startMarker))",
        remedy: "Place an image definition right after the vector table.")
    return (
      nil, [found]
    )
  }

  private func checkType(_ block: PicobinBlock) -> [Diagnostic] {
    guard let item = block.items.first, item.type == PicobinBlock.Item.imageType,
      item.words.count == 1
    else {
      return [
        ImageRule.imageType.broken(
          "\(Format.address(block.address)): the first item is no image type of 1 word",
          remedy: "Begin the block with item 0x42, as data sheet 5.9.3.1 says.")
      ]
    }
    let flags = item.words[0] >> 16
    let fields: [(String, UInt32, UInt32, UInt32, String)] = [
      ("the kind of image", 0, 0xf, 1, "an executable"), ("security", 4, 3, 2, "secure"),
      ("the processor", 8, 7, 0, "Arm"), ("the chip", 12, 7, 1, "RP2350"),
      ("try before you buy", 15, 1, 0, "off"),
    ]
    return fields.compactMap { name, shift, mask, expected, words in
      let value = flags >> shift & mask
      guard value != expected else { return nil }
      return ImageRule.imageType.broken(
        "\(Format.address(item.address)): \(name) is \(value); it must be \(expected), \(words)",
        remedy: "Let the image type's flags be 0x1021.")
    }
  }

  /// Links lead from block to block through the image and back to the first.
  private func checkLoop(_ first: PicobinBlock) -> [Diagnostic] {
    let limit = 16
    var block = first
    for _ in 0..<limit {
      let next = Int64(block.address) + Int64(block.link)
      if block.link == 0, block == first { return [] }
      guard block.link % 4 == 0, let address = UInt32(exactly: next) else {
        return [loop(block, "which is no address of a word")]
      }
      if address == first.address { return [] }
      do throws(Diagnostic) {
        block = try PicobinBlock(at: address, in: memory)
      } catch {
        return [loop(block, "where \(error.message)")]
      }
    }
    return [loop(block, "and \(limit) blocks do not lead back to the first")]
  }

  private func loop(_ block: PicobinBlock, _ words: String) -> Diagnostic {
    ImageRule.blockLoop.broken(
      "\(Format.address(block.address)): the next block is \(block.link) bytes away, \(words)",
      remedy: "Link each block to the next and the last to the first; a single one has 0.")
  }

  // MARK: Vectors

  private func checkVectors(_ definition: PicobinBlock?) -> [Diagnostic] {
    let item = definition?.first(PicobinBlock.Item.vectorTable)
    let start = item.flatMap { $0.words.count > 1 ? $0.words[1] : nil } ?? Board.flashStart
    let entry = definition?.first(PicobinBlock.Item.entryPoint)?.words ?? []
    var broken: [Diagnostic] = []
    let stack = entry.count > 2 ? entry[2] : memory.word(at: start)
    // One past the end is where an empty stack begins.
    let stacks = Board.sram.lowerBound + 1..<Board.sram.upperBound + 1
    if let stack, stacks.contains(stack), stack % 8 == 0 {
    } else {
      broken.append(
        ImageRule.stackPointer.broken(
          """
          \(Format.address(start)): the stack begins at \(shown(stack)), which is \
          not a multiple of 8 in SRAM
          """,
          remedy: "Let the first word of the vector table be the stack's top."))
    }
    let reset = entry.count > 1 ? entry[1] : word(start, 1)
    let loaded = definition?.first(PicobinBlock.Item.loadMap) != nil
    if !isFunction(reset) || (!loaded && reset.map(Board.sram.contains) ?? false) {
      broken.append(
        ImageRule.resetHandler.broken(
          """
          \(Format.address(start &+ 4)): the reset handler is \(shown(reset)), \
          which is no odd address (Thumb) of a byte that is in flash at the start
          """,
          remedy: "Let the second word of the vector table be the reset handler, in flash."))
    }
    for index in 2..<16 as Range<UInt32> {
      let vector = word(start, index)
      guard vector != 0, !isFunction(vector) else { continue }
      broken.append(
        ImageRule.vectors.broken(
          """
          \(Format.address(start &+ 4 * index)): the handler of exception \(index) is \(shown(vector)), \
          which is no odd address (Thumb) inside of the image
          """,
          remedy: "Let it be a function, or 0 where the exception cannot happen."))
    }
    return broken
  }

  private func shown(_ word: UInt32?) -> String { word.map(Format.address) ?? "missing" }

  private func word(_ start: UInt32, _ index: UInt32) -> UInt32? {
    memory.word(at: start &+ 4 * index)
  }

  /// An odd address that some segment is used at.
  private func isFunction(_ address: UInt32?) -> Bool {
    guard let address, address & 1 == 1 else { return false }
    return file.segments.contains {
      span($0.address, UInt64($0.bytes.count)).contains(UInt64(address))
    }
  }
}
