import Models
import Support
import Testing

@testable import Interpreter

/// What holds for every graph, shown with RESHAPE.
struct InterpreterTests {
  /// A graph of two reshapes, [2, 3] to [6] to [3, 2].
  private func reshapes(_ type: ElementType = .float32) throws -> Graph {
    var draft = GraphDraft(name: "reshapes")
    let quantization =
      type == .int8 ? Quantization(scales: [0.25], zeroPoints: [10]) : nil
    var last = draft.add(
      Tensor(name: "x", shape: [2, 3], elementType: type, quantization: quantization))
    draft.inputs = [last]
    for shape in [[6], [3, 2]] {
      let next = draft.add(
        Tensor(name: "", shape: shape, elementType: type, quantization: quantization))
      draft.operators.append(
        Operator(
          kind: .reshape, inputs: [last], outputs: [next], attributes: .reshape(to: shape)))
      last = next
    }
    draft.outputs = [last]
    return try draft.graph()
  }

  @Test func runsInOrderAndKeepsEveryTensor() throws {
    let interpreter = try Interpreter(try reshapes())
    var seen: [[Int]] = []
    var values: [[UInt8]] = []
    interpreter.observer = {
      seen.append([$0, $1])
      values.append(Array($2))
    }
    let input = bytes([1, 2, 3, 4, 5, Float.pi])
    #expect(try interpreter.run([input]) == [input])
    #expect(seen == [[0, 1], [1, 2]])
    #expect(values == [input, input])
    for tensor in 0...2 { #expect(interpreter.withTensor(tensor) { Array($0) } == input) }
    #expect(interpreter.withTensor(3) { $0.count } == nil)
    #expect(interpreter.withTensor(-1) { $0.count } == nil)
  }

  @Test func realNumbersAreQuantizedHalfAwayFromZero() throws {
    let interpreter = try Interpreter(try reshapes(.int8))
    // Quarters from zero point 10: 0.125 is half a step, which goes away from zero.
    let given: [Float] = [0.125, -0.125, 0.1, 1000, -Float.infinity, 2.5]
    let expected: [Float] = [0.25, -0.25, 0, 29.25, -34.5, 2.5]
    #expect(try interpreter.run(floats: [given]) == [expected])
    #expect(interpreter.withTensor(0) { Array($0) } == bytes([11, 9, 10, 127, -128, 20] as [Int8]))
    let nan = diagnostic { () throws(Diagnostic) in
      _ = try interpreter.run(floats: [[.nan, 0, 0, 0, 0, 0]])
    }
    #expect(nan?.rule == "input-value")
    let floats = try Interpreter(try reshapes())
    let untouched: [Float] = [-0, .infinity, .leastNonzeroMagnitude, 3, 4, 5]
    #expect(try floats.run(floats: [untouched]) == [untouched])
  }

  @Test func sizesOfInputsAreChecked() throws {
    let interpreter = try Interpreter(try reshapes())
    for count in [0, 23, 25] {
      let wrong = diagnostic { () throws(Diagnostic) in
        _ = try interpreter.run([[UInt8](repeating: 0, count: count)])
      }
      #expect(wrong?.rule == "input-size" && wrong?.place.tensorIndex == 0)
    }
    let none = diagnostic { () throws(Diagnostic) in _ = try interpreter.run([]) }
    #expect(none?.rule == "input-count")
    let integers = try Interpreter(try reshapes(.int32))
    let type = diagnostic { () throws(Diagnostic) in
      _ = try integers.run(floats: [[1, 2, 3, 4, 5, 6]])
    }
    #expect(type?.rule == "element-type")
  }

  @Test func onePlanServesSeveralThreads() async throws {
    let plan = try Plan(try reshapes())
    let results = try await withThrowingTaskGroup(of: Bool.self) { group in
      for number in 0..<8 {
        group.addTask {
          let interpreter = Interpreter(plan)
          let input = [Float](repeating: Float(number), count: 6)
          return try interpreter.run(floats: [input]) == [input]
        }
      }
      return try await group.reduce(true) { $0 && $1 }
    }
    #expect(results)
  }

  @Test func kindsAreListedOnce() {
    let kinds = KindPreparations.all.map(\.kind)
    #expect(Set(kinds).count == kinds.count)
  }
}
