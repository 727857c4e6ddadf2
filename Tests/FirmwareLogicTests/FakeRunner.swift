@testable import FirmwareLogic

/// A model whose operators take what is said here.
struct FakeModel {
  var label: StaticString
  var name: StaticString
  var operators: Int
  var weightBytes: UInt64
  var arenaBytes: UInt64
  var samples = 0

  static let small = FakeModel(
    label: "ad_int8", name: "ad", operators: 3, weightBytes: 270_001, arenaBytes: 4_096)
  static let large = FakeModel(
    label: "vww_fp32", name: "vww", operators: 5, weightBytes: 880_000, arenaBytes: 100_000)
}

/// Runs models by moving the fake board's clock on.
final class FakeRunner: ModelRunner {
  let board: FakeBoard
  let models: [FakeModel]
  let engineCount: Int
  let hasCounters = true
  var status = EngineStatus.fine
  /// The inference, counted with those before the first that counts, that fails.
  var failing: Int?
  /// Outputs change from inference to inference.
  var wavers = false
  private(set) var opened = 0
  private(set) var copies: [Bool] = []
  private(set) var filled: [Int?] = []
  private var taken: [UInt64] = []
  private let memory = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 600)

  init(_ board: FakeBoard, models: [FakeModel], engineCount: Int) {
    self.board = board
    self.models = models
    self.engineCount = engineCount
    memory.initialize(repeating: 0)
  }

  deinit { memory.deallocate() }

  var modelCount: Int { models.count }

  func engine(_ index: Int) -> EngineDescription {
    index == 0
      ? EngineDescription(runtime: Text("pico2-benchmark"), kernels: Text("builtin"))
      : EngineDescription(runtime: Text("tflm"), kernels: Text("cmsis-nn"))
  }

  func label(_ index: Int) -> Text { Text(models[index].label) }

  func model(_ index: Int) -> ModelDescription {
    let model = models[index]
    return ModelDescription(
      name: Text(model.name), dtype: .int8, crc32: 0xdead_0000 + UInt32(index),
      bytes: model.weightBytes + 5000, weightsSource: .twin, macs: 300 * UInt64(index + 1),
      weightBytes: model.weightBytes, operators: model.operators, pattern: Text("ramp"))
  }

  func operatorOf(model: Int, _ index: Int) -> OperatorDescription {
    OperatorDescription(
      kind: Text("FULLY_CONNECTED"), name: Text(""), macs: 100, weightBytes: UInt64(index))
  }

  func copiedBytes(model: Int, engine: Int) -> UInt64 { models[model].weightBytes }

  func open(model: Int, engine: Int, cores: Int, copying: Bool) -> OpenResult {
    opened = model
    copies.append(copying)
    let arena = models[model].arenaBytes
    if status != .fine { return OpenResult(status: status, arenaBytes: arena) }
    return OpenResult(
      status: arena > board.freeBytes ? .arenaTooSmall : .fine, arenaBytes: arena)
  }

  var sampleCount: Int { models[opened].samples }
  func fillInput(sample: Int?) { filled.append(sample) }
  func clearProfile() { taken = [] }

  func invoke() -> EngineStatus {
    defer { board.inferences += 1 }
    if failing == board.inferences { return .failed }
    // Other times in each inference and operator.
    for i in 0..<models[opened].operators {
      let ticks = UInt64(100 * (i + 1) + board.inferences % 4)
      taken.append(ticks)
      board.ticks += ticks
    }
    board.ticks += 7  // Between operators.
    let sample = (filled.last ?? nil) ?? -1
    for i in memory.indices { memory[i] = UInt8(truncatingIfNeeded: i + sample) }
    if wavers { memory[0] = UInt8(truncatingIfNeeded: board.inferences) }
    return .fine
  }

  var output: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(memory) }

  func sample(_ index: Int) -> OperatorSample {
    OperatorSample(ticks: taken[index], access: UInt64(10 + index), miss: UInt64(index))
  }

  func clockCost() -> UInt64 { 2 }
}
