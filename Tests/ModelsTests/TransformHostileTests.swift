import Support
import TestSupport
import Testing

@testable import Models

/// Drafts that are large, damaged or greedy.
struct TransformHostileTests {
  private static let passes: [@Sendable (inout GraphDraft) throws -> Int] = [
    TransposeFolding.apply, BatchNormalizationFolding.apply, ActivationFusing.apply,
    InputAffineFolding.apply,
    PadFolding.apply, { try ReshapeFolding.apply(to: &$0) }, IdentityRemoval.apply,
    ConstantFolding.apply, DeadCode.apply, Renumbering.apply, BiasCompletion.apply,
  ]

  /// Chains of every kind that passes follow: twice as long takes about twice the time.
  @Test func longChainsEndInTime() throws {
    let clock = ContinuousClock()
    func time(_ blocks: Int) throws -> Duration {
      var sketch = DraftSketch()
      var y = sketch.input([1, 1, 2, 2])
      let (order, back) = (sketch.list([0, 2, 3, 1]), sketch.list([0, 3, 1, 2]))
      let (flat, image) = (sketch.list([4]), sketch.list([1, 1, 2, 2]))
      let (one, six) = (sketch.floats([1], 1), sketch.floats([], 6))
      for _ in 0..<blocks {
        y = try sketch.op(.transpose, try sketch.op(.transpose, y, order), back)
        y = try sketch.op(.reshape, try sketch.op(.reshape, y, flat), image)
        y = try sketch.op(.minimum, try sketch.op(.relu, y), six)
        y = try sketch.op(.add, try sketch.op(.mul, y, one), six)
        _ = try sketch.op(.tanh, y)
      }
      sketch.draft.outputs = [y]
      let draft = sketch.draft
      return try clock.measure {
        let lowered = try Lowering.lower(draft)
        #expect(lowered.graph.operators.count == blocks + 1)
      }
    }
    let short = try time(200)
    let long = try time(800)
    // Quadratic would be sixteen times as long; the machine has others to serve.
    #expect(long < short * 9 + .milliseconds(200), "\(short), \(long)")
  }

  /// A small draft whose operators share constants cannot ask for copies without end.
  @Test func copiesAreBounded() throws {
    var budget = ConstantBudget()
    let isTaken = [-1, nil, 200 << 20, 100 << 20, 56 << 20, 1].map { budget.take($0) }
    #expect(isTaken == [false, false, true, false, true, false])
    var sketch = DraftSketch()
    let column = sketch.floats([1 << 20, 1])
    let row = sketch.floats([1, 1 << 20])
    let y = try sketch.op(.mul, column, row)
    sketch.draft.outputs = [
      try sketch.draft.append(
        .mean, .reducer(keepsDimensions: false), inputs: [y, sketch.list([0, 1])])
    ]
    let lowered = try Lowering.lower(sketch.draft)
    #expect(lowered.graph.operators.map(\.kind) == [.mul, .mean])
  }

  /// Damage never stops the machine: passes throw, or leave a draft behind.
  @Test func damagedDrafts() throws {
    var generator = SplitMix(5)
    var thrown = 0
    for round in 0..<300 {
      var random = RandomDraft(seed: UInt64(round % 20))
      var draft = try random.make(length: 4)
      for _ in 0...2 {
        let tensor = Int.random(in: draft.tensors.indices, using: &generator)
        let position = Int.random(in: draft.operators.indices, using: &generator)
        switch Int.random(in: 0..<9, using: &generator) {
        case 0: draft.tensors[tensor].shape.append(2)
        case 1: draft.tensors[tensor].shape = []
        case 2: draft.tensors[tensor].constant = draft.tensors[tensor].constant?.dropLast()
        case 3: draft.tensors[tensor].constant = nil
        case 4: draft.tensors[tensor].elementType = .int8
        case 5: draft.operators[position].inputs = [tensor]
        case 6: draft.operators[position].inputs.append(tensor)
        case 7: draft.operators[position].attributes = .plain
        default: draft.tensors[tensor].shape = draft.tensors[tensor].shape.map { _ in 0 }
        }
      }
      for pass in Self.passes {
        var copy = draft
        do { _ = try pass(&copy) } catch { thrown += 1 }
      }
      do throws(Diagnostic) { _ = try Lowering.lower(draft) } catch {
        #expect(error.isPlacedAndHelpful, "\(error)")
        thrown += 1
      }
    }
    #expect(thrown > 50)
  }

  @Test func indicesThatLeadNowhere() throws {
    var sketch = DraftSketch()
    sketch.draft.outputs = [try sketch.op(.tanh, sketch.input([1]))]
    sketch.draft.operators[0].inputs = [99]
    for pass in Self.passes {
      var copy = sketch.draft
      // Without a TRANSPOSE there is nothing to look at.
      if let changes = try? pass(&copy) { #expect(changes == 0) }
    }
    #expect(throws: Diagnostic.self) { try Lowering.lower(sketch.draft) }
  }
}
