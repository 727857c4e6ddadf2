import Models
import Support
import TestSupport
import Testing

@testable import Interpreter

/// Graphs with odd sizes, types and numbers end in a diagnostic or an inference, never in a crash.
struct HostileTests {
  @Test func changedOperatorsRunOrAreRefused() throws {
    var runs = 0
    var rules: Set<String> = []
    for seed in 0..<1500 {
      do throws(Diagnostic) {
        try runChanged(seed)
        runs += 1
      } catch {
        #expect(!error.message.isEmpty && !error.remedy.isEmpty, "seed \(seed)")
        rules.insert(error.rule)
      }
    }
    // Both happen often enough to mean something.
    #expect(runs > 200)
    #expect(rules.isSuperset(of: ["element-type", "no-storage", "quantization", "shape-mismatch"]))
  }

  private func runChanged(_ seed: Int) throws(Diagnostic) {
    var generator = SplitMix(UInt64(seed) &* 7919)
    let problem = ConvolutionProblem(seed: UInt64(seed))
    var sketch = [problem.floatSketch, problem.int8Sketch, .fullyConnected][seed % 3]
    for _ in 0..<Int.random(in: 1...2, using: &generator) {
      change(&sketch, using: &generator)
    }
    let interpreter = try Interpreter(try sketch.draft.graph())
    let count = sketch.input.byteCount ?? 0
    let input = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
    let outputs = try interpreter.run([input])
    #expect(outputs.map(\.count) == [sketch.output.byteCount], "seed \(seed)")
    #expect(interpreter.withTensor(0) { Array($0) } == input, "seed \(seed)")
  }

  private func change(_ sketch: inout WeightedSketch, using generator: inout SplitMix) {
    let sizes = [0, 1, 2, 3, 5, 1 << 15, 1 << 30, Int(Int32.max)]
    func size() -> Int { sizes.randomElement(using: &generator) ?? 1 }
    func extent() -> Extent { Extent(height: size(), width: size()) }
    func alter(_ tensor: inout Tensor) {
      switch Int.random(in: 0...4, using: &generator) {
      case 0:
        if let place = tensor.shape.indices.randomElement(using: &generator) {
          tensor.shape[place] = size()
        }
      case 1: tensor.shape.append(1)
      case 2: tensor.elementType = ElementType.allCases.randomElement(using: &generator) ?? .int8
      case 3:
        let scales: [Float] = [0, 1e-38, .leastNonzeroMagnitude, 1, .greatestFiniteMagnitude]
        let zeros: [Int64] = [-129, -128, 0, 127, .max]
        tensor.quantization = Quantization(
          scales: [scales.randomElement(using: &generator) ?? 1],
          zeroPoints: [zeros.randomElement(using: &generator) ?? 0])
      default: tensor.isSparse.toggle()
      }
      if tensor.constant != nil, let count = tensor.byteCount, count < 1 << 16 {
        tensor.constant =
          (0..<count).map { _ in [0, 0x7F, 0x80, 0xFF].randomElement(using: &generator) ?? 0 }[...]
      }
    }
    switch Int.random(in: 0...6, using: &generator) {
    case 0: alter(&sketch.input)
    case 1: alter(&sketch.output)
    case 2: alter(&sketch.weights)
    case 3:
      var bias = sketch.bias ?? .int32s([.max], shape: [1])
      alter(&bias)
      sketch.bias = bias
    case 4: sketch.bias = nil
    case 5:
      let kinds: [OperatorKind] = [.conv2D, .depthwiseConv2D, .fullyConnected, .reshape]
      sketch.kind = kinds.randomElement(using: &generator) ?? .conv2D
    default:
      let padding: Padding = Bool.random(using: &generator) ? .same : .valid
      let window = Window(padding: padding, stride: extent(), dilation: extent())
      sketch.attributes = .convolution(window, .relu6)
    }
  }

  /// Sums wrap around as TFLM's do, where numbers are as large as they can be.
  @Test func largestSumsDoNotTrap() throws {
    var sketch = WeightedSketch.fullyConnected
    sketch.bias = .int32s(
      [.max, .min], shape: [2], quantization: Quantization(scales: [0.125], zeroPoints: [0]))
    sketch.input.quantization?.zeroPoints = [-128]
    sketch.output.quantization?.scales = [1e-6]
    sketch.bias?.quantization?.scales = [0.125]
    let interpreter = try Interpreter(try sketch.draft.graph())
    let outputs = try interpreter.run([bytes([127, 127, 127, -128, -128, -128] as [Int8])])
    #expect(outputs.first?.count == 4)
  }
}
