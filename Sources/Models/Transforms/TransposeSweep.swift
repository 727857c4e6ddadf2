/// One run over the operators of a draft that puts off each TRANSPOSE.
struct TransposeSweep {
  /// How the value of a tensor of the draft can be had.
  enum View {
    /// TRANSPOSE of another tensor.
    case transposed(Int, Permutation)
    /// The rows of another tensor, which has this shape, with columns in another order.
    case shuffled(Int, Shuffle)
  }

  var draft: GraphDraft
  let wishes: [LayoutWish]
  let index: DraftIndex
  private let boundary: TransposeFolding.Boundary
  /// By tensor of the draft; none where its value stands in it.
  private(set) var views: [Int: View] = [:]
  /// Tensors with a view whose value was needed in its own order.
  private var isWritten: Set<Int> = []
  /// Inputs and outputs of the graph, old and new.
  private var isKnown: Set<Int>
  /// Constants in another order, so that operators that share one share the other.
  private var reordered: [ReorderedConstant: Int] = [:]
  var budget = ConstantBudget()
  private var operators: [Operator] = []
  /// Operators that work on another order than before, or need no TRANSPOSE any more.
  private var moved = 0
  private(set) var layouts: [TransposeFolding.LayoutChange] = []

  init(_ draft: GraphDraft, _ index: DraftIndex, _ boundary: TransposeFolding.Boundary) {
    self.draft = draft
    self.index = index
    self.boundary = boundary
    isKnown = Set(draft.inputs + draft.outputs)
    wishes = LayoutWishes(draft, outputsAreFree: boundary == .channelsLast).wishes
  }

  /// 0 where the result is the draft as it was.
  var changes: Int {
    let before = draft.operators.count { $0.kind == .transpose }
    let after = operators.count { $0.kind == .transpose }
    return moved + layouts.count + abs(before - after)
  }

  /// The new draft. Tensors that are needed no more are left in it.
  var result: GraphDraft {
    var result = draft
    result.operators = operators
    return result
  }

  mutating func run() {
    if boundary == .channelsLast { turnInputs() }
    for each in draft.operators where !rewrite(each) { copy(each) }
    turnOutputs()
  }

  // MARK: Tensors

  /// The stored tensor and the order in which `tensor` is read from it; nil for what is not transposed.
  func transposed(_ tensor: Int) -> (source: Int, order: Permutation)? {
    guard case .transposed(let source, let order)? = views[tensor] else { return nil }
    return (source, order)
  }

  /// A tensor with the value of `tensor` in its own order, which operators are added for if need be.
  mutating func plain(_ tensor: Int) -> Int {
    guard let view = views[tensor] else { return tensor }
    if case .transposed(let source, let order) = view, order.isIdentity { return source }
    guard isWritten.insert(tensor).inserted else { return tensor }
    switch view {
    case .transposed(let source, let order): write(source, order, to: tensor)
    case .shuffled(let source, let shuffle):
      let stored = addReshape(source, to: shuffle.stored)
      let turned = add(draft.tensors[stored], shape: shuffle.order(shuffle.stored))
      write(stored, shuffle.order, to: turned)
      emitReshape(turned, to: tensor)
    }
    return tensor
  }

  /// Makes `tensor` the TRANSPOSE of `source`, by the cheapest means.
  mutating func write(_ source: Int, _ order: Permutation, to tensor: Int) {
    let operand = draft.tensors[source]
    if operand.constant != nil, let constant = reorder(source, as: order),
      !index.isOutput[tensor]
    {
      draft.tensors[tensor].constant = draft.tensors[constant].constant
    } else if order.keepsElementOrder(of: operand.shape), operand.dynamicShape.isEmpty {
      emitReshape(source, to: tensor)
    } else {
      let numbers = order.order.map { Int32(truncatingIfNeeded: $0) }
      let permutation = draft.add(.int32s(numbers, shape: [numbers.count], name: "permutation"))
      emit(
        Operator(
          kind: .transpose, inputs: [source, permutation], outputs: [tensor], attributes: .plain))
    }
  }

  private mutating func emitReshape(_ source: Int, to tensor: Int) {
    let shape = draft.tensors[tensor].shape
    let sizes = draft.add(
      .int32s(shape.map { Int32(clamping: $0) }, shape: [shape.count], name: "shape"))
    emit(
      Operator(
        kind: .reshape, inputs: [source, sizes], outputs: [tensor], attributes: .reshape(to: shape))
    )
  }

