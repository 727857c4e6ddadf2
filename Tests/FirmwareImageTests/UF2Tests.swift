import Support
import Testing

@testable import FirmwareImage

@Suite struct UF2Tests {
  private let image = TestImage()

  private func file() throws -> UF2File { UF2File(try ELFFile(image.elf)) }

  @Test func pagesHoldWhatFlashHolds() throws {
    let file = try file()
    let flash = image.flash + [1, 2, 3, 4, 5, 6, 7, 8]
    let bytes = file.pages.flatMap(\.bytes)
    #expect(Array(bytes.prefix(flash.count)) == flash)
    #expect(bytes.dropFirst(flash.count).allSatisfy { $0 == 0 })
    #expect(file.pages.count == (flash.count + 255) / 256)
    #expect(
      file.pages.map(\.address).enumerated().allSatisfy { $1 == 0x1000_0000 + UInt32($0) * 256 })
  }

  @Test func whatIsWrittenIsRead() throws {
    let file = try file()
    #expect(try UF2File(file.bytes) == file)
    var without = file
    without.hasErratumBlock = false
    #expect(try UF2File(without.bytes) == without)
    #expect(without.bytes == Array(file.bytes.dropFirst(512)))
  }

  /// Bytes at their offsets, by the format's description and not by the code that writes them.
  @Test func blocksAreLaidOutAsTheFormatSays() throws {
    let file = try file()
    let bytes = file.bytes
    #expect(bytes.count == 512 * (file.pages.count + 1))
    let second = Array(bytes[1024..<1536])
    #expect(second[0..<8] == [0x55, 0x46, 0x32, 0x0a, 0x57, 0x51, 0x5d, 0x9e])
    #expect(second[8..<12] == [0, 0x20, 0, 0])
    #expect(second[12..<16] == [0, 1, 0, 0x10])
    #expect(second[16..<20] == [0, 1, 0, 0])
    #expect(second[20..<24] == [1, 0, 0, 0])
    #expect(second[24..<28] == [UInt8(file.pages.count), 0, 0, 0])
    #expect(second[28..<32] == [0x59, 0xff, 0x8b, 0xe4])
    #expect(Array(second[32..<288]) == Array(image.flash[256..<512]))
    #expect(second[288..<508].allSatisfy { $0 == 0 })
    #expect(second[508..<512] == [0x30, 0x6f, 0xb1, 0x0a])
    // The block against erratum RP2350-E10.
    #expect(bytes[8..<12] == [0, 0xa0, 0, 0])
    #expect(bytes[12..<16] == [0, 0xff, 0xff, 0x10])
    #expect(bytes[20..<32] == [0, 0, 0, 0, 2, 0, 0, 0, 0x57, 0xff, 0x8b, 0xe4])
    #expect(bytes[32..<288].allSatisfy { $0 == 0xef })
    #expect(bytes[288..<292] == [0x04, 0xe3, 0x57, 0x99])
  }

  static let refusals: [(String, @Sendable (inout [UInt8]) -> Void)] = [
    ("no blocks of 512", { $0.removeLast() }),
    ("no blocks of 512", { $0 = [] }),
    ("holds no page", { $0 = Array($0[..<512]) }),
    ("block 1: there is", { $0[512] ^= 1 }),
    ("block 2: there is", { $0[1024 + 4] ^= 1 }),
    ("block 1: there is", { $0[512 + 508] ^= 1 }),
    ("block 1: has 255 bytes", { $0.replaceSubrange(528..<530, with: [255, 0]) }),
    ("block 1: has flags 0x00002001", { $0[520] = 1 }),
    ("block 1: is of family 0xe48bff5a", { $0[540] = 0x5a }),
    ("block 0: has flags", { $0[32] ^= 1 }),
    ("block 2: is number 2 of", { $0[1024 + 20] = 2 }),
    ("block 3: is number 2 of 1", { $0[1536 + 24] = 1 }),
    ("which is not where a page begins", { $0[512 + 12] = 1 }),
    ("not after the page before it", { $0[1024 + 13] = 0 }),
    ("bytes other than 0 behind", { $0[512 + 300] = 1 }),
    ("is number 1 of", { $0.removeSubrange(512..<1024) }),
  ]

  @Test(arguments: refusals.indices) func brokenFilesAreRefused(_ index: Int) throws {
    let (words, change) = Self.refusals[index]
    var bytes = try file().bytes
    change(&bytes)
    let error = #expect(throws: Diagnostic.self) { try UF2File(bytes) }
    #expect(error?.message.contains(words) == true, "\(error.map(\.description) ?? "")")
  }

  /// Every bit outside of a payload and an address counts; inside, the page shows it.
  @Test func everyChangedBitIsNoticed() throws {
    let file = try file()
    let good = file.bytes
    for index in 0..<1536 {
      var bytes = good
      bytes[index] ^= 1 << (index % 8)
      let read = try? UF2File(bytes)
      #expect(read != file, "byte \(index)")
    }
  }
}
