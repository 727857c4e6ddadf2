import Support
import Testing

@testable import FirmwareImage

@Suite struct ELFFileTests {
  @Test func sectionsAndSegmentsAreRead() throws {
    let image = TestImage()
    let file = try ELFFile(image.elf)
    #expect(file.entry == 0x1000_0201)
    #expect(
      file.segments.map(\.storedAt) == [0x1000_0000, 0x1000_0000 + UInt32(image.flash.count)])
    #expect(file.segments.map(\.address) == [0x1000_0000, 0x2000_0000])
    #expect(file.sections.map(\.name) == [".text", ".models", ".data", ".bss"])
    #expect(file.sections.map(\.kind) == [.text, .models, .data, .bss])
    #expect(file.total(.bss) == 64)
    #expect(file.total(.rodata) == 0)
  }

  static let refusals: [(String, @Sendable (inout [UInt8]) -> Void)] = [
    ("no ELF file", { $0[0] = 0 }),
    ("32 bits", { $0[4] = 2 }),
    ("little-endian", { $0[5] = 2 }),
    ("type 1", { $0[16] = 1 }),
    ("machine 62", { $0[18] = 62 }),
    ("table of segments", { $0[30] = 0xff }),
    ("table of segments", { $0[42] = 31 }),
    ("table of sections", { $0[34] = 0xff }),
    ("table of sections", { $0[46] = 39 }),
    ("segment 0 has bytes", { $0[52 + 18] = 0xff }),
    ("ends inside of its header, after 51", { $0 = Array($0[..<51]) }),
  ]

  @Test(arguments: refusals.indices) func filesThatAreNoneAreRefused(_ index: Int) {
    let (words, change) = Self.refusals[index]
    var bytes = TestImage().elf
    change(&bytes)
    let error = #expect(throws: Diagnostic.self) { try ELFFile(bytes) }
    #expect(error?.message.contains(words) == true, "\(error.map(\.description) ?? "")")
  }

  @Test func everyTruncatedFileIsRefused() {
    let good = TestImage().elf
    for count in Array(0..<0x200) + stride(from: 0x200, to: good.count, by: 37) {
      #expect(throws: Diagnostic.self) { try ELFFile(Array(good[..<count])) }
    }
  }

  @Test func tooManySegmentsAreRefused() {
    let count = 65
    var bytes = Array(TestImage().elf[..<52])
    bytes[44] = UInt8(count)
    bytes[48] = 0
    for _ in 0..<count {
      for word in [1, 0, 0x1000_0000, 0x1000_0000, 4, 4, 5, 4] as [UInt32] {
        bytes.append(word: word)
      }
    }
    let error = #expect(throws: Diagnostic.self) { try ELFFile(bytes) }
    #expect(error?.message.contains("65 segments") == true)
  }
}
