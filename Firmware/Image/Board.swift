/// A board by what an image must fit into.
public struct Board: Hashable, Sendable {
  /// As in `data/machines`.
  public var name: String
  /// Of its flash chip.
  public var flashBytes: UInt32

  /// Those that the firmware is for.
  public static let all = [
    Board(name: "pico2", flashBytes: 4 << 20),
    Board(name: "waveshare_rp2350_plus_16mb", flashBytes: 16 << 20),
  ]

  /// All of RP2350's.
  public static let sramBytes = UInt32(sram.count)

  /// Memories of RP2350 (data sheet 2.2).
  static let flashStart: UInt32 = 0x1000_0000
  static let sram: Range<UInt32> = 0x2000_0000..<0x2008_2000
  /// What flash is erased by.
  static let sectorBytes: UInt32 = 4096

  var flash: Range<UInt32> { Self.flashStart..<Self.flashStart + flashBytes }

  /// Without the last sector: the block that a UF2 file begins with because of erratum RP2350-E10 is
  /// written there by chips that have it.
  var usableFlash: Range<UInt32> { flash.lowerBound..<flash.upperBound - Self.sectorBytes }
}
