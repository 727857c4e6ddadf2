import Kernels

/// Whether an operator stays inside its operands, whatever its words say.
struct OperatorCheck {
  let plan: ModelPlan
  let operation: PlanOperator
  let total: UInt32

  init(_ plan: ModelPlan, _ operation: PlanOperator, total: UInt32) {
    self.plan = plan
    self.operation = operation
    self.total = total
  }

  var holds: Bool {
    guard let kernel = PlanKernel(rawValue: operation.words[PlanFormat.Operator.kernel]),
      operation.layout == PlanWeightLayout.plain.rawValue,
      PlanCheck.holds(
        operation.parametersOffset, UInt64(operation.parametersBytes), total),
      areOperandsInside
    else { return false }
    switch kernel {
    case .fullyConnectedInt8, .fullyConnectedPerChannelInt8, .fullyConnectedFloat:
      return fullyConnected(kernel)
    case .convolutionInt8, .depthwiseConvolutionInt8: return convolution(kernel, size: 1)
    case .convolutionFloat, .depthwiseConvolutionFloat: return convolution(kernel, size: 4)
    case .copy, .tanhFloat, .logisticFloat: return isMap(1, 1)
    case .lookUpInt8: return isMap(1, 1) && bytes(.second) >= 256
    case .clampInt8: return isMap(1, 1) && has(Int8Range.self)
    case .clampFloat: return isMap(1, 1) && has(FloatRange.self)
    case .quantize: return isMap(4, 1) && has(AffineInt8.self)
    case .dequantize: return isMap(1, 4) && has(AffineInt8.self)
    case .softmaxInt8: return softmax(size: 1)
    case .softmaxFloat: return softmax(size: 4)
    case .addInt8, .subtractInt8: return broadcast(size: 1) && has(values: SumParameters.self)
    case .multiplyInt8: return broadcast(size: 1) && has(values: ProductParameters.self)
    case .minimumInt8, .maximumInt8: return broadcast(size: 1)
    case .addFloat, .subtractFloat, .multiplyFloat:
      return broadcast(size: 4) && has(values: FloatRange.self)
    case .minimumFloat, .maximumFloat: return broadcast(size: 4)
    case .averagePoolInt8, .maxPoolInt8: return pooling(size: 1)
    case .averagePoolFloat, .maxPoolFloat: return pooling(size: 4)
    case .meanInt8: return mean(size: 1)
    case .meanFloat: return mean(size: 4)
    case .padInt8: return pad(size: 1) && has(Int32.self, behind: PadParameters.self)
    case .padFloat: return pad(size: 4)
    case .transposeInt8: return transpose(size: 1)
    case .transposeFloat: return transpose(size: 4)
    case .transposeBytes: return transposeBytes
    }
  }

  /// Input and output are there; those that are there lie in their areas; what is written is in the
  /// arena.
  private var areOperandsInside: Bool {
    for slot in PlanFormat.Slot.allCases {
      let operand = operation.operand(slot)
      if !operand.isThere {
        if slot == .input || slot == .output { return false }
        continue
      }
      let isWritten = slot == .output || slot == .scratch || slot == .otherScratch
      guard PlanCheck.isInside(operand, plan.header, ofTwo: slot == .otherScratch),
        !(isWritten && operand.isConstant)
      else { return false }
    }
    return true
  }

  /// Bytes of an operand; 0 of one that is left out.
  func bytes(_ slot: PlanFormat.Slot) -> Int64 {
    let operand = operation.operand(slot)
    return operand.isThere ? Int64(operand.bytes) : 0
  }

  /// Whether an operand has so many elements of `size` bytes; nil is more than anything has.
  func has(_ slot: PlanFormat.Slot, _ count: Int64?, size: Int64) -> Bool {
    guard let count, operation.operand(slot).isThere else { return false }
    return count &* size <= bytes(slot)
  }

  /// Whether the parameters have room for a value.
  func has<Value>(_ type: Value.Type) -> Bool {
    Int(operation.parametersBytes) >= MemoryLayout<Value>.size
  }

  /// The same for a value behind another.
  func has<Value, First>(_ type: Value.Type, behind first: First.Type) -> Bool {
    Int(operation.parametersBytes) >= PlanLayout.offset(behind: first) &+ MemoryLayout<Value>.size
  }

  private func has<Value>(values: Value.Type) -> Bool { has(values, behind: Broadcast.self) }

  /// An element of output for each of input, of such sizes. Places are aligned, so `from` bytes for
  /// each `to` is all that is asked.
  private func isMap(_ from: Int64, _ to: Int64) -> Bool {
    bytes(.input) &* to >= bytes(.output) &* from
  }
}
