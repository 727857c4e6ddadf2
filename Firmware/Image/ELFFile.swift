import Core
import Support

/// A linked program in an ELF file for Arm: 32 bits, little-endian ("Tool Interface Standard: Executable
/// and Linking Format", version 1.2).
public struct ELFFile: Sendable {
  /// What is to be in memory when the program starts.
  public struct Segment: Hashable, Sendable {
    /// Where the program uses it.
    public var address: UInt32
    /// Where it is before the program starts.
    var storedAt: UInt32
    /// Of the file.
    public var bytes: Range<Int>
    /// In memory; those that the file has not are 0.
    var memoryBytes: UInt32
  }

  /// A part of the program with one use.
  public struct Section: Hashable, Sendable {
    /// Functions, constants, models, variables with a value, variables that begin as 0.
    public enum Kind: String, CaseIterable, Sendable {
      case text, rodata, models, data, bss
    }
    /// Of the linker script.
    public var name: String
    /// By its flags.
    public var kind: Kind
    /// Where the program uses it.
    public var address: UInt32
    /// In memory.
    public var bytes: UInt32
  }

  /// The whole file.
  public let bytes: [UInt8]
  /// Where a debugger starts the program.
  public let entry: UInt32
  /// That have bytes in the file, by where they are stored.
  public let segments: [Segment]
  /// That take memory, by address.
  public let sections: [Section]
  /// Code of the A32 instruction set, as its mapping symbols say ("ELF for the Arm Architecture": $a); nil
  /// where there is none, or no symbol.
  let a32Code: A32Code?

  /// More than any linker script of ours makes; a hostile file would make the search long.
  private static let mostSegments = 64
  private static let again = "Link the program again; this must be what the linker wrote."

  /// - Throws: `Diagnostic` where the bytes are no such file; what it says of itself is never trusted.
  public init(_ bytes: [UInt8]) throws(Diagnostic) {
    func refused(_ words: String) -> Diagnostic { Diagnostic("elf", words, remedy: Self.again) }
    guard bytes.starts(with: [0x7f, 0x45, 0x4c, 0x46]) else {
      throw refused("is no ELF file: it does not begin with 7f 'ELF'")
    }
    guard bytes.byte(at: 4) == 1, bytes.byte(at: 5) == 1 else {
      throw refused("is no ELF file of 32 bits and little-endian")
    }
    guard let type = bytes.half(at: 16), let machine = bytes.half(at: 18),
      let entry = bytes.word(at: 24), let segmentTable = bytes.word(at: 28),
      let sectionTable = bytes.word(at: 32), let segmentSize = bytes.half(at: 42),
      let segmentCount = bytes.half(at: 44), let sectionSize = bytes.half(at: 46),
      let sectionCount = bytes.half(at: 48), let nameSection = bytes.half(at: 50)
    else { throw refused("ends inside of its header, after \(bytes.count) bytes") }
    guard machine == 40 else { throw refused("is for machine \(machine); Arm is 40") }
    guard type == 2 else { throw refused("is of type \(type); a linked program is 2") }
    self.bytes = bytes
    self.entry = entry
    let segments = Table(
      bytes: bytes, start: Int(segmentTable), size: Int(segmentSize), count: Int(segmentCount))
    let sections = Table(
      bytes: bytes, start: Int(sectionTable), size: Int(sectionSize), count: Int(sectionCount))
    guard segments.count == 0 || (segments.size >= 32 && segments.fits) else {
      throw refused("has its table of segments at \(segments.start), outside of its bytes")
    }
    guard sections.count == 0 || (sections.size >= 40 && sections.fits) else {
      throw refused("has its table of sections at \(sections.start), outside of its bytes")
    }
    self.segments = try Self.segments(segments)
    self.sections = Self.sections(sections, names: Int(nameSection))
    a32Code = A32Code(sections)
  }

  /// Rows of equal size; `fits` says that all are inside of the bytes.
  struct Table {
    let bytes: [UInt8]
    let start, size, count: Int

    var fits: Bool { start + size * count <= bytes.count }
    /// The word at an offset of a row that fits.
    func word(_ row: Int, _ offset: Int) -> UInt32 {
      bytes.word(at: start + row * size + offset) ?? 0
    }
  }

  private static func segments(_ table: Table) throws(Diagnostic) -> [Segment] {
    let load: UInt32 = 1
    var found: [Segment] = []
    for row in 0..<table.count where table.word(row, 0) == load {
      let start = Int(table.word(row, 4))
      let size = Int(table.word(row, 16))
      guard size > 0 else { continue }
      guard start + size <= table.bytes.count else {
        throw Diagnostic(
          "elf",
          "segment \(row) has bytes \(start) to \(start + size); the file has \(table.bytes.count)",
          remedy: again)
      }
      found.append(
        Segment(
          address: table.word(row, 8), storedAt: table.word(row, 12), bytes: start..<start + size,
          memoryBytes: table.word(row, 20)))
    }
    guard found.count <= mostSegments else {
      throw Diagnostic(
        "elf", "has \(found.count) segments to load; \(mostSegments) are read",
        remedy: "Let the linker script put sections together.")
    }
    return found.sorted { ($0.storedAt, $0.bytes.lowerBound) < ($1.storedAt, $1.bytes.lowerBound) }
  }

  private static func sections(_ table: Table, names: Int) -> [Section] {
    let noBits: UInt32 = 8
    let (writable, allocated, executable): (UInt32, UInt32, UInt32) = (1, 2, 4)
    var found: [Section] = []
    for row in 0..<table.count {
      let flags = table.word(row, 8)
      let size = table.word(row, 20)
      guard flags & allocated != 0, size > 0 else { continue }
      let name = name(at: table.word(row, 0), in: names < table.count ? names : nil, of: table)
      let kind: Section.Kind =
        if table.word(row, 4) == noBits {
          .bss
        } else if name == ".models" {
          .models
        } else if flags & writable != 0 {
          .data
        } else {
          flags & executable != 0 ? .text : .rodata
        }
      found.append(Section(name: name, kind: kind, address: table.word(row, 12), bytes: size))
    }
    return found.sorted { ($0.address, $0.name) < ($1.address, $1.name) }
  }

  private static func name(at offset: UInt32, in names: Int?, of table: Table) -> String {
    guard let names else { return "?" }
    return text(at: Int(table.word(names, 16)) + Int(offset), of: table)
  }

  /// Printable ASCII of at most 64 characters; a hostile file cannot name anything longer.
  static func text(at start: Int, of table: Table) -> String {
    var text = ""
    for position in start..<start + 64 {
      guard let byte = table.bytes.byte(at: position), byte != 0 else { break }
      text.unicodeScalars.append(0x20..<0x7f ~= byte ? Unicode.Scalar(byte) : "?")
    }
    return text.isEmpty ? "?" : text
  }

  /// Bytes of all sections of a kind.
  public func total(_ kind: Section.Kind) -> UInt64 {
    sections.filter { $0.kind == kind }.reduce(0) { $0 + UInt64($1.bytes) }
  }

  /// Bytes of all sections that the program uses in SRAM; all, or of a kind.
  public func totalInSRAM(_ kind: Section.Kind? = nil) -> UInt64 {
    sections.filter { (kind == nil || $0.kind == kind) && $0.isInSRAM }
      .reduce(0) { $0 + UInt64($1.bytes) }
  }
}

extension ELFFile.Section {
  /// Whether the program uses it there, and not in flash.
  var isInSRAM: Bool { Board.sram.contains(address) }
}
