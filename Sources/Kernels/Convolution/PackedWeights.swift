import CKernelIntrinsics

/// Rows of int8 weights, widened to 16 bits and packed in scratch memory as `kernel_mat_mult` reads
/// them.
///
/// Each byte of the weights is read once, however many pixels there are, and what is read again and
/// again lies in RAM. As many rows as `most` bytes hold are there at once.
struct PackedWeights {
  /// Most bytes of scratch memory for rows, if two of them are not longer.
  static var most: Int { 16384 }
  /// Words beside a pair's weights: two biases, two scales, two powers.
  private static var extra: Int { 6 }

  var filter: UnsafePointer<Int8>
  /// Weights of a row.
  var count: Int
  /// See `ConvolutionShape.foldedGroups`.
  var folded: Int
  var bias: UnsafePointer<Int32>?
  var multipliers: UnsafePointer<Int32>
  var shifts: UnsafePointer<Int32>
  var range: OutputRange
  let words: UnsafeMutablePointer<UInt32>

  /// Groups of four that a row of `count` is filled up to.
  @inline(__always)
  static func groups(_ count: Int) -> Int { (count &+ 3) / 4 }

  /// Rows at once, an even number; those of `channels` in blocks of about the same size.
  static func block(_ channels: Int, count: Int) -> Int {
    let pairs = (channels &+ 1) / 2
    let size = pairWords(count) &* 4
    let fitting = size < most ? most / size : 1
    let blocks = (pairs &+ fitting &- 1) / fitting
    return blocks > 1 ? (pairs &+ blocks &- 1) / blocks &* 2 : pairs &* 2
  }

  @inline(__always)
  static func pairWords(_ count: Int) -> Int { groups(count) &* 4 &+ extra }

  /// Widens rows `first` ..< `end`, filled up with zeros to an even number and to whole groups.
  /// Gives where they end. Bounds: rows are read word by word up to the last whole one, the rest
  /// byte by byte.
  @inline(never)
  func fill(_ first: Int, _ end: Int) -> UnsafeMutablePointer<UInt32> {
    var target = words
    var channel = first
    while channel < end {
      let isPair = channel &+ 1 < end
      let next = isPair ? channel &+ 1 : channel
      target[0] = UInt32(bitPattern: bias?[channel] ?? 0)
      target[1] = UInt32(bitPattern: bias?[next] ?? 0)
      let row0 = filter + channel &* count
      let row1 = filter + next &* count
      let whole = count &>> 2
      let rest = count & 3
      if folded > 0 {
        target = widenFolded(row0, row1, target + 2)
      } else {
        target = kernel_widen_rows(row0, row1, Int32(truncatingIfNeeded: whole), target + 2)
      }
      if folded == 0 && rest > 0 {
        let four0 = partialWord(row0 + whole &* 4, rest)
        let four1 = partialWord(row1 + whole &* 4, rest)
        (target[0], target[1]) = (kernel_sxtb16(four0), kernel_sxtb16(four1))
        (target[2], target[3]) = (kernel_sxtb16_ror8(four0), kernel_sxtb16_ror8(four1))
        target += 4
      }
      let isPlain = isPair && range.isWhole && isPlain(channel) && isPlain(next)
      target[0] = UInt32(bitPattern: multipliers[channel]) &<< 1
      target[1] = isPlain ? power(channel) : 0
      target[2] = UInt32(bitPattern: multipliers[next]) &<< 1
      target[3] = power(next)
      target += 4
      channel &+= 2
    }
    return target
  }

  @inline(__always)
  private func widenFolded(
    _ row0: UnsafePointer<Int8>, _ row1: UnsafePointer<Int8>, _ words: UnsafeMutablePointer<UInt32>
  ) -> UnsafeMutablePointer<UInt32> {
    let size = 4 &* folded &+ 1
    var target = words
    for row in 0..<3 {
      target = kernel_widen_rows(
        row0 + row &* size, row1 + row &* size, Int32(truncatingIfNeeded: folded), target)
    }
    let first = fold(row0 + 4 &* folded, size)
    let second = fold(row1 + 4 &* folded, size)
    (target[0], target[1], target[2], target[3]) = (first.even, second.even, first.odd, second.odd)
    return target + 4
  }

  /// Three weights `size` apart and a zero, as two words of a pair.
  @inline(__always)
  private func fold(_ weights: UnsafePointer<Int8>, _ size: Int) -> (even: UInt32, odd: UInt32) {
    let last = UInt32(truncatingIfNeeded: Int32(weights[2 &* size]))
    return (
      UInt32(UInt16(bitPattern: Int16(weights[0]))) | last &<< 16,
      UInt32(UInt16(bitPattern: Int16(weights[size])))
    )
  }

  /// Whether two SMMLAR scale it: the right shift is a factor of 2^32 over its power of two, which
  /// fits for 2 and above.
  @inline(__always)
  private func isPlain(_ channel: Int) -> Bool {
    multipliers[channel] >= 1 << 30 && shifts[channel] < -1
  }

  @inline(__always)
  private func power(_ channel: Int) -> UInt32 {
    UInt32(1) &<< UInt32(truncatingIfNeeded: 32 &+ shifts[channel])
  }
}
