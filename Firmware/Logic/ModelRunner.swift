import Core

/// An engine, in the words of the log.
public struct EngineDescription {
  /// Inference runtime.
  public var runtime: Text
  /// Kernel library.
  public var kernels: Text

  /// An engine with its names.
  public init(runtime: Text, kernels: Text) {
    self.runtime = runtime
    self.kernels = kernels
  }
}

/// A model that is linked in.
public struct ModelDescription {
  /// Model id, as in the log.
  public var name: Text
  /// What it computes with; nil for what is neither int8 nor fp32.
  public var dtype: Dtype?
  /// CRC-32 of the model file.
  public var crc32: UInt32
  /// Size of the model file.
  public var bytes: UInt64
  /// Whether weights are trained; nil where nothing is said.
  public var weightsSource: WeightsSource?
  /// MACs of one inference.
  public var macs: UInt64
  /// Bytes of all weights.
  public var weightBytes: UInt64
  /// Operators of the graph.
  public var operators: Int
  /// "ramp" or "ones": what the input holds where samples are not used.
  public var pattern: Text

  /// A model with all that is known of it.
  public init(
    name: Text, dtype: Dtype?, crc32: UInt32, bytes: UInt64, weightsSource: WeightsSource?,
    macs: UInt64, weightBytes: UInt64, operators: Int, pattern: Text
  ) {
    self.name = name
    self.dtype = dtype
    self.crc32 = crc32
    self.bytes = bytes
    self.weightsSource = weightsSource
    self.macs = macs
    self.weightBytes = weightBytes
    self.operators = operators
    self.pattern = pattern
  }
}

/// An operator of a model.
public struct OperatorDescription {
  /// TFLite name, as CONV_2D.
  public var kind: Text
  /// What singles it out; empty where nothing does.
  public var name: Text
  /// MACs of one inference.
  public var macs: UInt64
  /// Bytes of its weights.
  public var weightBytes: UInt64

  /// An operator with all that is known of it.
  public init(kind: Text, name: Text, macs: UInt64, weightBytes: UInt64) {
    self.kind = kind
    self.name = name
    self.macs = macs
    self.weightBytes = weightBytes
  }
}

/// What one operator took in the last inference.
public struct OperatorSample {
  /// Of the board's clock.
  public var ticks: UInt64
  /// Accesses of the XIP cache.
  public var access: UInt64
  /// Those that missed.
  public var miss: UInt64

  /// A sample; no accesses where the board does not count them.
  public init(ticks: UInt64, access: UInt64 = 0, miss: UInt64 = 0) {
    self.ticks = ticks
    self.access = access
    self.miss = miss
  }
}

/// How opening or running a model ended.
public enum EngineStatus: UInt8, Sendable {
  /// As it should.
  case fine
  /// The model is damaged, of another version, or not linked in for this engine.
  case badModel
  /// The memory does not hold what the model needs.
  case arenaTooSmall
  /// The engine lacks one of the model's operators.
  case unsupported
  /// Anything else.
  case failed
}

/// What opening a model came to.
public struct OpenResult {
  /// How it ended.
  public var status: EngineStatus
  /// Memory for activations that the model takes, also where that is too much.
  public var arenaBytes: UInt64

  /// A result.
  public init(status: EngineStatus, arenaBytes: UInt64) {
    self.status = status
    self.arenaBytes = arenaBytes
  }
}

/// The models and engines that are linked in. One model is open at a time.
public protocol ModelRunner {
  /// How many engines there are; the built-in one first.
  var engineCount: Int { get }
  /// How many models there are.
  var modelCount: Int { get }
  /// An engine below `engineCount`.
  func engine(_ index: Int) -> EngineDescription
  /// What the console calls a model below `modelCount`.
  func label(_ index: Int) -> Text
  /// A model below `modelCount`.
  func model(_ index: Int) -> ModelDescription
  /// Operator `index` of model `model`.
  func operatorOf(model: Int, _ index: Int) -> OperatorDescription
  /// Bytes that an engine copies to have a model's weights in SRAM.
  func copiedBytes(model: Int, engine: Int) -> UInt64
  /// Opens a model, with its weights copied to SRAM before the arena if `copying`.
  func open(model: Int, engine: Int, cores: Int, copying: Bool) -> OpenResult
  /// Samples of the open model's input; 0 where none are linked in.
  var sampleCount: Int { get }
  /// Writes a sample of the open model's input, or its pattern if nil.
  func fillInput(sample: Int?)
  /// Forgets what operators took.
  func clearProfile()
  /// Runs the open model once; operators add what they took to the profile.
  func invoke() -> EngineStatus
  /// The open model's output, valid until the next inference.
  var output: UnsafeBufferPointer<UInt8> { get }
  /// What operator `index` took since `clearProfile`.
  func sample(_ index: Int) -> OperatorSample
  /// Whether samples count accesses of the XIP cache.
  var hasCounters: Bool { get }
  /// Ticks that measuring nothing takes.
  func clockCost() -> UInt64
}

/// What one repetition of a micro-benchmark took and did.
public struct BenchSample {
  /// Of the board's clock.
  public var ticks: UInt64
  /// Multiplications with addition.
  public var macs: UInt64
  /// Bytes that were moved.
  public var bytes: UInt64
  /// Accesses of the XIP cache.
  public var access: UInt64
  /// Those that missed.
  public var miss: UInt64

  /// A sample.
  public init(ticks: UInt64, macs: UInt64, bytes: UInt64, access: UInt64, miss: UInt64) {
    self.ticks = ticks
    self.macs = macs
    self.bytes = bytes
    self.access = access
    self.miss = miss
  }
}

/// The micro-benchmarks that are linked in.
public protocol MicroBenchmarks {
  /// How many there are.
  var count: Int { get }
  /// In the words of the log, as "int8_smlad".
  func name(_ index: Int) -> Text
  /// Runs one; nil where the board has no such thing.
  func measure(_ index: Int) -> BenchSample?
}