  private mutating func addReshape(_ source: Int, to shape: [Int]) -> Int {
    let tensor = add(draft.tensors[source], shape: shape)
    emitReshape(source, to: tensor)
    return tensor
  }

  /// A new tensor like `model`, which no operator writes yet.
  mutating func add(_ model: Tensor, shape: [Int], dynamicShape: [Int] = []) -> Int {
    var tensor = model
    tensor.shape = shape
    tensor.dynamicShape = dynamicShape
    tensor.constant = nil
    tensor.isVariable = false
    return draft.add(tensor)
  }

  /// The tensor that stores `output` so that it is read in `order`.
  mutating func stored(_ output: Int, _ order: Permutation) -> Int {
    let tensor = draft.tensors[output]
    let back = order.inverse
    return add(
      tensor, shape: back(tensor.shape),
      dynamicShape: tensor.dynamicShape.isEmpty ? [] : back(tensor.dynamicShape))
  }

  /// The constant `tensor` transposed; made once, within the budget.
  mutating func reorder(_ tensor: Int, as order: Permutation) -> Int? {
    let constant = draft.tensors[tensor]
    guard let width = constant.constantWidth, let bytes = constant.constant,
      constant.shape.count == order.order.count, constant.quantization?.axis == nil
    else { return nil }
    return reorder(ReorderedConstant(tensor: tensor, stored: constant.shape, order: order)) {
      var result = constant
      result.shape = order(constant.shape)
      result.constant = ConstantData.permuted(
        bytes, shape: constant.shape, width: width, by: order)
      return result
    }
  }

  /// What `make` gives, made once for each `key`.
  mutating func reorder(_ key: ReorderedConstant, _ make: () -> Tensor?) -> Int? {
    if let known = reordered[key] { return known }
    guard budget.take(draft.tensors[key.tensor].byteCount), let tensor = make() else { return nil }
    let result = draft.add(tensor)
    reordered[key] = result
    return result
  }

  // MARK: Operators

  mutating func emit(_ each: Operator) { operators.append(each) }

  /// Adds the operator as it was, on tensors in their own order.
  private mutating func copy(_ each: Operator) {
    var copy = each
    for (place, tensor) in each.inputs.enumerated() {
      guard let tensor else { continue }
      copy.inputs[place] = plain(tensor)
    }
    emit(copy)
  }

  /// Notes that `tensor` has its value elsewhere; nothing is written for it yet.
  mutating func put(_ tensor: Int, _ view: View) { views[tensor] = view }

  mutating func countMove() { moved += 1 }

  // MARK: The boundary

  private mutating func turnInputs() {
    for (place, tensor) in draft.inputs.enumerated() {
      let old = draft.tensors[tensor]
      guard wishes[tensor] == .order(.toChannelsLast), old.shape.count == 4, !old.isVariable,
        old.constant == nil, old.quantization?.axis == nil, !index.isOutput[tensor]
      else { continue }
      let turned = transposed(tensor)?.source ?? stored(tensor, .toChannelsFirst)
      put(tensor, .transposed(turned, .toChannelsFirst))
      draft.inputs[place] = turned
      isKnown.insert(turned)
      layouts.append(change(place, isInput: true, old, turned))
    }
  }

  private mutating func turnOutputs() {
    for (place, tensor) in draft.outputs.enumerated() {
      guard let (source, order) = transposed(tensor), !isWritten.contains(tensor) else {
        _ = plain(tensor)
        continue
      }
      guard !isKnown.contains(source), draft.tensors[source].constant == nil,
        !draft.tensors[source].isVariable,
        order.isIdentity || (boundary == .channelsLast && order == .toChannelsFirst)
      else {
        if isWritten.insert(tensor).inserted { write(source, order, to: tensor) }
        continue
      }
      if !order.isIdentity {
        layouts.append(change(place, isInput: false, draft.tensors[tensor], source))
      }
      draft.tensors[source].name = draft.tensors[tensor].name
      draft.outputs[place] = source
      isKnown.insert(source)
    }
  }

  private func change(
    _ place: Int, isInput: Bool, _ old: Tensor, _ new: Int
  ) -> TransposeFolding.LayoutChange {
    TransposeFolding.LayoutChange(
      name: old.name, isInput: isInput, place: place, old: old.shape, new: draft.tensors[new].shape)
  }
}

/// What a reordered constant was made of.
struct ReorderedConstant: Hashable {
  var tensor: Int
  var stored: [Int]
  var order: Permutation
}
