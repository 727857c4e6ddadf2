/// Scratch memory that CMSIS-NN 7.0.0 asks for on cores with the DSP extension and without Helium
/// (Source/*/arm_*_get_buffer_sizes_s8.c), int8 only; float kernels need none.
enum CMSISScratch {
  /// Bytes for CONV_2D: two columns of patches as int16, none for 1x1 without padding. nil where the
  /// product overflows.
  static func convolution(
    input: [Int], weights: [Int], output: [Int], window: Window
  ) -> Int? {
    let size = Extent(height: weights[1], width: weights[2])
    guard let padding = padding(input: input, output: output, size: size, window: window)
    else { return nil }
    if size == one, padding == none, window.dilation == one { return 0 }
    guard let patch = CheckedArithmetic.product([size.height, size.width, input[3]]),
      patch <= Int(Int32.max)
    else { return nil }
    return 2 * MemoryPlanner.alignUp(patch, to: 4) * 2
  }

  /// Bytes for DEPTHWISE_CONV_2D: one window as int16 where the optimised kernel is taken, none for
  /// its 3x3 form.
  static func depthwise(
    input: [Int], weights: [Int], output: [Int], window: Window
  ) -> Int? {
    guard input[3] == output[3], input[0] == 1, window.dilation == one else { return 0 }
    let size = Extent(height: weights[1], width: weights[2])
    guard let padding = padding(input: input, output: output, size: size, window: window)
    else { return nil }
    let isThreeByThree = size == Extent(height: 3, width: 3)
    if isThreeByThree, padding.height <= 1, padding.width <= 1 { return 0 }
    return CheckedArithmetic.product([size.height, size.width, input[3], 2])
  }

  /// Bytes for AVERAGE_POOL_2D: one sum per channel as int32.
  static func averagePool(channels: Int) -> Int { 4 * channels }

  private static let one = Extent(height: 1, width: 1)
  private static let none = Extent(height: 0, width: 0)

  /// Rows above and columns to the left.
  private static func padding(
    input: [Int], output: [Int], size: Extent, window: Window
  ) -> Extent? {
    window.axes(over: input, size: size).map {
      Extent(
        height: $0.height.padding(for: output[1]).before,
        width: $0.width.padding(for: output[2]).before)
    }
  }
}
