import Models
import Support

/// The work of quantizing a graph, operator by operator in the order of execution.
struct QuantizationPass {
  let source: Graph
  let ranges: CalibrationRanges
  private let limits: LimitedTensors
  /// The int8 graph so far; the tensors of the source stand first, at their positions.
  var draft: GraphDraft
  /// By tensor of the source, of those given or computed so far.
  private(set) var parameters: [Int: Quantization] = [:]
  /// Position in the draft of each operator of the source so far.
  private(set) var positions: [Int] = []
  private(set) var raisedScales = 0
  /// Tensors that are stored cut off.
  var limited: Set<Int> { Set(limits.results.keys) }
  /// Forms of source tensors that exist: constants as integers, activations in another scale.
  private var forms: [Int: [(parameters: Quantization, position: Int)]] = [:]

  init(_ source: Graph, ranges: CalibrationRanges) throws(Diagnostic) {
    self.source = source
    self.ranges = ranges
    limits = LimitedTensors(source)
    draft = GraphDraft(source)
    draft.operators = []
    guard !source.operators.isEmpty else {
      throw Diagnostic(
        "no-operators", "there is nothing to quantize: the graph has no operators",
        remedy: "Check which model was named.")
    }
    for index in source.inputs {
      guard source.tensors[index].elementType == .float32 else {
        throw notFloat(index)
      }
      try setOwnRange(index)
    }
  }

  /// Appends the int8 form of an operator.
  mutating func quantize(_ index: Int) throws(Diagnostic) {
    let each = source.operators[index]
    guard let rule = QuantizationRule.of(each.kind) else { throw notSupported(each.kind) }
    guard each.outputs.count == 1, let output = each.outputs.first,
      let data = each.inputs.first ?? nil
    else {
      throw Diagnostic(
        "operands",
        "there are \(each.outputs.count) outputs; 1 is allowed, and a first input needed",
        remedy: "The model is damaged: export it again.")
    }
    for case let tensor? in each.inputs + [output] {
      try checkType(tensor)
    }
    var inputs = each.inputs
    switch rule {
    case .weighted(let axis):
      try setOwnRange(output)
      inputs = try weighted(each, data: data, axis: axis)
    case .ownRange:
      try setOwnRange(output, atLeast: smallestScale(each))
      inputs = try each.inputs.map { tensor throws(Diagnostic) in
        try tensor.map { tensor throws(Diagnostic) in try operand(tensor) }
      }
    case .inherited:
      inputs[0] = try operand(data)
      try set(output, parametersOfOperand(data))
    case .shared:
      let common = try commonParameters(each)
      try set(output, common)
      inputs = try each.inputs.map { tensor throws(Diagnostic) in
        try tensor.map { tensor throws(Diagnostic) in try operand(tensor, as: common) }
      }
    case .fixed(let parameters):
      inputs[0] = try operand(data)
      try set(output, parameters)
    }
    positions.append(draft.operators.count)
    draft.operators.append(
      Operator(
        kind: each.kind,
        version: OperatorVersion.int8(
          each.kind, each.attributes, inputs: inputs.map { $0.map { draft.tensors[$0] } },
          output: draft.tensors[output]),
        inputs: inputs, outputs: [output], attributes: each.attributes))
  }

  /// Puts QUANTIZE in front and DEQUANTIZE behind; names go with what the caller sees.
  mutating func addFloatInterface() {
    var front: [Operator] = []
    for (place, index) in draft.inputs.enumerated() {
      let outside = addOutside(of: index)
      front.append(Operator(kind: .quantize, inputs: [outside], outputs: [index]))
      front[front.count - 1].attributes = .plain
      draft.inputs[place] = outside
    }
    for (place, index) in draft.outputs.enumerated() {
      let outside = addOutside(of: index)
      draft.operators.append(
        Operator(
          kind: .dequantize, version: 2, inputs: [index], outputs: [outside], attributes: .plain))
      draft.outputs[place] = outside
    }
    draft.operators = front + draft.operators
    positions = positions.map { $0 + front.count }
  }

  private mutating func addOutside(of index: Int) -> Int {
    var tensor = draft.tensors[index]
    tensor.elementType = .float32
    tensor.quantization = nil
    draft.tensors[index].name += "_int8"
    return draft.add(tensor)
  }

