import Kernels

// Bounds: `PlanCheck` compared the sizes of parameters with those of all operands.

extension EngineRun {
  /// Operators of one input with an element of output for each of input.
  @inline(never)
  func runUnary(_ operation: PlanOperator) {
    let bytes = Int32(truncatingIfNeeded: operation.operand(.output).bytes)
    switch operation.kernel {
    case .copy:
      let input = operation.operand(.input)
      copyBytes(
        count: bytes, input: address(input),
        output: UnsafeMutableRawPointer(write(operation, as: UInt8.self)))
    case .lookUpInt8:
      lookUpInt8(
        table: read(operation, .second), count: bytes, input: read(operation, .input),
        output: write(operation))
    case .clampInt8:
      clampInt8(
        operation.parameters(Int8Range.self), count: bytes, input: read(operation, .input),
        output: write(operation))
    case .clampFloat:
      clampFloat(
        operation.parameters(FloatRange.self), count: bytes / 4, input: read(operation, .input),
        output: write(operation))
    case .tanhFloat:
      tanhFloat(count: bytes / 4, input: read(operation, .input), output: write(operation))
    case .logisticFloat:
      logisticFloat(count: bytes / 4, input: read(operation, .input), output: write(operation))
    case .quantize:
      quantizeFloat(
        operation.parameters(AffineInt8.self), count: bytes, input: read(operation, .input),
        output: write(operation))
    default:
      dequantizeInt8(
        operation.parameters(AffineInt8.self), count: bytes / 4, input: read(operation, .input),
        output: write(operation))
    }
  }

  /// ADD, SUB, MUL, MINIMUM, MAXIMUM of int8.
  @inline(never)
  func runBinaryInt8(_ operation: PlanOperator) {
    let shape = operation.parameters(Broadcast.self)
    let values = PlanLayout.offset(behind: Broadcast.self)
    let left: UnsafePointer<Int8> = read(operation, .input)
    let right: UnsafePointer<Int8> = read(operation, .second)
    let output: UnsafeMutablePointer<Int8> = write(operation)
    switch operation.kernel {
    case .addInt8:
      addInt8(
        operation.parameters(SumParameters.self, at: values), shape, left: left, right: right,
        output: output)
    case .subtractInt8:
      subtractInt8(
        operation.parameters(SumParameters.self, at: values), shape, left: left, right: right,
        output: output)
    case .multiplyInt8:
      multiplyInt8(
        operation.parameters(ProductParameters.self, at: values), shape, left: left,
        right: right, output: output)
    case .minimumInt8: minimumInt8(shape, left: left, right: right, output: output)
    default: maximumInt8(shape, left: left, right: right, output: output)
    }
  }

  /// The same of fp32.
  @inline(never)
  func runBinaryFloat(_ operation: PlanOperator) {
    let shape = operation.parameters(Broadcast.self)
    let left: UnsafePointer<Float> = read(operation, .input)
    let right: UnsafePointer<Float> = read(operation, .second)
    let output: UnsafeMutablePointer<Float> = write(operation)
    if operation.kernel == .minimumFloat {
      minimumFloat(shape, left: left, right: right, output: output)
      return
    }
    if operation.kernel == .maximumFloat {
      maximumFloat(shape, left: left, right: right, output: output)
      return
    }
    let range = operation.parameters(
      FloatRange.self, at: PlanLayout.offset(behind: Broadcast.self))
    switch operation.kernel {
    case .addFloat: addFloat(shape, range: range, left: left, right: right, output: output)
    case .subtractFloat:
      subtractFloat(shape, range: range, left: left, right: right, output: output)
    default: multiplyFloat(shape, range: range, left: left, right: right, output: output)
    }
  }

  /// PAD and TRANSPOSE.
  @inline(never)
  func runMovement(_ operation: PlanOperator) {
    let padValue = PlanLayout.offset(behind: PadParameters.self)
    switch operation.kernel {
    case .padInt8:
      padInt8(
        operation.parameters(PadParameters.self),
        value: Int8(truncatingIfNeeded: operation.parameters(Int32.self, at: padValue)),
        input: read(operation, .input), output: write(operation))
    case .padFloat:
      padFloat(
        operation.parameters(PadParameters.self), value: 0, input: read(operation, .input),
        output: write(operation))
    case .transposeInt8:
      transposeInt8(
        operation.parameters(TransposeParameters.self), input: read(operation, .input),
        output: write(operation))
    case .transposeFloat:
      transposeFloat(
        operation.parameters(TransposeParameters.self), input: read(operation, .input),
        output: write(operation))
    default:
      let elementSize = PlanLayout.offset(behind: TransposeParameters.self)
      transposeBytes(
        operation.parameters(TransposeParameters.self),
        elementSize: operation.parameters(Int32.self, at: elementSize),
        input: address(operation.operand(.input)),
        output: UnsafeMutableRawPointer(write(operation, as: UInt8.self)))
    }
  }
}
