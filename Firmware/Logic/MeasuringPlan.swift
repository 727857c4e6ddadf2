import Core

/// Which of two ways are measured.
public enum Choice: UInt8, Sendable {
  case first, second, both

  /// How many that are.
  var count: Int { self == .both ? 2 : 1 }

  /// The `index`-th of them: 0 the first way, 1 the second.
  func way(_ index: Int) -> Int { self == .both ? index : Int(rawValue) }

  /// The `index`-th place of weights: flash is the first way, SRAM the second.
  func place(_ index: Int) -> WeightsPlace { way(index) == 0 ? .flash : .sram }
}

/// What is printed of outputs.
public enum OutputDetail: UInt8, Sendable {
  /// Nothing.
  case none
  /// Their checksum.
  case crc
  /// Their checksum and all bytes.
  case data
}

/// Up to eight values of something that is swept; none means: as it is.
public struct Sweep: Sendable, Equatable {
  /// The most values.
  public static let limit = 8
  private var values = SIMD8<UInt32>()
  /// How many there are.
  public private(set) var count = 0

  /// As it is.
  public init() {}

  /// Three values.
  init(_ first: UInt32, _ second: UInt32, _ third: UInt32) {
    values = SIMD8(first, second, third, 0, 0, 0, 0, 0)
    count = 3
  }

  /// Adds a value; false where there are too many.
  mutating func append(_ value: UInt32) -> Bool {
    guard count < Self.limit else { return false }
    values[count] = value
    count += 1
    return true
  }

  /// The `index`-th value.
  subscript(index: Int) -> UInt32 { values[index] }

  /// How many ways to measure that makes.
  var ways: Int { count == 0 ? 1 : count }

  /// The value of the `index`-th way; nil means: as it is.
  func way(_ index: Int) -> UInt32? { count == 0 ? nil : values[index] }
}

/// What is measured: all combinations of these choices, and how often.
public struct MeasuringPlan: Sendable {
  /// What it began as.
  public var name: NamedPlan
  /// Runs models, not micro-benchmarks only.
  public var models = true
  /// The only model that is run; all if nil.
  public var model: Int?
  /// The built-in engine, TFLM.
  public var engines = Choice.both
  /// Flash, SRAM.
  public var weights = Choice.both
  /// One core, two.
  public var cores = Choice.first
  /// XIP cache on, off; as it is if nil.
  public var cache: Choice?
  /// CPU clocks, MHz.
  public var clocks = Sweep()
  /// CPU clock / flash clock.
  var divisors = Sweep()
  /// Runs the micro-benchmarks.
  public var benches = false
  /// Repetitions of each micro-benchmark.
  var benchRepetitions: UInt32 = 5
  /// Inferences before the first that counts.
  public var warmup: UInt32 = 2
  /// Inferences of each sample of the input.
  public var inferences: UInt32 = 10
  /// Every so many inferences one is printed with its operators.
  public var detail: UInt32 = 1
  /// What is printed of outputs.
  public var outputs = OutputDetail.crc
  /// Uses samples of the input where there are some.
  public var samples = false

  /// A plan of that name with nothing but defaults.
  init(name: NamedPlan) { self.name = name }
}
