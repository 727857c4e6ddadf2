import Core
import Support

@testable import FirmwareImage

/// An image for RP2350, made byte by byte: 4 KiB and a bit of flash, and variables in SRAM.
struct TestImage {
  var vectors: [UInt32] = [0x2008_2000, 0x1000_0201] + [UInt32](repeating: 0x1000_0203, count: 14)
  /// Words of the first block, which begins at `definitionAt`; the link is made to fit.
  var definition: [UInt32] = [0xffff_ded3, 0x1021_0142, 0x0000_01ff, 0, 0xab12_3579]
  var definitionAt = 0x100
  /// The second block, at the end of flash.
  var end: [UInt32] = [0xffff_ded3, 0x0000_01fe, 0x0000_01ff, 0, 0xab12_3579]
  var linked = true
  var flashAt: UInt32 = 0x1000_0000
  var dataAt: UInt32 = 0x2000_0000
  var codeBytes = 0x1234
  var bssBytes: UInt32 = 64
  var machine: UInt16 = 40
  /// Name, address, type and section; without any the file has no table of symbols.
  var symbols: [(name: String, address: UInt32, type: UInt8, section: UInt16)] = []

  static let flashOffset = 0x100

  /// Flash as the boot ROM sees it.
  var flash: [UInt8] {
    var words = vectors
    var definition = definition
    let endAt = codeBytes
    if linked {
      definition[definition.count - 2] = UInt32(bitPattern: Int32(endAt - definitionAt))
    }
    var end = end
    if linked { end[end.count - 2] = UInt32(bitPattern: Int32(definitionAt - endAt)) }
    words += [UInt32](repeating: 0xbf00_bf00, count: codeBytes / 4 - words.count)
    words += end
    for (index, word) in definition.enumerated() {
      while words.count <= definitionAt / 4 + index { words.append(0) }
      words[definitionAt / 4 + index] = word
    }
    return bytes(words)
  }

  private func bytes(_ words: [UInt32]) -> [UInt8] {
    words.reduce(into: []) { $0.append(word: $1) }
  }

  private func halves(_ values: [UInt16]) -> [UInt8] {
    values.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
  }

  /// The ELF file: two segments, and five sections with names.
  var elf: [UInt8] {
    let flash = flash
    let data: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 8]
    let names: [UInt8] = Array("\0.text\0.models\0.data\0.bss\0.shstrtab\0".utf8)
    let dataOffset = UInt32(Self.flashOffset + flash.count)
    let namesOffset = dataOffset + UInt32(data.count)
    let symbolsOffset = namesOffset + UInt32(names.count)
    let (symbolTable, symbolNames) = tableOfSymbols
    let tableOffset = symbolsOffset + UInt32(symbolTable.count + symbolNames.count)
    var file: [UInt8] = [0x7f, 0x45, 0x4c, 0x46, 1, 1, 1] + [UInt8](repeating: 0, count: 9)
    file += halves([2, machine]) + bytes([1, vectors[1], 52, tableOffset, 0x0500_0400])
    file += halves([52, 32, 2, 40, symbols.isEmpty ? 6 : 8, 5])
    // Type, offset, virtual and physical address, bytes of file and memory, flags, alignment.
    let stored = flashAt &+ UInt32(flash.count)
    file += bytes([
      1, UInt32(Self.flashOffset), flashAt, flashAt, UInt32(flash.count), UInt32(flash.count), 5, 4,
    ])
    file += bytes([1, dataOffset, dataAt, stored, UInt32(data.count), 8 &+ bssBytes, 6, 4])
    file += [UInt8](repeating: 0, count: Self.flashOffset - file.count)
    file += flash + data + names + symbolTable + symbolNames
    // Name, type, flags, address, offset, size, link, info, alignment, entry size.
    var sections: [[UInt32]] = [
      [UInt32](repeating: 0, count: 10),
      [1, 1, 6, flashAt, UInt32(Self.flashOffset), UInt32(flash.count) - 20, 0, 0, 4, 0],
      [7, 1, 2, flashAt &+ UInt32(flash.count) - 20, 0, 20, 0, 0, 4, 0],
      [15, 1, 3, dataAt, dataOffset, UInt32(data.count), 0, 0, 4, 0],
      [21, 8, 3, dataAt &+ 8, 0, bssBytes, 0, 0, 4, 0],
      [26, 3, 0, 0, namesOffset, UInt32(names.count), 0, 0, 1, 0],
    ]
    if !symbols.isEmpty {
      let size = UInt32(symbolTable.count)
      sections.append([0, 2, 0, 0, symbolsOffset, size, 7, 0, 4, 16])
      sections.append([0, 3, 0, 0, symbolsOffset + size, UInt32(symbolNames.count), 0, 0, 1, 0])
    }
    return file + sections.flatMap(bytes)
  }

  /// Symbols of 16 bytes, and their names.
  private var tableOfSymbols: ([UInt8], [UInt8]) {
    var names: [UInt8] = symbols.isEmpty ? [] : [0]
    var table: [UInt8] = []
    for symbol in symbols {
      table += bytes([UInt32(names.count), symbol.address, 0])
      table += [symbol.type, 0] + halves([symbol.section])
      names += Array(symbol.name.utf8) + [0]
    }
    return (table, names)
  }

  /// Rules that the image breaks, and their words.
  func broken(_ board: Board = Board.withImages[0]) throws -> [Diagnostic] {
    ImageRules(try ELFFile(elf), board: board).check()
  }
}
