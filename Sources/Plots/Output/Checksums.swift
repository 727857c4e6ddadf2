/// The checksum of zlib streams (RFC 1950, section 9).
struct Adler32 {
  private var low: UInt32 = 1
  private var high: UInt32 = 0
  private var count = 0

  mutating func add(_ byte: UInt32) {
    low &+= byte
    high &+= low
    count += 1
    // The most bytes that 32 bits can sum before the remainder has to be taken.
    if count >= 5_552 - 3 { reduce() }
  }

  /// The three bytes of 0xRRGGBB.
  mutating func add(pixel: UInt32) {
    let (red, green, blue) = (pixel >> 16, pixel >> 8 & 0xff, pixel & 0xff)
    high &+= 3 &* low &+ 3 &* red &+ 2 &* green &+ blue
    low &+= red &+ green &+ blue
    count += 3
    if count >= 5_552 - 3 { reduce() }
  }

  mutating func reduce() {
    low %= 65_521
    high %= 65_521
    count = 0
  }

  var value: UInt32 { (high % 65_521) << 16 | low % 65_521 }
}
