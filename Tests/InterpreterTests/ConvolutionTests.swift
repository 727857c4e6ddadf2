import Models
import TestSupport
import Testing

@testable import Interpreter

/// CONV_2D and DEPTHWISE_CONV_2D against their definition, over seeded shapes.
struct ConvolutionTests {
  @Test(arguments: 0..<60)
  func floatFollowsTheDefinition(_ seed: Int) throws {
    let problem = ConvolutionProblem(seed: UInt64(seed))
    let interpreter = try Interpreter(try problem.floatSketch.draft.graph())
    let found = try interpreter.run(floats: [problem.input])[0]
    let expected = problem.expected(
      input: problem.input.map(Double.init), weights: problem.weights.map(Double.init),
      bias: problem.bias.map(Double.init))
    #expect(found.count == expected.count)
    for (value, real) in zip(found, expected) {
      let limited = problem.activation == .relu ? max(real, 0) : real
      #expect(abs(Double(value) - limited) < 1e-4)
    }
  }

  @Test(arguments: 0..<60)
  func int8FollowsTheDefinition(_ seed: Int) throws {
    let problem = ConvolutionProblem(seed: UInt64(seed))
    let sketch = problem.int8Sketch
    let interpreter = try Interpreter(try sketch.draft.graph())
    let found = try interpreter.run([bytes(problem.int8Input)])[0]
    let sums = problem.expected(
      input: problem.int8Input.map { Double($0) - Double(problem.inputZeroPoint) },
      weights: problem.int8Weights.map { Double($0) }, bias: problem.int8Bias.map { Double($0) })
    #expect(found.count == sums.count)
    for (position, sum) in sums.enumerated() {
      let scale = Double(problem.channelScales[position % problem.channels])
      let real = sum * Double(problem.inputScale) * scale / Double(problem.outputScale) + 3
      let least: Double = problem.activation == .relu ? 3 : -128
      let limited = min(max(real.rounded(), least), 127)
      let value = Double(Int8(bitPattern: found[position]))
      // Scales are below 2^-6, so the first of two roundings moves by up to 2^-7: it changes the second
      // only that near a half.
      let isNearHalf = abs(real - real.rounded(.down) - 0.5) < 0x1p-7
      #expect(value == limited || (isNearHalf && abs(value - limited) == 1))
    }
  }

  @Test func paddingIsHalfOfWhatWindowsNeedRoundedDown() throws {
    func paddings(
      _ size: Int, _ taps: Int, stride: Int, dilation: Int = 1, _ padding: Padding
    ) throws -> Int32 {
      var sketch = WeightedSketch.convolution
      let window = Window(
        padding: padding, stride: Extent(height: stride, width: 1),
        dilation: Extent(height: dilation, width: 1))
      sketch.attributes = .convolution(window, .none)
      sketch.input.shape = [1, size, 1, 1]
      sketch.weights = .floats(Array(repeating: 1, count: taps), shape: [1, taps, 1, 1])
      sketch.bias = nil
      let reach = (taps - 1) * dilation + 1
      let rows = padding == .same ? (size + stride - 1) / stride : (size - reach) / stride + 1
      sketch.output.shape = [1, rows, 1, 1]
      let plan = try Plan(try sketch.draft.graph())
      return try #require(plan.steps.first as? ConvolutionFloatStep).parameters.padTop
    }
    #expect(try paddings(5, 3, stride: 1, .same) == 1)
    #expect(try paddings(4, 3, stride: 2, .same) == 0)
    #expect(try paddings(5, 3, stride: 2, .same) == 1)
    #expect(try paddings(49, 10, stride: 2, .same) == 4)
    #expect(try paddings(6, 4, stride: 1, .same) == 1)
    #expect(try paddings(6, 3, stride: 1, dilation: 2, .same) == 2)
    #expect(try paddings(6, 1, stride: 4, .same) == 0)
    #expect(try paddings(6, 3, stride: 2, .valid) == 0)
  }

  @Test func refusalsNameRuleAndPlace() throws {
    func check(_ rule: String, _ change: (inout WeightedSketch) -> Void) throws {
      var sketch = WeightedSketch.convolution
      change(&sketch)
      let found = refusal(sketch.draft)
      #expect(found?.rule == rule, "\(String(describing: found))")
      #expect(found?.place.operatorIndex == 0 && found?.place.operatorKind == "CONV_2D")
      #expect(found?.remedy.isEmpty == false)
    }
    try check("hybrid") {
      $0.weights = .int8s(
        Array(repeating: 1, count: 36), shape: [2, 3, 3, 2],
        quantization: Quantization(scales: [1], zeroPoints: [0]))
    }
    try check("shape-mismatch") { $0.bias = .floats([1, 2, 3], shape: [3]) }
    try check("element-type") { $0.bias = .int32s([1, 2], shape: [2]) }
    // Three output channels do not fall into two groups.
    try check("shape-mismatch") {
      $0.weights = .floats(Array(repeating: 1, count: 27), shape: [3, 3, 3, 1])
      $0.bias = nil
      $0.output.shape = [1, 2, 3, 3]
    }
    try check("shape-mismatch") {
      $0.input.shape[0] = 0
      $0.output.shape[0] = 0
    }
    try check("window") {
      $0.attributes = .convolution(
        Window(
          padding: .same, stride: Extent(height: 2, width: 2),
          dilation: Extent(height: 1 << 29, width: 1)), .none)
    }
  }
}
