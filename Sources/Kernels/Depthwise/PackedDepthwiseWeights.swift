import CKernelIntrinsics

/// What a depthwise convolution needs of each four channels, in the order of use: four biases, four
/// doubled multipliers, four right shifts, and for each tap the weights widened to 16 bits in two
/// words, channels (0, 2) and (1, 3).
///
/// The first right shift is 0 where not all four scales are plain ones of `DSPRequantizer`.
struct PackedDepthwiseWeights {
  static var doubles: Int { 4 }
  static var rights: Int { 8 }
  static var weights: Int { 12 }

  /// Of all blocks, `blockSize` words each.
  let words: UnsafeMutablePointer<UInt32>
  let blockSize: Int

  static func scratchBytes(_ shape: ConvolutionShape) -> Int {
    shape.outputDepth / 4 &* (weights &+ 2 &* shape.filterHeight &* shape.filterWidth) &* 4
  }

  init(
    _ shape: ConvolutionShape, filter: UnsafePointer<Int8>, bias: UnsafePointer<Int32>?,
    multipliers: UnsafePointer<Int32>, shifts: UnsafePointer<Int32>,
    scratch: UnsafeMutablePointer<Int16>
  ) {
    words = UnsafeMutableRawPointer(scratch).assumingMemoryBound(to: UInt32.self)
    let taps = shape.filterHeight &* shape.filterWidth
    blockSize = Self.weights &+ 2 &* taps
    var block = words
    var channel = 0
    while channel &+ 4 <= shape.outputDepth {
      var isPlain = true
      for index in 0..<4 {
        let multiplier = multipliers[channel &+ index]
        let shift = shifts[channel &+ index]
        if !DSPRequantizer.isPlain(multiplier: multiplier, shift: shift) { isPlain = false }
        block[index] = UInt32(bitPattern: bias?[channel &+ index] ?? 0)
        block[Self.doubles &+ index] = UInt32(bitPattern: multiplier &<< 1)
        block[Self.rights &+ index] = UInt32(bitPattern: 0 &- shift)
      }
      if !isPlain { block[Self.rights] = 0 }
      var source = filter + channel
      var target = block + Self.weights
      for _ in 0..<taps {
        let four = word(source)
        target[0] = kernel_sxtb16(four)
        target[1] = kernel_sxtb16_ror8(four)
        source += shape.outputDepth
        target += 2
      }
      block += blockSize
      channel &+= 4
    }
  }
}
