/// A margin for operators whose memory is not known.
extension KernelMemory {
  private static let unknownOptions = TFLMStructure("options, margin", 64, alignment: 16)
  private static let unknownOpData = TFLMStructure("OpData, margin", 512)

  /// No bound, as a kernel may take what it likes, but more than TFLM took for each of 45 models of 21
  /// such kinds: all operands twice as TfLiteTensor, eight bytes for each scale, a copy of constants
  /// that are no weights, and scratch memory of 4 bytes for each element read, 8 for each written, and
  /// one for each weight of fewer than 8 bits.
  static func unknown(_ view: OperatorView) -> KernelMemory {
    var memory = KernelMemory()
    memory.guess = view.reasonForMargin
    memory.builtinData = unknownOptions
    memory.opData = unknownOpData
    let operands = view.subject.inputs.compactMap { $0 } + view.subject.outputs
    memory.preparation = (operands + operands).map { .temporary(tensor: $0) }
    let hasWeights = OperatorCosting.weightsOperand(view.kind) != nil
    var (tables, scratch) = (0, 0)
    for index in Set(operands) {
      tables += 8 * (view.tensors[index].quantization?.scales.count ?? 0)
    }
    for index in Set(view.subject.inputs.compactMap { $0 }) {
      let tensor = view.tensors[index]
      let count = tensor.elementCount ?? 0
      if tensor.constant == nil { scratch += 4 * count }
      // BATCH_MATMUL keeps a constant operand transposed.
      if tensor.constant != nil, !hasWeights {
        tables += count * ((tensor.elementType.bits ?? 64) / 8)
      }
      if tensor.constant != nil, let bits = tensor.elementType.bits, bits < 8 { scratch += count }
    }
    for index in Set(view.subject.outputs) {
      scratch += 8 * (view.tensors[index].elementCount ?? 0)
    }
    if tables > 0 { memory.preparation.append(.persistent("tables, margin", bytes: tables)) }
    if scratch > 0 { memory.preparation.append(.scratch("margin", bytes: scratch)) }
    return memory
  }
}
