/// Products and reaches of sizes from a plan, which may be any numbers.
enum Sizes {
  private static var most: Int64 { Int64(PlanFormat.mostBytes) }

  /// a x b; nil where one is below 0 or nil, or the product is more elements than there can be.
  static func product(_ a: Int64?, _ b: Int32) -> Int64? {
    // No overflow: 31 bits each.
    guard let a, b >= 0, a &* Int64(b) <= most else { return nil }
    return a &* Int64(b)
  }

  static func product(_ a: Int32, _ b: Int32, _ c: Int32, _ d: Int32 = 1) -> Int64? {
    product(product(product(product(1, a), b), c), d)
  }

  /// Whether all are 1 or more.
  static func arePositive(_ a: Int32, _ b: Int32, _ c: Int32, _ d: Int32) -> Bool {
    min(min(a, b), min(c, d)) > 0
  }

  /// Whether windows along an axis stay where 32 bits can count. All but `pad` are positive.
  static func isWindow(
    outputs: Int32, stride: Int32, taps: Int32, dilation: Int32, pad: Int32
  ) -> Bool {
    // No overflow: two products of 62 bits.
    pad >= 0 && Int64(pad) < most
      && Int64(outputs) &* Int64(stride) &+ Int64(taps) &* Int64(dilation) < most
  }
}
