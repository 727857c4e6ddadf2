import Interpreter
import Models
import Support
import TestSupport
import Testing

@testable import Quantizer

/// Graphs made here, one for each rule of the pass.
@Suite("Quantizing graphs")
struct PassTests {
  /// A draft with an input `x` in [-1, 1].
  struct Sketch {
    var draft = GraphDraft()
    var entries: [Int: CalibrationRanges.Entry] = [:]
    let x: Int

    init(_ shape: [Int]) {
      x = draft.addInput("x", shape: shape)
      entries[x] = .range(min: -1, max: 1)
    }

    mutating func append(
      _ kind: OperatorKind, _ attributes: Attributes = .plain, _ inputs: [Int?],
      _ low: Float? = nil, _ high: Float = 1
    ) throws -> Int {
      let result = try draft.append(kind, attributes, inputs: inputs)
      if let low { entries[result] = .range(min: low, max: high) }
      return result
    }

    mutating func quantized(
      _ output: Int, _ interface: Quantizer.Interface = .int8
    ) throws(Diagnostic) -> QuantizedModel {
      draft.outputs = [output]
      return try Quantizer.quantize(
        draft.graph(), ranges: CalibrationRanges(entries),
        options: Quantizer.Options(interface: interface))
    }
  }

  @Test("Kinds without arithmetic take the parameters of their input")
  func inherited() throws {
    var sketch = Sketch([1, 4, 4, 2])
    let window = Window(
      padding: .valid, stride: Extent(height: 2, width: 2), size: Extent(height: 2, width: 2))
    let paddings = sketch.draft.add(.int32s([0, 0, 1, 1, 1, 1, 0, 0], shape: [4, 2]))
    var at = try sketch.append(.pad, .plain, [sketch.x, paddings])
    let order = sketch.draft.add(.int32s([0, 2, 1, 3], shape: [4]))
    at = try sketch.append(.transpose, .plain, [at, order])
    at = try sketch.append(.maxPool2D, .pooling(window, .none), [at])
    at = try sketch.append(.averagePool2D, .pooling(window, .none), [at])
    at = try sketch.append(.reshape, .reshape(to: [1, 2]), [at])
    let model = try sketch.quantized(at)
    let expected = try ActivationParameters.asymmetric(min: -1, max: 1)
    #expect(Set(model.parameters.values.map(\.scales)) == [expected.scales])
    #expect(model.graph.operators.map(\.version) == [2, 2, 2, 2, 1])
    #expect(model.graph.dtype == .int8)
  }

  @Test("Probabilities have fixed parameters")
  func fixed() throws {
    for (kind, attributes, scale, zeroPoint) in [
      (OperatorKind.softmax, Attributes.softmax(beta: 1), Float(1) / 256, Int64(-128)),
      (.logistic, .plain, 1 / 256, -128), (.tanh, .plain, 1 / 128, 0),
    ] {
      var sketch = Sketch([1, 4])
      let output = try sketch.append(kind, attributes, [sketch.x])
      let model = try sketch.quantized(output)
      #expect(model.parameters[output] == Quantization(scale: scale, zeroPoint: zeroPoint))
      #expect(model.graph.operators[0].version == 2)
    }
  }

  @Test("Constants that are added or multiplied have their own range")
  func constants() throws {
    var sketch = Sketch([1, 4])
    let c = sketch.draft.add(.floats([0, 1, 2, 51], shape: [4]))
    var at = try sketch.append(.mul, .activation(.none), [sketch.x, c], -51, 51)
    at = try sketch.append(.add, .activation(.relu), [at, c], 0, 102)
    let model = try sketch.quantized(at)
    #expect(model.graph.tensors[c].quantization == Quantization(scale: 0.2, zeroPoint: -128))
    #expect(model.graph.tensors[c].int8Values == [-128, -123, -118, 127])
    // One constant for both.
    #expect(model.graph.tensors.count == sketch.draft.tensors.count)
    #expect(model.graph.operators.map(\.inputs) == [[sketch.x, c], [2, c]])
    #expect(model.graph.operators.map(\.version) == [2, 2])
  }

  @Test("MINIMUM with a constant inside the range shares the input's parameters")
  func sharedConstant() throws {
    var sketch = Sketch([1, 4])
    let c = sketch.draft.add(.floats([0.5], shape: [1]))
    let output = try sketch.append(.minimum, .plain, [sketch.x, c])
    let model = try sketch.quantized(output)
    #expect(model.graph.operators.count == 1)
    #expect(model.graph.tensors[c].quantization == model.parameters[sketch.x])
    #expect(model.parameters[output] == model.parameters[sketch.x])
  }

