import Core

/// A plan in memory, found to be whole: no operator of it reaches outside its operands.
///
/// Nothing is copied: the plan must stay where it is.
public struct ModelPlan {
  let base: UnsafeRawPointer
  let header: PlanWords

  /// Checks the `byteCount` bytes at `base`, a multiple of 16: all of them once for the checksum, then
  /// each operator. More bytes than the plan says it has are allowed.
  public init(opening base: UnsafeRawPointer, byteCount: Int) throws(PlanRefusal) {
    guard Int(bitPattern: base) & (PlanFormat.alignment &- 1) == 0 else { throw .misaligned }
    guard byteCount >= PlanFormat.Header.words &* 4 else { throw .size }
    self.base = base
    header = PlanWords(base: base)
    try PlanCheck.check(self, byteCount: byteCount)
  }

  /// Operators, as many as the .tflite file has.
  public var operatorCount: Int { Int(header[PlanFormat.Header.operatorCount]) }
  /// Inputs of the model.
  public var inputCount: Int { Int(header[PlanFormat.Header.inputCount]) }
  /// Outputs of the model.
  public var outputCount: Int { Int(header[PlanFormat.Header.outputCount]) }
  /// Of the plan.
  public var byteCount: Int { Int(header[PlanFormat.Header.totalBytes]) }
  /// The most scratch memory of an operator on one core.
  public var scratchBytes: Int { Int(header[PlanFormat.Header.scratchBytes]) }
  /// Multiply-accumulate operations of one inference.
  public var macs: UInt64 { header.wide(PlanFormat.Header.macs) }
  /// Bytes of the weights in the .tflite file.
  public var weightBytes: UInt64 { header.wide(PlanFormat.Header.weightBytes) }
  /// CRC-32 of the .tflite file; 0 where the plan was not made of one.
  public var modelChecksum: UInt32 { header[PlanFormat.Header.modelChecksum] }
  /// Bytes of the .tflite file; 0 where the plan was not made of one.
  public var modelBytes: UInt32 { header[PlanFormat.Header.modelBytes] }
  /// What the model computes with; nil for what is neither int8 nor fp32.
  public var dtype: Dtype? { PlanFormat.dtype(header[PlanFormat.Header.dtype]) }
  /// Whether weights are trained; nil where nothing is said.
  public var weightsSource: WeightsSource? {
    PlanFormat.weightsSource(header[PlanFormat.Header.weightsSource])
  }

  /// The model's name, UTF-8 with a zero at its end.
  public var modelID: UnsafePointer<UInt8> {
    (base + 4 &* PlanFormat.Header.modelID).assumingMemoryBound(to: UInt8.self)
  }

  /// Bytes that a run needs, at a multiple of 16, on one core or two.
  public func arenaBytes(cores: Int) -> Int {
    Int(header[cores > 1 ? PlanFormat.Header.arenaBytesOfTwo : PlanFormat.Header.arenaBytes])
  }

  /// What has to be copied to have weights elsewhere: weights, biases, scales and tables. The copy must
  /// stand at a multiple of 16.
  public var constants: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(
      start: base + Int(header[PlanFormat.Header.constantsOffset]),
      count: Int(header[PlanFormat.Header.constantsBytes]))
  }

  /// The operator at `index`, below `operatorCount`.
  @inline(__always)
  public func operation(_ index: Int) -> PlanOperator {
    let offset =
      Int(header[PlanFormat.Header.operatorsOffset]) &+ index &* PlanFormat.Operator.words &* 4
    return PlanOperator(words: PlanWords(base: base + offset), plan: base)
  }

  /// The input at `index`, below `inputCount`.
  public func input(_ index: Int) -> PlanPort { port(index) }

  /// The output at `index`, below `outputCount`.
  public func output(_ index: Int) -> PlanPort { port(inputCount &+ index) }

  func port(_ index: Int) -> PlanPort {
    let offset = Int(header[PlanFormat.Header.portsOffset]) &+ index &* PlanFormat.Port.words &* 4
    return PlanPort(words: PlanWords(base: base + offset))
  }
}
