import Engine
import Interpreter
import Kernels
import Models
import Support

extension UnaryStep {
  /// Kernel and parameters; int8 functions become tables, which cost one load for each element.
  func record(_ constants: inout ConstantBlock) throws(Diagnostic) -> OperatorRecord {
    switch self {
    case .requantize(let parameters, _):
      return try .table(&constants) { fillRequantizationTable(parameters, table: $0) }
    case .tanhInt8(let parameters, _):
      return try .table(&constants) { fillTanhTable(parameters, table: $0) }
    case .logisticInt8(let parameters, _):
      return try .table(&constants) { fillLogisticTable(parameters, table: $0) }
    case .clampInt8(let range, _): return OperatorRecord(.clampInt8, range)
    case .clampFloat(let range, _): return OperatorRecord(.clampFloat, range)
    case .tanhFloat: return OperatorRecord(.tanhFloat)
    case .logisticFloat: return OperatorRecord(.logisticFloat)
    case .softmaxInt8(let parameters, _): return OperatorRecord(.softmaxInt8, parameters)
    case .softmaxFloat(let parameters, _): return OperatorRecord(.softmaxFloat, parameters)
    case .quantize(let parameters, _): return OperatorRecord(.quantize, parameters)
    case .dequantize(let parameters, _): return OperatorRecord(.dequantize, parameters)
    }
  }
}

extension BinaryStep {
  /// Kernel, broadcast, then scales or a range.
  var record: OperatorRecord {
    switch self {
    case .addInt8(let values, let shape, _): .init(.addInt8, shape, values)
    case .subtractInt8(let values, let shape, _): .init(.subtractInt8, shape, values)
    case .multiplyInt8(let values, let shape, _): .init(.multiplyInt8, shape, values)
    case .minimumInt8(let shape, _): .init(.minimumInt8, shape)
    case .maximumInt8(let shape, _): .init(.maximumInt8, shape)
    case .addFloat(let range, let shape, _): .init(.addFloat, shape, range)
    case .subtractFloat(let range, let shape, _): .init(.subtractFloat, shape, range)
    case .multiplyFloat(let range, let shape, _): .init(.multiplyFloat, shape, range)
    case .minimumFloat(let shape, _): .init(.minimumFloat, shape)
    case .maximumFloat(let shape, _): .init(.maximumFloat, shape)
    }
  }
}

extension PoolingStep {
  /// Kernel and parameters.
  var record: OperatorRecord {
    switch self {
    case .averageInt8(let parameters, _): .init(.averagePoolInt8, parameters)
    case .averageFloat(let parameters, _): .init(.averagePoolFloat, parameters)
    case .maxInt8(let parameters, _): .init(.maxPoolInt8, parameters)
    case .maxFloat(let parameters, _): .init(.maxPoolFloat, parameters)
    }
  }
}

extension MeanStep {
  /// Kernel and parameters.
  var record: OperatorRecord {
    switch self {
    case .int8(let parameters, _): .init(.meanInt8, parameters)
    case .float(let parameters, _): .init(.meanFloat, parameters)
    }
  }
}

extension MovementStep {
  /// Kernel and parameters; behind them the value of a pad, or the bytes of an element.
  var record: OperatorRecord {
    switch self {
    case .padInt8(let parameters, let value, _): .init(.padInt8, parameters, Int32(value))
    case .padFloat(let parameters, _): .init(.padFloat, parameters)
    case .transposeInt8(let parameters, _): .init(.transposeInt8, parameters)
    case .transposeFloat(let parameters, _): .init(.transposeFloat, parameters)
    case .transposeBytes(let parameters, let elementSize, _, _):
      .init(.transposeBytes, parameters, elementSize)
    }
  }
}

extension OperatorRecord {
  fileprivate init<First, Second>(_ kernel: PlanKernel, _ first: First, _ second: Second) {
    self.init(kernel, first)
    append(second)
  }

  /// A function of int8 by the 256 entries that `fill` writes.
  fileprivate static func table(
    _ constants: inout ConstantBlock, _ fill: (UnsafeMutablePointer<Int8>) -> Void
  ) throws(Diagnostic) -> OperatorRecord {
    let entries = [Int8](unsafeUninitializedCapacity: 256) { buffer, count in
      // Bounds: a table has 256 entries, as the buffer has.
      guard let base = buffer.baseAddress else { return }
      fill(base)
      count = 256
    }
    var record = OperatorRecord(.lookUpInt8)
    record.operands[.second] = try constants.add(entries.map { UInt8(bitPattern: $0) })
    return record
  }
}
