/// An operator of a plan, at the position that it has in the .tflite file.
public struct PlanOperator {
  let words: PlanWords
  let plan: UnsafeRawPointer

  /// BuiltinOperator of the TFLite schema.
  public var kind: Int { Int(words[PlanFormat.Operator.kind]) }
  /// As in `CONV_2D`.
  public var kindName: StaticString { OperatorNames.name(kind) }
  /// What is run; `copy` for a number that is none, which no checked plan has.
  public var kernel: PlanKernel {
    PlanKernel(rawValue: words[PlanFormat.Operator.kernel]) ?? .copy
  }
  /// Multiply-accumulate operations of one inference.
  public var macs: UInt64 { words.wide(PlanFormat.Operator.macs) }
  /// Bytes of the weights in the .tflite file.
  public var weightBytes: UInt64 { words.wide(PlanFormat.Operator.weightBytes) }

  /// Where an operand is.
  public func operand(_ slot: PlanFormat.Slot) -> PlanOperand {
    let first = PlanFormat.Operator.operands &+ 2 &* slot.rawValue
    return PlanOperand(place: words[first], bytes: words[first &+ 1])
  }

  var layout: UInt32 { words[PlanFormat.Operator.layout] }
  var parametersOffset: UInt32 { words[PlanFormat.Operator.parametersOffset] }
  var parametersBytes: UInt32 { words[PlanFormat.Operator.parametersBytes] }

  /// Parameters as they lie in the plan. Bounds: checked when the plan was opened.
  @inline(__always)
  func parameters<Value>(_ type: Value.Type, at offset: Int = 0) -> Value {
    (plan + Int(parametersOffset) + offset).assumingMemoryBound(to: Value.self).pointee
  }
}

/// An input or output of a plan.
public struct PlanPort {
  let words: PlanWords

  /// Where it is.
  public var operand: PlanOperand {
    PlanOperand(
      place: words[PlanFormat.Port.operand], bytes: words[PlanFormat.Port.operand &+ 1])
  }
  /// TensorType of the TFLite schema: 0 float32, 9 int8.
  public var elementType: Int { Int(words[PlanFormat.Port.elementType]) }
  /// Elements.
  public var count: Int { Int(words[PlanFormat.Port.count]) }
  /// Real numbers are scale x (element - zero point); 0 where elements are not quantized.
  public var scale: Float { Float(bitPattern: words[PlanFormat.Port.scale]) }
  /// The element that stands for 0.
  public var zeroPoint: Int32 { Int32(bitPattern: words[PlanFormat.Port.zeroPoint]) }
}
