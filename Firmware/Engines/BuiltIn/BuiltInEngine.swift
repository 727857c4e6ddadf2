import Engine
import FirmwareInterface

/// The engine's state behind its C interface: the plan that was checked last, and the open run.
///
/// Work is done here, in plain functions: inside those with a C name nothing would be inlined.
enum BuiltInEngine {
  private struct Known {
    var base: UnsafePointer<UInt8>?
    var plan: ModelPlan?
  }
  // The program has one thread; the other core is given what it needs, and reads neither.
  nonisolated(unsafe) private static var known = Known()
  nonisolated(unsafe) private static var current: EngineRun?

  /// The plan of a model; nil where it is damaged. Checked once, as that takes all of its bytes.
  static func plan(_ model: firmware_model) -> ModelPlan? {
    if known.base == model.plan { return known.plan }
    do throws(PlanRefusal) {
      known.plan = try ModelPlan(opening: model.plan, byteCount: Int(model.plan_bytes))
    } catch {
      known.plan = nil
    }
    known.base = model.plan
    return known.plan
  }

  static func weights(_ model: firmware_model) -> engine_bytes {
    guard let plan = plan(model) else { return engine_bytes(base: nil, bytes: 0) }
    return bytes(plan.constants)
  }

  static func open(
    _ model: firmware_model, _ memory: engine_memory, _ arenaBytes: UnsafeMutablePointer<UInt32>
  ) -> engine_status {
    current = nil
    arenaBytes.pointee = 0
    guard let plan = plan(model) else { return engine_bad_model }
    let isShared = memory.cores > 1
    let needed = plan.arenaBytes(cores: isShared ? 2 : 1)
    arenaBytes.pointee = UInt32(needed)
    guard needed <= Int(memory.arena_bytes) else { return engine_arena_too_small }
    do throws(PlanRefusal) {
      current = try EngineRun(
        plan, constants: memory.weights, arena: memory.arena, arenaBytes: Int(memory.arena_bytes),
        otherCore: isShared
          ? OtherCore(start: port_start_other_core, wait: port_wait_other_core) : nil)
    } catch {
      return engine_failed
    }
    return engine_fine
  }

  static func input() -> engine_bytes {
    guard let run = current, run.plan.inputCount > 0 else {
      return engine_bytes(base: nil, bytes: 0)
    }
    return bytes(UnsafeRawBufferPointer(run.input(0)))
  }

  static func output() -> engine_bytes {
    guard let run = current, run.plan.outputCount > 0 else {
      return engine_bytes(base: nil, bytes: 0)
    }
    return bytes(run.output(0))
  }

  static func invoke() -> engine_status {
    guard let run = current else { return engine_failed }
    run.run(
      before: { profiler_begin(UInt32(truncatingIfNeeded: $0)) },
      after: { profiler_end(UInt32(truncatingIfNeeded: $0)) })
    return engine_fine
  }

  private static func bytes(_ memory: UnsafeRawBufferPointer) -> engine_bytes {
    engine_bytes(
      base: memory.baseAddress?.assumingMemoryBound(to: UInt8.self),
      bytes: UInt32(truncatingIfNeeded: memory.count))
  }
}
