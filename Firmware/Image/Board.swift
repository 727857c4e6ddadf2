import Core

/// Memories of RP2350 (data sheet 2.2).
extension Board {
  /// Those that images are for.
  public static let withImages = all.filter { $0.port == "rp2350" }

  /// All of RP2350's.
  public static let sramBytes = UInt32(sram.count)

  static let flashStart: UInt32 = 0x1000_0000
  static let sram: Range<UInt32> = 0x2000_0000..<0x2008_2000
  /// What flash is erased by.
  static let sectorBytes: UInt32 = 4096

  var flash: Range<UInt32> { Self.flashStart..<Self.flashStart + flashBytes }

  /// Without the last sector: the block that a UF2 file begins with because of erratum RP2350-E10 is
  /// written there by chips that have it.
  var usableFlash: Range<UInt32> { flash.lowerBound..<flash.upperBound - Self.sectorBytes }
}
