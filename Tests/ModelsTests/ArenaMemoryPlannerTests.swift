import Support
import TestSupport
import Testing

@testable import Models

@Suite struct ArenaMemoryPlannerTests {
  private static func buffers(
    _ count: Int, steps: Int, largest: Int, using generator: inout SplitMix
  ) -> [MemoryPlanner.Buffer] {
    (0..<count).map { _ in
      let first = Int.random(in: -1...steps, using: &generator)
      let last = Int.random(in: first...max(first, steps), using: &generator)
      let bytes = Int.random(in: 0...largest, using: &generator)
      return MemoryPlanner.Buffer(bytes: bytes, first: first, last: last)
    }
  }

  private static func meet(_ a: MemoryPlanner.Buffer, _ b: MemoryPlanner.Buffer) -> Bool {
    a.first <= b.last && b.first <= a.last
  }

  @Test(arguments: 0..<200) func placesAreApartAlignedAndRepeatable(_ seed: Int) throws {
    var generator = SplitMix(UInt64(seed))
    let count = Int.random(in: 0...40, using: &generator)
    let buffers = Self.buffers(count, steps: 12, largest: 300, using: &generator)
    let alignment = [1, 4, 16, 24].randomElement(using: &generator) ?? 16
    let plan = try MemoryPlanner.plan(buffers: buffers, alignment: alignment)
    #expect(plan == (try MemoryPlanner.plan(buffers: buffers, alignment: alignment)))
    #expect(plan.offsets.count == count && plan.sizes.count == count)
    for (index, buffer) in buffers.enumerated() {
      #expect(plan.offsets[index] >= 0 && plan.offsets[index] % alignment == 0)
      #expect(plan.sizes[index] % alignment == 0 && plan.sizes[index] >= buffer.bytes)
      #expect(plan.sizes[index] < buffer.bytes + alignment)
      for other in 0..<index where Self.meet(buffer, buffers[other]) {
        #expect(
          plan.offsets[index] + plan.sizes[index] <= plan.offsets[other]
            || plan.offsets[other] + plan.sizes[other] <= plan.offsets[index])
      }
    }
    let ends = zip(plan.offsets, plan.sizes).map { $0 + $1 }
    #expect(plan.bytes == ends.max() ?? 0)
    #expect(plan.bytes <= plan.sizes.reduce(0, +))
  }

  @Test(arguments: 0..<200) func lowerBoundIsTheFullestStep(_ seed: Int) throws {
    var generator = SplitMix(UInt64(1000 + seed))
    let buffers = Self.buffers(
      Int.random(in: 1...20, using: &generator), steps: 9, largest: 100, using: &generator)
    let plan = try MemoryPlanner.plan(buffers: buffers)
    let live = (-1...9).map { step in
      buffers.indices.filter { buffers[$0].first <= step && step <= buffers[$0].last }
        .reduce(0) { $0 + plan.sizes[$1] }
    }
    #expect(plan.lowerBound == live.max() ?? 0)
    #expect(plan.lowerBound <= plan.bytes)
  }

  /// All orders of placing at the lowest gap: one of them is a best plan, as pushing the buffers of a
  /// best plan down in the order of their offsets does not make it larger.
  @Test(arguments: 0..<30) func noPlanIsBelowTheBoundAndGreedyIsNotBelowTheBest(_ seed: Int) throws
  {
    var generator = SplitMix(UInt64(2000 + seed))
    let buffers = Self.buffers(5, steps: 4, largest: 6, using: &generator).map {
      MemoryPlanner.Buffer(bytes: 16 * $0.bytes, first: $0.first, last: $0.last)
    }
    var best = Int.max
    func place(_ rest: [Int], _ placed: [(index: Int, offset: Int)]) {
      if rest.isEmpty {
        best = min(best, placed.map { $0.offset + buffers[$0.index].bytes }.max() ?? 0)
      }
      for index in rest {
        let meeting = placed.filter { Self.meet(buffers[$0.index], buffers[index]) }
        let starts = [0] + meeting.map { $0.offset + buffers[$0.index].bytes }
        let offset = starts.sorted().first { start in
          meeting.allSatisfy {
            start + buffers[index].bytes <= $0.offset
              || $0.offset + buffers[$0.index].bytes <= start
          }
        }
        place(rest.filter { $0 != index }, placed + [(index, offset ?? 0)])
      }
    }
    place(Array(buffers.indices), [])
    let plan = try MemoryPlanner.plan(buffers: buffers)
    #expect(plan.lowerBound <= best && best <= plan.bytes)
  }

  private static func offsets(_ buffers: [MemoryPlanner.Buffer]) throws -> [Int] {
    let plan = try MemoryPlanner.plan(buffers: buffers)
    return plan.offsets
  }

  /// Worked by hand with TFLM's rules.
  @Test func ordersAndGapsAreThoseOfTFLM() throws {
    typealias Buffer = MemoryPlanner.Buffer
    // Of equal sizes the later is placed first.
    let equal = [Buffer(bytes: 16, first: 0, last: 1), Buffer(bytes: 10, first: 1, last: 2)]
    #expect(try Self.offsets(equal) == [16, 0])
    // 64 at 0, 48 above it, 32 above that; 16 takes the gap that 64 leaves in its steps.
    let chain = [
      Buffer(bytes: 64, first: 0, last: 1), Buffer(bytes: 48, first: 1, last: 3),
      Buffer(bytes: 32, first: 1, last: 1), Buffer(bytes: 16, first: 2, last: 3),
    ]
    #expect(try Self.offsets(chain) == [0, 64, 112, 0])
    #expect(try Self.offsets([]) == [])
  }

  @Test func refusesWhatCannotBePlaced() throws {
    func rule(_ buffers: [MemoryPlanner.Buffer], alignment: Int = 16) -> String? {
      do throws(Diagnostic) {
        _ = try MemoryPlanner.plan(buffers: buffers, alignment: alignment)
        return nil
      } catch {
        return error.rule
      }
    }
    let good = MemoryPlanner.Buffer(bytes: 1, first: 0, last: 0)
    #expect(rule([good]) == nil)
    #expect(rule([good], alignment: 0) == "memory-plan")
    #expect(rule([good], alignment: .max) == "memory-plan")
    #expect(rule([MemoryPlanner.Buffer(bytes: -1, first: 0, last: 0)]) == "memory-plan")
    #expect(rule([MemoryPlanner.Buffer(bytes: .max, first: 0, last: 0)]) == "memory-plan")
    #expect(rule([MemoryPlanner.Buffer(bytes: 1, first: 1, last: 0)]) == "memory-plan")
    let most = MemoryPlanner.mostBuffers
    #expect(rule(Array(repeating: good, count: most + 1)) == "memory-plan")
    let huge = MemoryPlanner.Buffer(bytes: MemoryPlanner.mostBytes, first: .min, last: .max)
    let plan = try MemoryPlanner.plan(buffers: Array(repeating: huge, count: 100))
    #expect(plan.bytes == 100 * MemoryPlanner.mostBytes)
  }

  @Test(.timeLimit(.minutes(1))) func theMostBuffersEndInTime() throws {
    // All at one time: each walks past all that are placed.
    let buffers = (0..<MemoryPlanner.mostBuffers).map {
      MemoryPlanner.Buffer(bytes: 16 + $0 % 7 * 16, first: 0, last: 1)
    }
    let plan = try MemoryPlanner.plan(buffers: buffers)
    #expect(plan.bytes == plan.lowerBound)
  }
}
