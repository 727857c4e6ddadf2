import Interpreter
import Models
import Testing

@testable import ModelFormats

/// Random models give what Keras' definitions give.
struct StackTests {
  @Test(arguments: KerasFixture.Style.allCases)
  func outputsAreThoseOfKeras(_ style: KerasFixture.Style) throws {
    var kinds: Set<String> = []
    for seed in 0..<UInt64(40) {
      let stack = RandomStack(seed: seed, style: style)
      let bytes = stack.fixture.h5(
        isNew: seed % 3 == 1 && stack.fixture.layers.count < 5, isContinued: seed % 3 == 2)
      try StackTests.compare(try KerasH5Reader.read(bytes: bytes).draft, stack, "\(seed)")
      kinds.formUnion(stack.fixture.layers.map(\.className))
    }
    // Every class that is read has occurred.
    #expect(kinds.count >= (style == .sequential ? 14 : 15), "\(kinds.sorted())")
  }

  static func compare(_ draft: GraphDraft, _ stack: RandomStack, _ what: String) throws {
    let interpreter = try Interpreter(draft.graph())
    let found = try #require(try interpreter.run(floats: [stack.input]).first)
    let wanted = stack.output.values
    let output = draft.tensors[try #require(draft.outputs.first)]
    #expect(output.shape == [1] + stack.output.shape, "\(what)")
    #expect(draft.name == "m")
    let largest = max(wanted.map(\.magnitude).max() ?? 0, 1e-3)
    let worst = zip(found, wanted).map { (Double($0) - $1).magnitude }.max() ?? .infinity
    #expect(
      found.count == wanted.count && worst <= 1e-5 * largest, "\(what): \(worst) of \(largest)")
  }
}
