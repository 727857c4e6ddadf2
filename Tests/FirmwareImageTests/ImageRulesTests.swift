import Core
import TestSupport
import Testing

@testable import FirmwareImage

@Suite struct ImageRulesTests {
  @Test func aGoodImageBreaksNoRule() throws {
    #expect(try TestImage().broken() == [])
    #expect(try TestImage().broken(Board.withImages[1]) == [])
  }

  @Test func aSingleBlockThatLinksToItselfIsGood() throws {
    var image = TestImage()
    image.linked = false
    #expect(try image.broken() == [])
  }

  /// One change of a good image each: the rule, and what its message must say.
  static let changes: [(ImageRule, String, @Sendable (inout TestImage) -> Void)] = [
    (.stackPointer, "0x20082008", { $0.vectors[0] = 0x2008_2008 }),
    (.stackPointer, "0x20000000", { $0.vectors[0] = 0x2000_0000 }),
    (.stackPointer, "0x20001004", { $0.vectors[0] = 0x2000_1004 }),
    (.stackPointer, "0x10000000: the stack begins at 0x00000000", { $0.vectors[0] = 0 }),
    (.resetHandler, "0x10000200", { $0.vectors[1] = 0x1000_0200 }),
    (.resetHandler, "0x20000001", { $0.vectors[1] = 0x2000_0001 }),
    (.resetHandler, "0x10000004: the reset handler is 0x30000001", { $0.vectors[1] = 0x3000_0001 }),
    (.resetHandler, "0x10020001", { $0.vectors[1] = 0x1002_0001 }),
    (.vectors, "0x1000000c: the handler of exception 3", { $0.vectors[3] = 0x1000_0202 }),
    (.imageDefinition, "no block", { $0.definition[0] = 0 }),
    (.imageDefinition, "end marker", { $0.definition[4] = 0 }),
    (.imageDefinition, "says 2 words of items; there are 1", { $0.definition[2] = 0x0000_02ff }),
    (.imageDefinition, "size of 0 words", { $0.definition[1] = 0x1021_0042 }),
    (.imageDefinition, "more than 384 bytes", { $0.definition[1] = 0x1021_7042 }),
    (.imageDefinition, "no block", { $0.definitionAt = 0x1000 }),
    (.imageDefinition, "0x10000ff0: the block ends after", { $0.definitionAt = 0xff0 }),
    (.imageType, "the first item", { $0.definition[1] = 0x0000_01fe }),
    (.imageType, "kind of image is 2", { $0.definition[1] = 0x1022_0142 }),
    (.imageType, "security is 1", { $0.definition[1] = 0x1011_0142 }),
    (.imageType, "processor is 1", { $0.definition[1] = 0x1121_0142 }),
    (.imageType, "chip is 0", { $0.definition[1] = 0x0021_0142 }),
    (.imageType, "try before you buy is 1", { $0.definition[1] = 0x9021_0142 }),
    (.blockLoop, "no start marker", { $0.end[0] = 0 }),
    (.blockLoop, "0x10000100: the next block is 4404 bytes away", { $0.end[4] = 0 }),
    (
      .blockLoop, "16 blocks",
      {
        $0.linked = false
        $0.definition[3] = 0x1134
      }
    ),
    (
      .blockLoop, "no address of a word",
      {
        $0.linked = false
        $0.definition[3] = 2
      }
    ),
    (
      .blockLoop, "the image ends inside",
      {
        $0.linked = false
        $0.definition[3] = 0x1154
        $0.codeBytes = 0x1240
        $0.end += [0xffff_ded3]
      }
    ),
    (
      .instructionSet,
      "0x10000240: memcpy is A32 code, as is code at 1 other place; a Cortex-M33 runs Thumb code only",
      {
        $0.symbols = [
          ("$t", 0x1000_0200, 0, 1), ("main", 0x1000_0201, 2, 1), ("$a.2", 0x1000_0280, 0, 1),
          ("$a", 0x1000_0240, 0, 1), ("memcpy", 0x1000_0240, 2, 1), ("expf", 0x1000_0280, 2, 1),
          ("$d", 0x1000_0300, 0, 1),
        ]
      }
    ),
    (.instructionSet, "0x20000000: code is A32", { $0.symbols = [("$a", 0x2000_0000, 0, 3)] }),
    (.imageStart, "0x10000100", { $0.flashAt = 0x1000_0100 }),
    (.flashSize, "0x10000000 to 0x103ff000", { $0.codeBytes = 4 << 20 }),
    (.flashSize, "pico2", { $0.codeBytes = 4 << 20 - 4096 }),
    (.segments, "neither flash nor SRAM", { $0.dataAt = 0x4000_0000 }),
    (.segments, "0x20081ff8", { $0.dataAt = 0x2008_1ff8 }),
    (.sramSize, "section .bss at 0x20000008 has 532480 bytes", { $0.bssBytes = 532_480 }),
  ]

