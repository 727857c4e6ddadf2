extension Format {
  /// Seconds in the unit that suits: "58.95 ms", "217 µs", "1709.93 ms", "12.3 s".
  ///
  /// Without `digits`, all that a published figure has are shown: four figures, two decimals of ms.
  public static func seconds(_ value: Double, digits: Int? = nil) -> String {
    text(value, in: times) { number, unit in
      digits == nil && unit.name == "ms" && number >= 100
        ? rounded(number, places: 2) : Self.number(number, digits: digits ?? 4)
    }
  }

  /// Milliseconds without the unit, for a column: more decimals below 1 ms, fewer from 1 s on.
  ///
  /// - Parameter resolution: one unit of the last digit that is known, s; no digit behind it is printed.
  public static func milliseconds(_ value: Double, resolution: Double? = nil) -> String {
    let magnitude = abs(value * 1e3)
    let texts = [4, 3, 2].map { fixed(magnitude, places: $0) }
    let usual = texts[0].hasPrefix("0.") ? 4 : wholeDigits(texts[1]) <= 3 ? 3 : 2
    var places = usual
    if var unit = resolution.map({ $0 * 1e3 }), unit > 0 {
      places = 0
      while places < usual, unit < 1 - 1e-6 {
        unit *= 10
        places += 1
      }
    }
    return sign(value) + fixed(magnitude, places: places)
  }

  /// "150 MHz".
  public static func clock(_ hertz: Double) -> String { number(hertz / 1e6, digits: 6) + " MHz" }

  /// Bandwidth: "25.0 MB/s".
  public static func bandwidth(_ bytesPerSecond: Double) -> String {
    text(bytesPerSecond, in: bandwidths) { number, _ in significant(number, digits: 3) }
  }

  /// "15.8 KiB"; without the unit where the head of a column has it.
  public static func kibibytes(_ bytes: Double, hasUnit: Bool = true) -> String {
    significant(bytes / 1024, digits: 3) + (hasUnit ? " KiB" : "")
  }

  /// "16 KiB", for capacities; without the unit where the head of a column has it.
  public static func capacity(_ bytes: Double, digits: Int = 4, hasUnit: Bool = true) -> String {
    number(bytes / 1024, digits: digits) + (hasUnit ? " KiB" : "")
  }

  /// "16 KiB", for capacities; without the unit where the head of a column has it.
  public static func capacity(
    _ bytes: some BinaryInteger, digits: Int = 4, hasUnit: Bool = true
  ) -> String {
    capacity(Double(bytes), digits: digits, hasUnit: hasUnit)
  }

  /// A unit, how many of it make one of the base unit, the least that is printed in it, and the most
  /// whole digits: for more, the next unit is taken.
  private struct Unit {
    let name: String
    let perBase: Double
    let least: Double
    let most: Int

    init(_ name: String, _ perBase: Double, from least: Double, most: Int = .max) {
      (self.name, self.perBase, self.least, self.most) = (name, perBase, least, most)
    }
  }

  /// Up to 9999.99 ms: inferences are compared in one unit.
  private static let times = [
    Unit("ns", 1e9, from: 0, most: 3), Unit("µs", 1e6, from: 1, most: 3),
    Unit("ms", 1e3, from: 1, most: 4), Unit("s", 1, from: 10),
  ]

  private static let bandwidths = [
    Unit("kB/s", 1e-3, from: 0, most: 3), Unit("MB/s", 1e-6, from: 1, most: 3),
    Unit("GB/s", 1e-9, from: 1),
  ]

  /// In the first unit that suits the printed number; what is not finite in the last.
  private static func text(
    _ value: Double, in units: [Unit], _ print: (Double, Unit) -> String
  ) -> String {
    let magnitude = abs(value)
    for unit in units where value.isFinite || unit.most == .max {
      // What is printed as 1000 of the unit before is 1 of this one, though its product may be less.
      let text = print(max(magnitude * unit.perBase, unit.least), unit)
      if wholeDigits(text) <= unit.most { return "\(sign(value))\(text) \(unit.name)" }
    }
    return ""
  }
}
