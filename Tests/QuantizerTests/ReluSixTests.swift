import Interpreter
import Models
import TestSupport
import Testing

@testable import Quantizer

/// RELU6 as an operator of its own: TFLM cuts off without rescaling, so input and output need one
/// scale.
@Suite("RELU6 that stands alone")
struct ReluSixTests {
  /// Where the RELU6 stands.
  struct Place: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let build: @Sendable (inout Sketch) throws -> Int
    init(_ name: String, _ build: @escaping @Sendable (inout Sketch) throws -> Int) {
      testDescription = name
      self.build = build
    }
  }

  /// A graph in the making; inputs are 0 to 1, so FULLY_CONNECTED spreads them to about -30 to 30.
  struct Sketch {
    var draft = GraphDraft()
    var random = SplitMix(5)
    let x: Int

    init() { x = draft.addInput("x", shape: [1, 4, 4, 2]) }

    mutating func op(_ kind: OperatorKind, _ inputs: Int..., attributes: Attributes = .plain) throws
      -> Int
    {
      try draft.append(kind, attributes, inputs: inputs)
    }

    mutating func dense(_ input: Int, _ count: Int, gain: Float = 20) throws -> Int {
      let shape = draft.tensors[input].shape
      let width = shape[1...].reduce(1, *)
      let weights = (0..<count * width).map { _ in gain * (random.unit() - 0.5) }
      let matrix = draft.add(.floats(weights, shape: [count, width]))
      return try draft.append(
        .fullyConnected,
        .fullyConnected(.none, keepsDimensions: false, hasShuffledWeights: false),
        inputs: [reshape(input, [1, width]), matrix])
    }

    mutating func conv(_ input: Int, gain: Float = 20) throws -> Int {
      let shape = [2, 1, 1, draft.tensors[input].shape[3]]
      let weights = (0..<2 * shape[3]).map { _ in gain * (random.unit() - 0.5) }
      return try draft.append(
        .conv2D,
        .convolution(Window(padding: .valid, stride: Extent(height: 1, width: 1)), .none),
        inputs: [input, draft.add(.floats(weights, shape: shape))])
    }

    mutating func reshape(_ input: Int, _ shape: [Int]) throws -> Int {
      try op(.reshape, input, attributes: .reshape(to: shape))
    }

    mutating func pool(_ kind: OperatorKind, _ input: Int) throws -> Int {
      let size = Extent(height: 2, width: 2)
      return try op(
        kind, input, attributes: .pooling(Window(padding: .valid, stride: size, size: size), .none))
    }

    mutating func list(_ values: [Int32], _ shape: [Int]) -> Int {
      draft.add(.int32s(values, shape: shape))
    }
  }

  static let places = [
    Place("input") { try $0.op(.relu6, $0.x) },
    Place("behind FULLY_CONNECTED") { try $0.op(.relu6, $0.dense($0.x, 12)) },
    Place("behind RESHAPE") { try $0.op(.relu6, $0.reshape($0.dense($0.x, 12), [1, 4, 3])) },
    Place("behind TRANSPOSE and RESHAPE") {
      let turned = try $0.op(.transpose, $0.conv($0.x), $0.list([0, 3, 1, 2], [4]))
      return try $0.op(.relu6, $0.reshape(turned, [1, 32]))
    },
    Place("behind MEAN") {
      let mean = try $0.op(
        .mean, $0.conv($0.x), $0.list([1, 2], [2]), attributes: .reducer(keepsDimensions: true))
      return try $0.dense($0.op(.relu6, mean), 3, gain: 1)
    },
    Place("behind MAX_POOL_2D") { try $0.op(.relu6, $0.pool(.maxPool2D, $0.conv($0.x))) },
    Place("behind AVERAGE_POOL_2D") {
      try $0.op(.relu6, $0.pool(.averagePool2D, $0.conv($0.x)))
    },
    Place("behind PAD") {
      try $0.op(.relu6, $0.op(.pad, $0.conv($0.x), $0.list([0, 0, 1, 1, 0, 1, 0, 0], [4, 2])))
    },
    Place("behind RELU and MINIMUM") {
      let limit = $0.draft.add(.floats([9], shape: []))
      return try $0.op(.relu6, $0.op(.minimum, $0.op(.relu, $0.dense($0.x, 9)), limit))
    },
    Place("in front of MAXIMUM") {
      let limit = $0.draft.add(.floats([1], shape: []))
      return try $0.op(.maximum, $0.op(.relu6, $0.dense($0.x, 9)), limit)
    },
    Place("behind LOGISTIC") { try $0.op(.relu6, $0.op(.logistic, $0.dense($0.x, 9, gain: 4))) },
    Place("beside another reader") {
      let sum = try $0.dense($0.x, 9)
      return try $0.op(.add, $0.op(.relu6, sum), sum, attributes: .activation(.none))
    },
    Place("twice") {
      let first = try $0.op(.relu6, $0.dense($0.x, 12))
      return try $0.op(.relu6, $0.reshape($0.dense(first, 6, gain: 3), [1, 2, 3]))
    },
  ]

  private func graph(_ place: Place) throws -> Graph {
    var sketch = Sketch()
    sketch.draft.outputs = [try place.build(&sketch)]
    return try sketch.draft.graph()
  }

  @Test("has one scale, and little is lost", arguments: places)
  func oneScale(place: Place) throws {
    let graph = try graph(place)
    let (calibration, heldOut) = SampleSet.synthetic(count: 60, for: graph).split()
    let model = try Quantizer.quantize(
      graph, ranges: CalibrationRanges.measure(graph, on: calibration))
    #expect(model.graph.tflmWarnings.isEmpty)
    let found = model.graph.operators.filter { $0.kind == .relu6 }
    #expect(!found.isEmpty)
    for each in found {
      let tensors = (each.inputs + each.outputs).compactMap { $0 }
      #expect(Set(tensors.map { model.graph.tensors[$0].quantization?.scales }).count == 1)
      #expect(Set(tensors.map { model.graph.tensors[$0].quantization?.zeroPoints }).count == 1)
    }
    let report = try QuantizationReport.measure(model, on: heldOut)
    #expect(report.outputs[0].decibels > 25, "\(report.outputs[0].decibels) dB")
    // What is cut off on purpose is no sign of a wrong range.
    #expect(!report.warnings.contains { $0.rule == "activation-clipping" })
  }

  @Test("Where nobody else reads what is before it, all 256 steps are for 0 to 6")
  func allSteps() throws {
    for place in Self.places[1...5] {
      let graph = try graph(place)
      let samples = SampleSet.synthetic(count: 40, for: graph)
      let ranges = try CalibrationRanges.measure(graph, on: samples)
      let model = try Quantizer.quantize(graph, ranges: ranges)
      let index = try #require(graph.operators.firstIndex { $0.kind == .relu6 })
      let output = graph.operators[index].outputs[0]
      #expect(model.parameters[output] == (try ranges.parameters(of: output)), "\(place)")
      #expect(!model.graph.operators.contains { $0.kind == .quantize })
    }
  }

  @Test("Parameters of an int8 model that states two scales become one")
  func rangesOfAModel() throws {
    var sketch = Sketch()
    let sum = try sketch.dense(sketch.x, 6)
    let output = try sketch.op(.relu6, sum)
    sketch.draft.outputs = [output]
    let (wide, narrow) = (
      Quantization(scale: 0.25, zeroPoint: 3), Quantization(scale: 6 / 255, zeroPoint: -128)
    )
    var entries: [Int: CalibrationRanges.Entry] = [
      sum: .parameters(wide), output: .parameters(narrow),
    ]
    for each in sketch.draft.operators {
      for tensor in each.inputs.compactMap({ $0 }) + each.outputs where entries[tensor] == nil {
        entries[tensor] = .range(min: 0, max: 1)
      }
    }
    let model = try Quantizer.quantize(
      sketch.draft.graph(), ranges: CalibrationRanges(entries))
    #expect(model.parameters[sum] == narrow && model.parameters[output] == narrow)
  }

  @Test("SOFTMAX of what RELU6 holds at 0 gets a scale that TFLM can run")
  func idleSoftmax() throws {
    var sketch = PassTests.Sketch([1, 4])
    let y = try sketch.append(.relu, .plain, [sketch.x], 0, 0)
    let z = try sketch.append(.relu6, .plain, [y], 0, 0)
    let model = try sketch.quantized(try sketch.append(.softmax, .softmax(beta: 1), [z]))
    #expect(model.parameters[z] == Quantization(scale: 0x1p-25, zeroPoint: 0))
    _ = try Interpreter(model.graph)
  }
}