  // MARK: Weights

  private mutating func weighted(
    _ each: Operator, data: Int, axis: Int?
  ) throws(Diagnostic) -> [Int?] {
    if case .fullyConnected(_, _, hasShuffledWeights: true) = each.attributes {
      throw Diagnostic(
        "shuffled-weights", "the weights are stored shuffled, for one runtime only",
        remedy: "Convert the model again with the default weights format.")
    }
    guard each.inputs.count > 1, let index = each.inputs[1],
      let weights = source.tensors[index].floatValues, !source.tensors[index].isSparse
    else { throw notConstant("weights") }
    var biasIndex: Int?
    var bias: [Float]?
    if each.inputs.count > 2, let position = each.inputs[2] {
      guard let values = source.tensors[position].floatValues else { throw notConstant("bias") }
      biasIndex = position
      bias = values
    }
    let input = try operand(data)
    let inputScale = try parametersOfOperand(data).scales[0]
    let shape = source.tensors[index].shape
    let quantized = try WeightQuantizer.quantize(
      weights, shape: shape, axis: axis, bias: bias, inputScale: inputScale)
    raisedScales += quantized.raisedScales
    var result: [Int?] = [
      input,
      store(
        index,
        .int8s(
          quantized.weights, shape: shape, quantization: quantized.weightParameters,
          name: source.tensors[index].name)),
    ]
    if let biasIndex, let values = quantized.bias, let parameters = quantized.biasParameters {
      let tensor = Tensor.int32s(
        values, shape: source.tensors[biasIndex].shape, quantization: parameters,
        name: source.tensors[biasIndex].name)
      result.append(store(biasIndex, tensor))
    } else if each.inputs.count > 2 {
      result.append(nil)
    }
    return result
  }

  // MARK: Operands

  /// The position of an operand in int8: shapes, paddings and axes stay as they are, an activation
  /// has its parameters, a constant gets those of its own range.
  private mutating func operand(_ tensor: Int) throws(Diagnostic) -> Int {
    guard source.tensors[tensor].elementType == .float32 else { return tensor }
    return try operand(tensor, as: parametersOfOperand(tensor))
  }

  /// The same, with these parameters.
  private mutating func operand(
    _ tensor: Int, as wanted: Quantization
  ) throws(Diagnostic) -> Int {
    guard source.tensors[tensor].elementType == .float32 else { return tensor }
    if let form = forms[tensor]?.first(where: { $0.parameters == wanted }) { return form.position }
    if source.tensors[tensor].constant != nil {
      guard let values = source.tensors[tensor].floatValues else { throw notConstant("operand") }
      return store(
        tensor,
        .int8s(
          values.map(wanted.int8), shape: source.tensors[tensor].shape, quantization: wanted,
          name: source.tensors[tensor].name))
    }
    // An activation in another scale.
    var copy = draft.tensors[tensor]
    copy.quantization = wanted
    copy.name += "_rescaled"
    let position = draft.add(copy)
    forms[tensor, default: []].append((wanted, position))
    draft.operators.append(
      Operator(kind: .quantize, inputs: [tensor], outputs: [position], attributes: .plain))
    return position
  }

  private func parametersOfOperand(_ tensor: Int) throws(Diagnostic) -> Quantization {
    if let known = parameters[tensor] { return known }
    guard let values = source.tensors[tensor].floatValues else {
      throw Diagnostic(
        "no-range", "nothing is known of the values of this tensor",
        remedy: "Calibrate on samples.", place: Place(tensorIndex: tensor))
    }
    return try ActivationParameters.asymmetric(values)
  }

