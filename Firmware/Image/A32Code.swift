/// Code of the A32 instruction set in a linked program, by its mapping symbols.
struct A32Code: Hashable, Sendable {
  /// Where the first begins.
  let address: UInt32
  /// What that belongs to, as far as the file says.
  let function: String?
  /// How many pieces there are, that one included.
  let pieces: Int

  /// Nil where the sections have no table of symbols, a damaged one, or one without such code.
  init?(_ sections: ELFFile.Table) {
    let symbolTable: UInt32 = 2
    guard
      let row = (0..<sections.count).first(where: { sections.word($0, 4) == symbolTable }),
      case let strings = Int(sections.word(row, 24)), strings < sections.count
    else { return nil }
    let names = Int(sections.word(strings, 16))
    let size = 16
    let symbols = ELFFile.Table(
      bytes: sections.bytes, start: Int(sections.word(row, 16)), size: size,
      count: Int(sections.word(row, 20)) / size)
    guard symbols.fits else { return nil }
    let used = (0..<symbols.count).filter {
      Self.takesMemory(Int(symbols.word($0, 12) >> 16), of: sections)
    }
    let starts = used.filter { Self.isMark(names + Int(symbols.word($0, 0)), sections.bytes) }
      .map { symbols.word($0, 4) }
    guard let first = starts.min() else { return nil }
    address = first
    pieces = starts.count
    // The function that begins last, at or before it.
    let function: UInt32 = 2
    self.function =
      used.filter { symbols.word($0, 12) & 0xf == function && symbols.word($0, 4) <= first }
      .max { symbols.word($0, 4) < symbols.word($1, 4) }
      .map { ELFFile.text(at: names + Int(symbols.word($0, 0)), of: sections) }
  }

  private static func takesMemory(_ section: Int, of sections: ELFFile.Table) -> Bool {
    let allocated: UInt32 = 2
    return section < sections.count && sections.word(section, 8) & allocated != 0
  }

  /// "$a", or "$a." with anything behind.
  private static func isMark(_ name: Int, _ bytes: [UInt8]) -> Bool {
    guard bytes.byte(at: name) == UInt8(ascii: "$"), bytes.byte(at: name + 1) == UInt8(ascii: "a")
    else { return false }
    let next = bytes.byte(at: name + 2)
    return next == 0 || next == UInt8(ascii: ".")
  }
}
