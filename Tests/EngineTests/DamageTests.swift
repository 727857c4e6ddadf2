import Models
import TestSupport
import Testing

@testable import Engine
@testable import PlanWriter

/// Plans that are not what was written: refused with a word, or run inside their memory.
struct DamageTests {
  @Test(arguments: KindSketch.all)
  func everyChangedByteIsRefused(_ sketch: KindSketch) throws {
    let whole = try PlanWriter.plan(of: try sketch.graph(), modelID: "one")
    for index in whole.indices {
      var bytes = whole
      bytes[index] ^= UInt8(1 << (index % 8))
      #expect(refusal(of: bytes) != nil, "byte \(index)")
    }
  }

  @Test func everyTruncationIsRefused() throws {
    let whole = try PlanWriter.plan(of: try KindSketch.all[0].graph(), modelID: "one")
    for count in 0..<whole.count {
      #expect(refusal(of: Array(whole[..<count])) == .size, "\(count) bytes")
    }
    #expect(refusal(of: whole) == nil)
    // What follows a plan does not matter.
    #expect(refusal(of: whole + [1, 2, 3]) == nil)
  }

  /// With the checksum made to fit, as no accident does: the checks of operators are what is left.
  @Test(arguments: KindSketch.all)
  func changedWordsStayInsideTheirMemory(_ sketch: KindSketch) throws {
    let graph = try sketch.graph()
    let whole = try PlanWriter.plan(of: graph, modelID: "one")
    let constants = try withPlan(whole) { $0.constants.count }
    var random = SplitMix(7)
    let values: [UInt32] = [
      0, 1, 2, 3, 7, 16, 255, 256, 4095, 1 << 16, 1 << 30, 1 << 31, .max, .max - 15, 0x7FFF_FFFF,
    ]
    var ran = 0
    // Constants are any numbers: the last words, which hold them, are changed now and then only.
    for word in 4..<(whole.count - constants / 2) / 4 {
      for value in [values.randomElement(using: &random) ?? 0, values[word % values.count]] {
        var bytes = whole
        withUnsafeBytes(of: value.littleEndian) {
          bytes.replaceSubrange(4 * word..<4 * word + 4, with: $0)
        }
        PlanFile.seal(&bytes)
        // A larger arena than 1 MB is refused by whoever has less memory.
        guard refusal(of: bytes) == nil, arenaBytes(of: bytes) < 1 << 20 else { continue }
        let loaded = try LoadedPlan(bytes, cores: word % 2 == 0 ? .one : .sequential)
        let inputs = try withPlan(bytes) { plan in
          (0..<plan.inputCount).map {
            [UInt8](repeating: 3, count: Int(plan.input($0).operand.bytes))
          }
        }
        _ = try loaded.run(inputs)
        ran += 1
      }
    }
    #expect(ran > 0)
  }

  @Test func refusalsSayWhy() throws {
    let whole = try PlanWriter.plan(of: try KindSketch.all[0].graph(), modelID: "one")
    func changed(_ word: Int, _ value: UInt32, seals: Bool = true) -> PlanRefusal? {
      var bytes = whole
      withUnsafeBytes(of: value.littleEndian) {
        bytes.replaceSubrange(4 * word..<4 * word + 4, with: $0)
      }
      if seals { PlanFile.seal(&bytes) }
      return refusal(of: bytes)
    }
    #expect(changed(PlanFormat.Header.magic, 0) == .notAPlan)
    #expect(changed(PlanFormat.Header.version, 99) == .version)
    #expect(changed(PlanFormat.Header.layout, 1) == .layout)
    #expect(changed(PlanFormat.Header.totalBytes, UInt32(whole.count + 1)) == .size)
    #expect(changed(PlanFormat.Header.macs, 5, seals: false) == .checksum)
    #expect(changed(PlanFormat.Header.dtype, 9) == .header)
    #expect(changed(PlanFormat.Header.weightsSource, 3) == .header)
    #expect(changed(PlanFormat.Header.operatorCount, 1 << 20) == .header)
    let record = PlanFormat.Header.words
    #expect(changed(record + PlanFormat.Operator.kernel, 99) == .damagedOperator(index: 0))
    #expect(changed(record + PlanFormat.Operator.layout, 9) == .damagedOperator(index: 0))
    let port = record + PlanFormat.Operator.words
    #expect(changed(port, 1 << 20) == .damagedPort(index: 0))
    #expect("\(PlanRefusal.damagedPort(index: 0).word)" == "port")
  }

  @Test func misalignedPlansAndSmallArenasAreRefused() throws {
    let whole = try PlanWriter.plan(of: try KindSketch.all[5].graph(), modelID: "one")
    let moved = GuardedBytes([0] + whole)
    #expect(throws: PlanRefusal.misaligned) {
      try ModelPlan(opening: moved.base + 1, byteCount: whole.count)
    }
    let loaded = try LoadedPlan(whole)
    let needed = loaded.plan.arenaBytes(cores: 1)
    #expect(needed > 0 && loaded.plan.arenaBytes(cores: 2) > needed)
    defer { withExtendedLifetime(loaded) {} }
    #expect(throws: PlanRefusal.arena) {
      try EngineRun(loaded.plan, arena: loaded.arena.base, arenaBytes: needed - 1)
    }
    #expect(throws: PlanRefusal.arena) {
      try EngineRun(
        loaded.plan, arena: loaded.arena.base, arenaBytes: needed,
        otherCore: Cores.sequential.other)
    }
    #expect(throws: PlanRefusal.misaligned) {
      try EngineRun(
        loaded.plan, constants: loaded.arena.base + 4, arena: loaded.arena.base, arenaBytes: needed)
    }
  }

  private func refusal(of bytes: [UInt8]) -> PlanRefusal? {
    do {
      try withPlan(bytes) { _ in }
      return nil
    } catch {
      return error as? PlanRefusal
    }
  }

  private func arenaBytes(of bytes: [UInt8]) -> Int {
    (try? withPlan(bytes) { $0.arenaBytes(cores: 2) }) ?? .max
  }
}
