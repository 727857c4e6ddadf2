import ApplicationSupport
import Engine
import FirmwareInterface
import FirmwareLogic

/// The models and engines that are linked in, by their C tables.
struct Engines: ModelRunner {
  /// The plan that was looked at last: opening one checks all of its bytes.
  private struct Known {
    var model = -1
    var plan: ModelPlan?
  }
  /// The model that is open.
  private struct Open {
    var model = 0
    var engine = 0
  }
  // The program has one thread; the other core sees neither.
  nonisolated(unsafe) private static var known = Known()
  nonisolated(unsafe) private static var open = Open()

  var engineCount: Int { Int(firmware_engine_count) }
  var modelCount: Int { Int(firmware_model_count) }
  let hasCounters: Bool

  func engine(_ index: Int) -> EngineDescription {
    let engine = support_engine(UInt32(index)).pointee
    return EngineDescription(
      runtime: Text(cString: engine.runtime), kernels: Text(cString: engine.kernels))
  }

  func label(_ index: Int) -> Text { Text(cString: support_model(UInt32(index)).pointee.label) }

  /// The plan of a model; nil where it is damaged.
  private func plan(_ model: Int) -> ModelPlan? {
    if Self.known.model == model { return Self.known.plan }
    let linked = support_model(UInt32(model)).pointee
    do throws(PlanRefusal) {
      Self.known.plan = try ModelPlan(opening: linked.plan, byteCount: Int(linked.plan_bytes))
    } catch {
      Self.known.plan = nil
    }
    Self.known.model = model
    return Self.known.plan
  }

  func model(_ index: Int) -> ModelDescription {
    guard let plan = plan(index) else {
      // The engines refuse it, too; the log says so.
      return ModelDescription(
        name: label(index), dtype: nil, crc32: 0, bytes: 0, weightsSource: nil, macs: 0,
        weightBytes: 0, operators: 0, pattern: Text(""))
    }
    let id = UnsafeRawPointer(plan.modelID).assumingMemoryBound(to: CChar.self)
    return ModelDescription(
      name: Text(cString: id), dtype: plan.dtype, crc32: plan.modelChecksum,
      bytes: UInt64(plan.modelBytes), weightsSource: plan.weightsSource,
      macs: plan.macs, weightBytes: plan.weightBytes, operators: plan.operatorCount,
      pattern: Text(InputPattern(plan).word))
  }

  func operatorOf(model: Int, _ index: Int) -> OperatorDescription {
    guard let plan = plan(model), index < plan.operatorCount else {
      return OperatorDescription(kind: Text("UNKNOWN"), name: Text(""), macs: 0, weightBytes: 0)
    }
    let operation = plan.operation(index)
    return OperatorDescription(
      kind: Text(operation.kindName), name: Text(""), macs: operation.macs,
      weightBytes: operation.weightBytes)
  }

  func copiedBytes(model: Int, engine: Int) -> UInt64 {
    UInt64(support_engine(UInt32(engine)).pointee.weights(support_model(UInt32(model))).bytes)
  }

  func open(model: Int, engine: Int, cores: Int, copying: Bool) -> OpenResult {
    port_use_cores(UInt32(cores))
    let linked = support_model(UInt32(model))
    let used = support_engine(UInt32(engine)).pointee
    let free = FreeMemory()
    var arenaOffset = 0
    var copy: UnsafeRawPointer?
    if copying {
      let weights = used.weights(linked)
      // Bounds: the copy, filled up to a multiple of 16, ends within the free memory.
      arenaOffset = (Int(weights.bytes) + 15) / 16 * 16
      guard let base = weights.base, arenaOffset <= free.bytes else {
        return OpenResult(status: .badModel, arenaBytes: 0)
      }
      free.base.copyMemory(from: base, byteCount: Int(weights.bytes))
      copy = UnsafeRawPointer(free.base)
    }
    var memory = engine_memory(
      weights: copy, arena: free.base + arenaOffset,
      arena_bytes: UInt32(free.bytes - arenaOffset), cores: UInt32(cores))
    var arenaBytes: UInt32 = 0
    let status = used.open(linked, &memory, &arenaBytes)
    Self.open = Open(model: model, engine: engine)
    return OpenResult(status: EngineStatus(status), arenaBytes: UInt64(arenaBytes))
  }

  private var openEngine: engine { support_engine(UInt32(Self.open.engine)).pointee }

  var sampleCount: Int {
    let bytes = Int(openEngine.input().bytes)
    let model = support_model(UInt32(Self.open.model)).pointee
    return model.inputs == nil || bytes == 0 ? 0 : Int(model.inputs_bytes) / bytes
  }

  func fillInput(sample: Int?) {
    let input = openEngine.input()
    guard let base = input.base else { return }
    // The engine's memory is writable; its interface promises only to read.
    let memory = UnsafeMutableRawBufferPointer(
      start: UnsafeMutableRawPointer(mutating: base), count: Int(input.bytes))
    if let sample, let samples = support_model(UInt32(Self.open.model)).pointee.inputs {
      // Bounds: `sample` is below `sampleCount`.
      memory.copyMemory(
        from: UnsafeRawBufferPointer(start: samples + sample * memory.count, count: memory.count))
    } else if let plan = plan(Self.open.model) {
      InputPattern(plan).fill(memory)
    }
  }

  func invoke() -> EngineStatus { EngineStatus(openEngine.invoke()) }

  func clearProfile() { profiler_clear() }

  var output: UnsafeBufferPointer<UInt8> {
    let output = openEngine.output()
    return UnsafeBufferPointer(start: output.base, count: Int(output.bytes))
  }

  func sample(_ index: Int) -> OperatorSample {
    let sample = profiler_read(UInt32(index))
    return OperatorSample(
      ticks: sample.ticks, access: UInt64(sample.access), miss: UInt64(sample.miss))
  }

  func clockCost() -> UInt64 { profiler_clock_cost() }
}

extension EngineStatus {
  /// As the C interface has it.
  init(_ status: engine_status) {
    switch status {
    case engine_fine: self = .fine
    case engine_bad_model: self = .badModel
    case engine_arena_too_small: self = .arenaTooSmall
    case engine_unsupported: self = .unsupported
    default: self = .failed
    }
  }
}