  @Test(arguments: changes.indices) func everyDiagnosticIsSaid(_ index: Int) throws {
    let (rule, words, change) = Self.changes[index]
    var image = TestImage()
    change(&image)
    let broken = try image.broken()
    #expect(broken.contains { $0.rule == rule.rawValue && $0.message.contains(words) }, "\(broken)")
    #expect(broken.allSatisfy { $0.remedy.hasSuffix(".") })
  }

  @Test func allRulesAreTested() {
    #expect(Set(Self.changes.map(\.0)) == Set(ImageRule.allCases))
  }

  /// Thumb code, data, names that only begin alike, and sections that are not in memory.
  @Test func thumbCodeBreaksNoRule() throws {
    var image = TestImage()
    image.symbols = [
      ("$t", 0x1000_0200, 0, 1), ("$d.1", 0x1000_0220, 0, 1), ("$ab", 0x1000_0240, 0, 1),
      ("a", 0x1000_0240, 2, 1), ("$a", 0, 0, 5), ("$a", 0, 0, 0xfff1),
    ]
    #expect(try image.broken() == [])
  }

  @Test func damagedSymbolsAreReadWithoutACrash() throws {
    var image = TestImage()
    image.symbols = [("$a", 0x1000_0240, 0, 1), ("memcpy", 0x1000_0240, 2, 1)]
    let good = image.elf
    #expect(try image.broken().map(\.rule) == [ImageRule.instructionSet.rawValue])
    for index in good.indices.suffix(2 * 16 + 11 + 8 * 40) {
      for value in [0, 0x7f, 0xff] as [UInt8] {
        var bytes = good
        bytes[index] = value
        if let file = try? ELFFile(bytes) {
          _ = ImageRules(file, board: Board.withImages[0]).check()
        }
      }
    }
  }

  @Test func itemsOfOtherAddressesAreFollowed() throws {
    var image = TestImage()
    // A vector table elsewhere; the first words of the image are then anything.
    image.definition = [
      0xffff_ded3, 0x1021_0142, 0x0000_0203, 0x1000_0020, 0x0000_03ff, 0, 0xab12_3579,
    ]
    image.vectors += [0x2000_0100, 0x1000_0301] + [UInt32](repeating: 0, count: 14)
    image.vectors.insert(contentsOf: image.vectors[16...], at: 8)
    image.vectors[0] = 0
    #expect(try image.broken() == [])
    // An entry point and a stack of their own.
    image = TestImage()
    image.definition = [
      0xffff_ded3, 0x1021_0142, 0x0000_0344, 0x1000_0301, 0x2000_0200, 0x0000_04ff, 0, 0xab12_3579,
    ]
    image.vectors[0] = 1
    image.vectors[1] = 2
    #expect(try image.broken() == [])
  }

  @Test func segmentsThatOverlapAreRefused() throws {
    var bytes = TestImage().elf
    // The physical address of the second segment, one word back.
    bytes[52 + 32 + 12] -= 4
    let broken = ImageRules(try ELFFile(bytes), board: Board.withImages[0]).check()
    #expect(broken.map(\.rule) == [ImageRule.segments.rawValue])
  }

  @Test func everyChangedBitIsReadWithoutACrash() throws {
    let good = TestImage().elf
    let tables = Array(good.indices.suffix(6 * 40 + 40))
    for index in Array(0..<TestImage.flashOffset + 0x120) + tables {
      for bit in 0..<8 {
        var bytes = good
        bytes[index] ^= 1 << bit
        guard let file = try? ELFFile(bytes) else { continue }
        for rule in ImageRules(file, board: Board.withImages[0]).check() {
          #expect(!rule.message.isEmpty)
        }
      }
    }
  }

  @Test func changedBytesAreReadWithoutACrash() {
    let good = TestImage().elf
    var generator = SplitMix(1)
    for _ in 0..<400 {
      var bytes = good
      for _ in 0..<Int.random(in: 1...8, using: &generator) {
        bytes[Int.random(in: bytes.indices, using: &generator)] =
          [
            0, 0xff, 0x7f, UInt8.random(in: 0...255, using: &generator),
          ].randomElement(using: &generator) ?? 0
      }
      if let file = try? ELFFile(bytes) { _ = ImageRules(file, board: Board.withImages[0]).check() }
    }
  }

  /// Of the bits of the first block, each matters: a change is noticed.
  @Test func everyBitOfTheDefinitionMatters() throws {
    let good = TestImage().elf
    let start = TestImage.flashOffset + 0x100
    for index in start..<start + 20 {
      // The last item's fourth byte is padding that nothing reads.
      for bit in 0..<8 where index != start + 11 {
        var bytes = good
        bytes[index] ^= 1 << bit
        let broken = ImageRules(try ELFFile(bytes), board: Board.withImages[0]).check()
        // Bits that the data sheet reserves, and one of an item that is not of this image.
        let reserved = index == start + 6 && bit >= 6 || index == start + 7 && bit == 3
        #expect(broken.isEmpty == reserved, "byte \(index - start), bit \(bit)")
      }
    }
  }
}