  @Test("What only MINIMUM or MAXIMUM with a constant reads is cut off as it is written")
  func limits() throws {
    for isReadTwice in [false, true] {
      var sketch = Sketch([1, 4])
      let y = try sketch.append(.relu, .plain, [sketch.x], 0, 8)
      let five = sketch.draft.add(.floats([5], shape: []))
      let one = sketch.draft.add(.floats([1], shape: [1]))
      var at = try sketch.append(.minimum, .plain, [y, five], 0, 5)
      at = try sketch.append(.maximum, .plain, [one, at], 1, 5)
      if isReadTwice { at = try sketch.append(.add, .activation(.none), [at, y], 1, 13) }
      let model = try sketch.quantized(at)
      let expected = try ActivationParameters.asymmetric(min: 0, max: isReadTwice ? 8 : 5)
      #expect(model.parameters[y] == expected)
      #expect(
        model.graph.operators.prefix(3).map(\.kind) == [.relu, .minimum, .maximum])
      #expect(model.parameters[isReadTwice ? y : at] == expected)
      #expect(model.graph.tensors[five].int8Values == [isReadTwice ? 31 : 127])
    }
    // Above all that the input can hold: saturates, and no QUANTIZE. Below: it must be reached.
    for (limit, kinds) in [
      (Float(3), [OperatorKind.minimum]), (-3, [.quantize, .minimum]),
    ] {
      var sketch = Sketch([1, 4])
      let c = sketch.draft.add(.floats([limit], shape: [1]))
      let model = try sketch.quantized(try sketch.append(.minimum, .plain, [sketch.x, c]))
      #expect(model.graph.operators.map(\.kind) == kinds)
    }
  }

  @Test("SOFTMAX of what is always 0 gets a scale that TFLM can run")
  func idleSoftmax() throws {
    var sketch = Sketch([1, 4])
    let y = try sketch.append(.relu, .plain, [sketch.x], 0, 0)
    let model = try sketch.quantized(try sketch.append(.softmax, .softmax(beta: 1), [y]))
    #expect(model.parameters[y] == Quantization(scale: 0x1p-25, zeroPoint: 0))
  }

  @Test("A sum that is always 0 gets a scale that TFLM can run")
  func idleSum() throws {
    var sketch = Sketch([1, 4])
    let y = try sketch.append(.add, .activation(.relu), [sketch.x, sketch.x], 0, 0)
    let model = try sketch.quantized(y)
    let input = try #require(model.parameters[sketch.x]).scales[0]
    #expect(model.parameters[y] == Quantization(scale: input * 0x1p-18, zeroPoint: 0))
    _ = try Interpreter(model.graph)
  }

  @Test("Ranges of a model reach an input that is reshaped first")
  func rangesThroughReshape() throws {
    var sketch = Sketch([1, 2, 2])
    let flat = try sketch.append(.reshape, .reshape(to: [1, 4]), [sketch.x])
    let output = try sketch.append(.relu, .plain, [flat], 0, 1)
    let model = try sketch.quantized(output)
    let graph = try sketch.draft.graph()
    let ranges = try CalibrationRanges.of(model.graph, for: graph)
    #expect(try Quantizer.quantize(graph, ranges: ranges).graph.tensors == model.graph.tensors)
  }

  @Test("Ranges of a model whose branches are listed in another order")
  func rangesOfBranches() throws {
    func branches(_ isTurned: Bool) throws -> Sketch {
      var sketch = Sketch([1, 4])
      func one(_ sketch: inout Sketch) throws -> Int {
        try sketch.append(.relu, .plain, [sketch.x], 0, 1)
      }
      func other(_ sketch: inout Sketch) throws -> Int {
        let inner = try sketch.append(.relu, .plain, [sketch.x], 0, 3)
        return try sketch.append(.add, .activation(.none), [inner, inner], 0, 6)
      }
      let second = try isTurned ? other(&sketch) : nil
      let first = try one(&sketch)
      let operands = [first, try second ?? other(&sketch)]
      sketch.draft.outputs = [try sketch.append(.sub, .activation(.none), operands, -6, 1)]
      return sketch
    }
    let (sketch, turned) = (try branches(false), try branches(true))
    #expect(
      sketch.draft.operators.map(\.kind) == [.relu, .relu, .add, .sub]
        && turned.draft.operators.map(\.kind) == [.relu, .add, .relu, .sub])
    let model = try Quantizer.quantize(
      turned.draft.graph(), ranges: CalibrationRanges(turned.entries))
    let found = try CalibrationRanges.of(model.graph, for: sketch.draft.graph())
    for (tensor, entry) in sketch.entries {
      guard case .range(let min, let max) = entry else { continue }
      #expect(
        found.entries[tensor]
          == .parameters(try ActivationParameters.asymmetric(min: min, max: max)))
    }
  }

  @Test("MAXIMUM of different ranges brings both to one scale first")
  func sharedRanges() throws {
    var sketch = Sketch([1, 4])
    let other = try sketch.append(.relu, .plain, [sketch.x], 0, 8)
    let output = try sketch.append(.maximum, .plain, [sketch.x, other])
    let model = try sketch.quantized(output)
    #expect(model.graph.operators.map(\.kind) == [.relu, .quantize, .quantize, .maximum])
    #expect(model.operators == [0, 3])
    let common = try #require(model.parameters[output])
    let half = common.scales[0] / 2
    #expect(common.extent.min <= -1 + half && common.extent.max >= 8 - half)
    for index in model.graph.operators[3].inputs.compactMap({ $0 }) {
      #expect(model.graph.tensors[index].quantization == common)
    }
  }

  @Test("One constant as weights of one operator and operand of another is stored twice")
  func sharedWeights() throws {
    var sketch = Sketch([1, 2])
    let w = sketch.draft.add(.floats([0, 1, 3, 4], shape: [2, 2]))
    let dense = Attributes.fullyConnected(.none, keepsDimensions: false, hasShuffledWeights: false)
    var at = try sketch.append(.fullyConnected, dense, [sketch.x, w], -7, 7)
    at = try sketch.append(.mul, .activation(.none), [at, w], -28, 28)
    let model = try sketch.quantized(at)
    let first = try #require(model.graph.operators[0].inputs[1])
    let second = try #require(model.graph.operators[1].inputs[1])
    #expect(first != second)
    #expect(model.graph.tensors[first].int8Values == [0, 32, 95, 127])
    #expect(model.graph.tensors[second].int8Values == [-128, -64, 63, 127])
    // Without bias: version 6.
    #expect(model.graph.operators[0].version == 6)
  }

  @Test("A float interface is QUANTIZE in front and DEQUANTIZE behind")
  func floatInterface() throws {
    var sketch = Sketch([1, 4])
    let output = try sketch.append(.relu, .plain, [sketch.x], 0, 1)
    let model = try sketch.quantized(output, .float32)
    #expect(model.graph.operators.map(\.kind) == [.quantize, .relu, .dequantize])
    #expect(model.graph.operators.map(\.version) == [1, 2, 2])
    #expect(model.operators == [1])
    let ends = (model.graph.inputs + model.graph.outputs).map { model.graph.tensors[$0] }
    #expect(ends.map(\.elementType) == [.float32, .float32] && ends[0].name == "x")
    #expect(refusal { () throws(Diagnostic) in try Quantizer.requireInt8(model.graph) } == nil)
  }

  @Test("What cannot become int8 is refused by name")
  func refusals() throws {
    func refused(_ sketch: Sketch, _ output: Int) -> Diagnostic? {
      refusal { () throws(Diagnostic) in
        var copy = sketch
        return try copy.quantized(output)
      }
    }
    // DIV has code 42.
    var sketch = Sketch([1, 4])
    let c = sketch.draft.add(.floats([1, 2, 3, 4], shape: [4]))
    let y = sketch.draft.add(Tensor(name: "y", shape: [1, 4], elementType: .float32))
    let div = OperatorKind(code: 42)
    sketch.draft.operators.append(
      Operator(kind: div, inputs: [sketch.x, c], outputs: [y], attributes: .activation(.none)))
    let kind = try #require(refused(sketch, y))
    #expect(kind.rule == "not-quantizable" && kind.place.operatorKind == "DIV")
    #expect(kind.message.contains("DIV") && kind.isHelpful)

    var missing = Sketch([1, 4])
    let sum = try missing.append(.add, .activation(.none), [missing.x, missing.x])
    let range = try #require(refused(missing, sum))
    #expect(range.rule == "no-range" && range.place.tensorIndex == sum)
    #expect(range.place.operatorKind == "ADD")

    var variable = Sketch([1, 2])
    let dense = Attributes.fullyConnected(.none, keepsDimensions: false, hasShuffledWeights: false)
    let w = variable.draft.addInput("w", shape: [2, 2])
    variable.entries[w] = .range(min: 0, max: 1)
    let product = try variable.append(.fullyConnected, dense, [variable.x, w], 0, 1)
    #expect(refused(variable, product)?.rule == "not-constant")

    let empty = Sketch([1, 2])
    #expect(refused(empty, empty.x)?.rule == "no-operators")
  }

  @Test("A graph that is not int8 throughout is no int8 model")
  func requirement() throws {
    var draft = GraphDraft()
    let x = draft.add(
      Tensor(
        name: "x", shape: [1, 4], elementType: .int8,
        quantization: Quantization(scale: 1, zeroPoint: 0)))
    draft.inputs = [x]
    var at = draft.add(Tensor(name: "", shape: [1, 4], elementType: .float32))
    draft.operators = [
      Operator(kind: .dequantize, inputs: [x], outputs: [at], attributes: .plain)
    ]
    at = try draft.append(.relu, inputs: [at])
    draft.outputs = [at]
    let graph = try draft.graph()
    let refused = refusal { () throws(Diagnostic) in try Quantizer.requireInt8(graph) }
    #expect(refused?.rule == "not-int8" && refused?.place.operatorIndex == 0)
  }
}
