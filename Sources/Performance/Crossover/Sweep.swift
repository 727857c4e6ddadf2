import Core
import Statistics
import Support

/// What all points of a sweep share.
public struct SweepKey: Sendable, Hashable {
  /// Id of the board.
  public var board: String
  /// How sentences call the board.
  public var boardWords: String
  /// TFLite name: `CONV_2D` or `FULLY_CONNECTED`.
  public var kind: String
  /// Height and width of the filter, "5x5"; nil for fully connected operators and where no table
  /// gives it.
  public var filter: String?
  /// `int8` or `fp32`.
  public var dtype: Dtype
  /// `flash` or `sram`.
  public var weights: WeightsPlace
  /// Measured, published or predicted.
  public var origin: Origin
  /// What else decides cycles, "tflm, 150 MHz, 1 core"; as far as it is stated.
  public var setup: String
  /// How flash is read, "quad/3"; nil from SRAM and where nothing is stated.
  public var flash: String?

  /// A key from its parts.
  public init(
    board: String, boardWords: String, kind: String, filter: String? = nil, dtype: Dtype,
    weights: WeightsPlace, origin: Origin, setup: String = "", flash: String? = nil
  ) {
    self.board = board
    self.boardWords = boardWords
    self.kind = kind
    self.filter = filter
    self.dtype = dtype
    self.weights = weights
    self.origin = origin
    self.setup = setup
    self.flash = flash
  }

  /// The same with the weights in SRAM.
  var inSRAM: SweepKey {
    var key = self
    (key.weights, key.flash) = (.sram, nil)
    return key
  }

  /// Kinds of which the weights of one operator may outgrow the cache.
  static let kinds = ["CONV_2D", "FULLY_CONNECTED"]

  /// "CNN 5x5" or "FC".
  public var kindWords: String {
    guard kind == "CONV_2D" else { return kind == "FULLY_CONNECTED" ? "FC" : kind }
    return filter.map { "CNN \($0)" } ?? "CNN"
  }

  /// "tflm, 150 MHz, 1 core, flash quad/3"; empty where nothing is stated.
  public var setupWords: String {
    [setup.isEmpty ? nil : setup, flash.map { "flash \($0)" }].compactMap(\.self)
      .joined(separator: ", ")
  }

  /// "CNN 5x5 fp32 from flash".
  public var words: String {
    "\(kindWords) \(dtype) from \(weights.words)"
  }
}

/// One operator of a sweep.
public struct SweepPoint: Sendable, Equatable {
  /// Bytes of its weights, biases not counted.
  public var weightBytes: Double
  /// Cycles of the CPU clock per MAC.
  public var cyclesPerMAC: Double
  /// The interval of `cyclesPerMAC`, or why there is none.
  public var interval: Outcome<Interval>
  /// Cycles per MAC that its instructions take when nothing waits for flash, or why that is not known.
  public var instructionCycles: Outcome<Double>
  /// Times that each of its weights is fetched in one inference; nil where nobody counted.
  public var fetches: Double?
  /// Share of its line fills that begin a transfer of their own; nil where nobody counted.
  var scattered: Double?
  /// Id of the run; of a predicted point what was costed.
  public var run: String
  /// The operator in its run; nil for a predicted point.
  public var operatorWords: String?

  /// A point from its parts.
  public init(
    weightBytes: Double, cyclesPerMAC: Double, interval: Outcome<Interval>,
    instructionCycles: Outcome<Double>, fetches: Double? = nil, scattered: Double? = nil,
    run: String, operatorWords: String? = nil
  ) {
    self.weightBytes = weightBytes
    self.cyclesPerMAC = cyclesPerMAC
    self.interval = interval
    self.instructionCycles = instructionCycles
    self.fetches = fetches
    self.scattered = scattered
    self.run = run
    self.operatorWords = operatorWords
  }

  /// "16 filters" or "run, 3 CONV_2D".
  public var words: String { operatorWords.map { "\(run), \($0)" } ?? run }
}

/// Operators alike in all but the size of their weights.
public struct Sweep: Sendable, Equatable {
  /// What they share.
  public var key: SweepKey
  /// At rising sizes; of equal ones in the order of the input.
  public private(set) var points: [SweepPoint]
  /// What a reader must know of how they were chosen, in sentences without a full stop.
  public var remarks: [String]

  /// A sweep; the points may come in any order.
  public init(key: SweepKey, points: [SweepPoint], remarks: [String] = []) {
    self.key = key
    self.points = points.enumerated().sorted {
      ($0.element.weightBytes, $0.offset) < ($1.element.weightBytes, $1.offset)
    }.map(\.element)
    self.remarks = remarks
  }

  /// Smallest and largest size; nil for an empty sweep.
  public var range: ClosedRange<Double>? {
    guard let first = points.first, let last = points.last,
      first.weightBytes <= last.weightBytes
    else { return nil }
    return first.weightBytes...last.weightBytes
  }
}

/// Operators that make no sweep, and why.
public struct UnusedOperators: Sendable, Equatable {
  /// How many.
  public var count: Int
  /// What they are: "CNN 3x3 int8 from flash on RP2350", or "CONV_2D of run".
  public var words: String
  /// Why not.
  public var reason: String
}
