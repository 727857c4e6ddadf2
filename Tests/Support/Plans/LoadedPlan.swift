import Engine
import Testing

/// A plan in memory of its own, with an arena that holds rubbish at first.
package final class LoadedPlan {
  package let plan: ModelPlan
  package let file: GuardedBytes
  package let arena: GuardedBytes
  private let constants: GuardedBytes?
  private let cores: Cores

  package init(_ bytes: [UInt8], cores: Cores = .one, copiesConstants: Bool = false) throws {
    file = GuardedBytes(bytes)
    plan = try ModelPlan(opening: file.base, byteCount: file.count)
    arena = GuardedBytes(
      count: plan.arenaBytes(cores: cores == .one ? 1 : 2), filledWith: 0x55)
    constants = copiesConstants ? GuardedBytes(Array(plan.constants)) : nil
    self.cores = cores
  }

  package func run(_ inputs: [[UInt8]]) throws -> [[UInt8]] {
    try withExtendedLifetime(self) {
      if cores == .thread { return try OtherThread.whileMine { try runNow(inputs) } }
      return try runNow(inputs)
    }
  }

  private func runNow(_ inputs: [[UInt8]]) throws -> [[UInt8]] {
    let run = try EngineRun(
      plan, constants: constants.map { UnsafeRawPointer($0.base) }, arena: arena.base,
      arenaBytes: arena.count, otherCore: cores.other)
    for (index, input) in inputs.enumerated() {
      try #require(run.input(index).count == input.count)
      run.input(index).copyBytes(from: input)
    }
    let before = file.bytes
    var calls: [Int] = []
    run.run(before: { calls.append($0) }, after: { calls.append(~$0) })
    #expect(calls == (0..<plan.operatorCount).flatMap { [$0, ~$0] })
    #expect(arena.isIntact && file.isIntact && file.bytes == before)
    return (0..<plan.outputCount).map { Array(run.output($0)) }
  }
}

/// What `body` finds in a plan, which is there as long.
package func withPlan<R>(_ bytes: [UInt8], _ body: (ModelPlan) throws -> R) throws -> R {
  let file = GuardedBytes(bytes)
  return try withExtendedLifetime(file) {
    try body(try ModelPlan(opening: file.base, byteCount: file.count))
  }
}