  /// What all float operands of an operator can be stored with: the parameters of the activations
  /// where these agree and reach to all constants, else those of the range that contains all.
  private func commonParameters(_ each: Operator) throws(Diagnostic) -> Quantization {
    let operands = each.inputs.compactMap { $0 }.filter {
      source.tensors[$0].elementType == .float32
    }
    let known = operands.compactMap { parameters[$0] }
    let constants = operands.compactMap { parameters[$0] == nil ? source.tensors[$0] : nil }
      .compactMap(\.floatValues).flatMap { $0 }
    guard constants.allSatisfy(\.isFinite) else {
      throw Diagnostic(
        "not-finite", "a constant holds a value that is no number or infinite",
        remedy: "The model is damaged or was trained to divergence: export it again.")
    }
    var low = constants.min() ?? 0
    var high = constants.max() ?? 0
    if let first = known.first, known.allSatisfy({ $0 == first }) {
      let half = first.scales[0] / 2
      // Beyond the end that MINIMUM or MAXIMUM cuts off, int8 saturates as the constant would.
      let reachesLow = low >= first.extent.min - half || limits.isLimit(each, .maximum)
      let reachesHigh = high <= first.extent.max + half || limits.isLimit(each, .minimum)
      if reachesLow, reachesHigh { return first }
    }
    for one in known {
      low = min(low, one.extent.min)
      high = max(high, one.extent.max)
    }
    return try ActivationParameters.asymmetric(min: low, max: high)
  }

  /// Puts a constant in the place of the source's, or behind where that place is taken.
  private mutating func store(_ tensor: Int, _ value: Tensor) -> Int {
    let existing = forms[tensor, default: []].first { draft.tensors[$0.position] == value }
    if let existing { return existing.position }
    let isOutput = source.outputs.contains(tensor)
    var position = tensor
    if forms[tensor] == nil && !isOutput {
      draft.tensors[tensor] = value
    } else {
      position = draft.add(value)
    }
    if let parameters = value.quantization {
      forms[tensor, default: []].append((parameters, position))
    }
    return position
  }

  // MARK: Results

  private mutating func setOwnRange(
    _ tensor: Int, atLeast smallest: Float = 0
  ) throws(Diagnostic) {
    var parameters = try parameters(ofRange: tensor)
    if case .range? = ranges.entries[tensor] {
      parameters = ActivationParameters.raised(parameters, to: smallest)
    }
    try set(tensor, parameters)
  }

  /// The least that the output of ADD and SUB can have: TFLM divides twice the largest input scale by
  /// 2^20 of it, and needs less than 1.
  private func smallestScale(_ each: Operator) throws(Diagnostic) -> Float {
    guard each.kind == .add || each.kind == .sub else { return 0 }
    var largest: Float = 0
    for case let tensor? in each.inputs {
      largest = max(largest, try parametersOfOperand(tensor).scales.first ?? 0)
    }
    return largest * 0x1p-18
  }

  /// What calibration found: for the tensor, or for what is left of it once its only reader has cut
  /// it off.
  private func parameters(ofRange tensor: Int) throws(Diagnostic) -> Quantization {
    let limited = limits.results[tensor] ?? tensor
    let found = ranges.entries[limited] == nil ? tensor : limited
    let parameters = try ranges.parameters(of: found)
    guard limits.isSoftmaxInput(tensor), case .range? = ranges.entries[found] else {
      return parameters
    }
    // SOFTMAX of TFLM needs more than 2^-26.
    return ActivationParameters.raised(parameters, to: 0x1p-25)
  }

  private mutating func set(_ tensor: Int, _ value: Quantization) throws(Diagnostic) {
    parameters[tensor] = value
    draft.tensors[tensor].elementType = .int8
    draft.tensors[tensor].quantization = value
    forms[tensor] = [(value, tensor)]
  }

  // MARK: Refusals

  private func checkType(_ tensor: Int) throws(Diagnostic) {
    let type = source.tensors[tensor].elementType
    let isIndex = source.tensors[tensor].constant != nil && type == .int32
    guard type == .float32 || isIndex else { throw notFloat(tensor) }
  }

  private func notFloat(_ tensor: Int) -> Diagnostic {
    Diagnostic(
      "not-fp32",
      "a tensor is \(source.tensors[tensor].elementType.name); only float32 can be quantized",
      remedy: "Start from the fp32 model; one that is int8 already needs no quantization.",
      place: Place(tensorIndex: tensor))
  }

  private func notSupported(_ kind: OperatorKind) -> Diagnostic {
    Diagnostic(
      "not-quantizable",
      "\(kind.shownName) cannot be quantized; those that can are "
        + QuantizationRule.kinds.map(\.name).joined(separator: ", "),
      remedy: "Leave the operator out of the model, or keep the model in fp32.")
  }

  private func notConstant(_ what: String) -> Diagnostic {
    Diagnostic(
      "not-constant", "the \(what) are not stored as float32 constants of their shape",
      remedy: "Export the model with its weights as dense constants.")
  }
}
