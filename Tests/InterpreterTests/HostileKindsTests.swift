import Models
import Support
import TestSupport
import Testing

@testable import Interpreter

/// Every kind with odd operands ends in a diagnostic or an inference, never in a crash, and writes
/// nothing but its output.
struct HostileKindsTests {
  @Test func oddOperandsRunOrAreRefused() {
    for kind in KindPreparations.all.map(\.kind) {
      var runs = 0
      var rules: Set<String> = []
      for seed in 0..<150 {
        var generator = SplitMix(UInt64(seed &* 131 &+ kind.code))
        do throws(Diagnostic) {
          try run(kind, seed, using: &generator)
          runs += 1
        } catch {
          #expect(!error.message.isEmpty && !error.remedy.isEmpty, "\(kind.name) \(seed)")
          rules.insert(error.rule)
        }
      }
      // Both happen often enough to mean something.
      #expect(runs >= 10 && rules.count >= 2, "\(kind.name): \(runs) runs, \(rules.sorted())")
    }
  }

  private func run(
    _ kind: OperatorKind, _ seed: Int, using generator: inout SplitMix
  ) throws(Diagnostic) {
    func pick(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
    /// Seldom true.
    func odd() -> Bool { pick(0...11) == 0 }
    func size() -> Int {
      odd() ? [0, 1 << 16, 1 << 30, Int(Int32.max)][pick(0...3)] : pick(1...4)
    }
    func extent() -> Extent { Extent(height: size(), width: size()) }
    var type = seed % 2 == 0 ? ElementType.float32 : .int8
    func tensor(_ shape: [Int]) -> Tensor {
      let scales: [Float] = [0, .leastNonzeroMagnitude, 1e-3, 0.5, .greatestFiniteMagnitude]
      let zeros: [Int64] = [-129, -128, 0, 127, .min]
      let quantization = Quantization(
        scales: [odd() ? scales[pick(0...4)] : 0.25],
        zeroPoints: [odd() ? zeros[pick(0...4)] : Int64(pick(-128...127))])
      if odd() { type = ElementType.allCases[pick(0...ElementType.allCases.count - 1)] }
      return Tensor(name: "", shape: shape, elementType: type, quantization: quantization)
    }
    let rank = odd() ? pick(0...9) : 4
    let first = tensor((0..<rank).map { _ in size() })
    let window = Window(
      padding: pick(0...1) == 0 ? .same : .valid, stride: extent(),
      dilation: odd() ? extent() : Extent(height: 1, width: 1), size: extent())
    let fused = FusedActivation(rawValue: odd() ? pick(0...5) : pick(0...3)) ?? .none
    var operands = [first]
    let attributes: Attributes
    switch kind {
    case .averagePool2D, .maxPool2D: attributes = .pooling(window, fused)
    case .add, .sub, .mul, .minimum, .maximum:
      attributes = .activation(fused)
      operands.append(tensor(odd() ? [size()] : first.shape.map { pick(0...2) == 0 ? 1 : $0 }))
    case .pad:
      attributes = .plain
      operands.append(numbers((0..<2 * rank).map { _ in odd() ? -1 : pick(0...2) }))
    case .transpose:
      attributes = .plain
      operands.append(numbers((0..<rank).shuffled(using: &generator)))
    case .mean:
      attributes = .reducer(keepsDimensions: pick(0...1) == 0)
      operands.append(numbers((0..<pick(1...3)).map { _ in pick(odd() ? -9...9 : 1...2) }))
    case .softmax: attributes = .softmax(beta: odd() ? .infinity : 1)
    case .conv2D:
      attributes = .convolution(window, fused)
      operands.append(tensor([size(), size(), size(), first.shape.last ?? 1]))
    case .depthwiseConv2D:
      attributes = .depthwise(window, depthMultiplier: 1, fused)
      operands.append(tensor([1, size(), size(), first.shape.last ?? 1]))
    case .fullyConnected:
      attributes = .fullyConnected(fused, keepsDimensions: true, hasShuffledWeights: false)
      operands.append(tensor([size(), first.shape.last ?? 1]))
    case .reshape: attributes = .reshape(to: [first.elementCount ?? 1])
    default: attributes = .plain
    }
    var draft = GraphDraft()
    for operand in operands {
      let index = draft.add(operand)
      if operand.constant == nil { draft.inputs.append(index) }
    }
    let output = try draft.append(kind, attributes, inputs: draft.tensors.indices.map { $0 })
    draft.tensors[output].quantization = tensor([]).quantization
    if kind == .softmax {
      draft.tensors[output].quantization = Quantization(scales: [1 / 256], zeroPoints: [-128])
    }
    if kind == .dequantize, !odd() { draft.tensors[output].elementType = .float32 }
    if kind == .quantize, !odd() { draft.tensors[output].elementType = .int8 }
    if odd() { draft.tensors[output].shape.append(1) }
    draft.outputs = [output]
    let graph = try draft.graph()
    let plan = try Plan(graph)
    // Large ones could be run, but not in a test.
    guard Limits.work(graph) < 1 << 14 else { return }
    let interpreter = Interpreter(plan)
    let inputs = graph.inputs.map { index in
      (0..<(graph.tensors[index].byteCount ?? 0)).map { _ in
        UInt8.random(in: 0...255, using: &generator)
      }
    }
    let outputs = try interpreter.run(inputs)
    #expect(outputs.map(\.count) == [graph.tensors[output].byteCount], "\(kind.name) \(seed)")
    for (index, bytes) in zip(graph.inputs, inputs) {
      #expect(interpreter.withTensor(index) { Array($0) } == bytes, "\(kind.name) \(seed)")
    }
  }

  private func numbers(_ values: [Int]) -> Tensor {
    .int32s(values.map { Int32(truncatingIfNeeded: $0) }, shape: [values.count])
  }
}
