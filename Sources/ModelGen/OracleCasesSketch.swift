import Core
import Models

/// A model of one operator in the making.
struct OracleSketch {
  var random: SplitMix64
  /// Position among the cases of the family.
  let number: Int
  var draft = GraphDraft()
  var inputs: [[UInt8]] = []

  init(random: SplitMix64, number: Int) {
    self.random = random
    self.number = number
  }

  mutating func integer(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

  mutating func pick<Element>(_ choices: [Element]) -> Element {
    choices[integer(0...choices.count - 1)]
  }

  mutating func real(_ range: ClosedRange<Float>) -> Float {
    Float.random(in: range, using: &random)
  }

  /// Log-uniform between powers of two.
  mutating func scale(_ exponents: ClosedRange<Int>) -> Float {
    let mantissa = Float.random(in: 1..<2, using: &random)
    return Float(sign: .plus, exponent: integer(exponents), significand: mantissa)
  }

  /// A scale and a zero point, often at an end.
  mutating func quantization(_ exponents: ClosedRange<Int> = -10 ... -1) -> Quantization {
    let zeroPoint = integer(0...3) == 0 ? pick([-128, 0, 127]) : integer(-128...127)
    return Quantization(scales: [scale(exponents)], zeroPoints: [Int64(zeroPoint)])
  }

  mutating func activation() -> FusedActivation {
    pick([.none, .relu, .relu6, .reluN1To1])
  }

  /// Sizes that multiply to at most `most`.
  mutating func shape(rank: Int, most: Int = 2000) -> [Int] {
    var result: [Int] = []
    var left = most
    for _ in 0..<rank {
      let size = integer(1...max(1, min(9, left)))
      result.append(size)
      left /= size
    }
    return result
  }

  mutating func int8Values(_ count: Int) -> [Int8] {
    (0..<count).map { _ in Int8(truncatingIfNeeded: random.next()) }
  }

  mutating func floatValues(_ count: Int, _ range: ClosedRange<Float> = -4...4) -> [Float] {
    (0..<count).map { _ in real(range) }
  }

  /// An int8 input of the graph with values of its own.
  mutating func int8Input(
    _ shape: [Int], _ quantization: Quantization, values: [Int8]? = nil
  ) -> Int {
    let index = draft.add(
      Tensor(
        name: "input\(inputs.count)", shape: shape, elementType: .int8, quantization: quantization))
    draft.inputs.append(index)
    let values = values ?? int8Values(shape.reduce(1, *))
    inputs.append(values.map { UInt8(bitPattern: $0) })
    return index
  }

  /// A float32 input of the graph with values of its own.
  mutating func floatInput(_ shape: [Int], values: [Float]? = nil) -> Int {
    let index = draft.addInput("input\(inputs.count)", shape: shape)
    let values = values ?? floatValues(shape.reduce(1, *))
    inputs.append(
      values.flatMap { withUnsafeBytes(of: $0.bitPattern.littleEndian, Array.init) })
    return index
  }

  /// Adds the operator, its output of that type and scale.
  mutating func finish(
    _ kind: OperatorKind, _ attributes: Attributes? = nil, inputs: [Int?], type: ElementType,
    _ quantization: Quantization? = nil
  ) throws {
    let output = try draft.append(kind, attributes, inputs: inputs, name: "output")
    draft.tensors[output].elementType = type
    draft.tensors[output].quantization = quantization
    draft.outputs = [output]
  }
}
