/// Number, smallest, largest and total of times, and the accesses that went with them.
public struct Summary: Sendable, Equatable {
  /// How many times there were.
  public private(set) var n: UInt64 = 0
  /// The shortest; 0 where there was none.
  public private(set) var min: UInt64 = 0
  /// The longest.
  public private(set) var max: UInt64 = 0
  /// All together; stays at the largest value if it gets there.
  public private(set) var total: UInt64 = 0
  /// Accesses of the XIP cache, all together.
  public private(set) var access: UInt64 = 0
  /// Those that missed.
  public private(set) var miss: UInt64 = 0

  /// Of nothing.
  public init() {}

  /// Takes in one time.
  public mutating func add(_ time: UInt64, access: UInt64 = 0, miss: UInt64 = 0) {
    min = n == 0 ? time : Swift.min(min, time)
    max = Swift.max(max, time)
    n += 1
    total = Self.sum(total, time)
    self.access = Self.sum(self.access, access)
    self.miss = Self.sum(self.miss, miss)
  }

  private static func sum(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let (sum, over) = a.addingReportingOverflow(b)
    return over ? .max : sum
  }
}

/// The statistics of a run: one summary of whole inferences, one of each operator.
public struct RunStatistics {
  /// The most operators that a model may have.
  static let operatorLimit = 128

  private let memory: UnsafeMutableBufferPointer<Summary>
  /// Of whole inferences.
  public private(set) var inference = Summary()

  /// Statistics of nothing, in `memory` for `operatorLimit` summaries.
  init(_ memory: UnsafeMutableBufferPointer<Summary>) {
    self.memory = memory
    for i in memory.indices { memory[i] = Summary() }
  }

  /// Of operator `index`, below `operatorLimit`.
  public subscript(index: Int) -> Summary {
    get { memory[index] }
    nonmutating set { memory[index] = newValue }
  }

  /// Takes in an inference.
  public mutating func add(_ time: UInt64, access: UInt64, miss: UInt64) {
    inference.add(time, access: access, miss: miss)
  }
}
