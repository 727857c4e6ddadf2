import Foundation
import Models
import Testing

@testable import Engine

/// Bytes at a multiple of 16, with a guard on either side that nobody may write.
final class GuardedBytes {
  private static let guardBytes = 64
  private static let pattern: UInt8 = 0xA5
  private let memory: UnsafeMutableRawBufferPointer
  let base: UnsafeMutableRawPointer
  let count: Int

  init(count: Int, filledWith value: UInt8 = 0) {
    self.count = count
    let start = UnsafeMutableRawPointer.allocate(
      byteCount: count + 2 * Self.guardBytes, alignment: 16)
    base = start + Self.guardBytes
    memory = UnsafeMutableRawBufferPointer(start: start, count: count + 2 * Self.guardBytes)
    memory.initializeMemory(as: UInt8.self, repeating: Self.pattern)
    UnsafeMutableRawBufferPointer(start: base, count: count)
      .initializeMemory(as: UInt8.self, repeating: value)
  }

  convenience init(_ bytes: [UInt8]) {
    self.init(count: bytes.count)
    UnsafeMutableRawBufferPointer(start: base, count: count).copyBytes(from: bytes)
  }

  deinit { memory.deallocate() }

  var bytes: [UInt8] { Array(UnsafeRawBufferPointer(start: base, count: count)) }

  var isIntact: Bool {
    memory.prefix(Self.guardBytes).allSatisfy { $0 == Self.pattern }
      && memory.suffix(Self.guardBytes).allSatisfy { $0 == Self.pattern }
  }
}

/// What the second core is in a test.
enum Cores: CaseIterable {
  case one
  /// The second half at once, then the first.
  case sequential
  /// The second half in a thread, at the same time.
  case thread

  var other: OtherCore? {
    switch self {
    case .one: nil
    case .sequential: OtherCore(start: { body, context in body(context) }, wait: {})
    case .thread: OtherThread.core
    }
  }
}

/// One thread that stands for the other core: one test at a time uses it.
enum OtherThread {
  private nonisolated(unsafe) static var body: OtherCore.Body?
  private nonisolated(unsafe) static var context: UnsafeMutableRawPointer?
  private static let begin = DispatchSemaphore(value: 0)
  private static let end = DispatchSemaphore(value: 0)
  private static let turn = NSLock()
  private static let started: Void = {
    Thread.detachNewThread {
      while true {
        begin.wait()
        body?(context)
        end.signal()
      }
    }
  }()

  static var core: OtherCore {
    OtherCore(
      start: { body, context in
        OtherThread.started
        OtherThread.body = body
        OtherThread.context = context
        OtherThread.begin.signal()
      }, wait: { OtherThread.end.wait() })
  }

  static func whileMine<R>(_ work: () throws -> R) rethrows -> R {
    turn.lock()
    defer { turn.unlock() }
    return try work()
  }
}

/// A plan in memory of its own, with an arena that holds rubbish at first.
final class LoadedPlan {
  let plan: ModelPlan
  let file: GuardedBytes
  let arena: GuardedBytes
  private let constants: GuardedBytes?
  private let cores: Cores

  init(_ bytes: [UInt8], cores: Cores = .one, copiesConstants: Bool = false) throws {
    file = GuardedBytes(bytes)
    plan = try ModelPlan(opening: file.base, byteCount: file.count)
    arena = GuardedBytes(
      count: plan.arenaBytes(cores: cores == .one ? 1 : 2), filledWith: 0x55)
    constants = copiesConstants ? GuardedBytes(Array(plan.constants)) : nil
    self.cores = cores
  }

  func run(_ inputs: [[UInt8]]) throws -> [[UInt8]] {
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
func withPlan<R>(_ bytes: [UInt8], _ body: (ModelPlan) throws -> R) throws -> R {
  let file = GuardedBytes(bytes)
  return try withExtendedLifetime(file) {
    try body(try ModelPlan(opening: file.base, byteCount: file.count))
  }
}
