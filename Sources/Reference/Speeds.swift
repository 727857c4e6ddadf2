import Core
import Support

/// What an inference needs on a microcontroller in a good build, in cycles per MAC.
public struct CoreSpeed: Sendable, Equatable {
  /// Microcontroller, as in `stm32u575`.
  public var mcu: String
  /// `int8` or `fp32`.
  public var dtype: Dtype
  /// The least that a model was seen to need.
  public var low: Double
  /// The most that one should need.
  public var high: Double
  /// Key of the source.
  public var source: String

  static func bundled() throws(Diagnostic) -> [CoreSpeed] {
    try BundledTable("core-speeds.csv").map { row throws(Diagnostic) in
      CoreSpeed(
        mcu: try row.text("mcu"), dtype: try row.word("dtype"), low: try row.number("low"),
        high: try row.number("high"), source: try row.text("source"))
    }
  }
}

/// How many times the instructions of -O3 a build with other flags takes.
public struct BuildFactor: Sendable, Equatable {
  /// Compiler flags, as in `-Os`.
  public var flags: String
  /// Model it was counted for.
  public var model: String
  /// Its dtype.
  public var dtype: Dtype
  /// Instructions / those of -O3.
  public var factor: Double
  /// Key of the source.
  public var source: String

  static func bundled() throws(Diagnostic) -> [BuildFactor] {
    try BundledTable("build-factors.csv").map { row throws(Diagnostic) in
      BuildFactor(
        flags: try row.text("flags"), model: try row.text("model"), dtype: try row.word("dtype"),
        factor: try row.number("factor"), source: try row.text("source"))
    }
  }
}
