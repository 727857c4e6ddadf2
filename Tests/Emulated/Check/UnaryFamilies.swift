import Kernels

private typealias Int8Kernel = (Int32, UnsafePointer<Int8>, UnsafeMutablePointer<Int8>) -> Void

extension Check {
  mutating func unaryFamilies() {
    family("TANH int8", seed: 40, cases: 100) { check in
      let parameters = CurveParameters(check.operands.random.affine(-12...4))
      check.int8 { tanhInt8(parameters, count: $0, input: $1, output: $2) }
      check.table { fillTanhTable(parameters, table: $0) }
    }
    family("LOGISTIC int8", seed: 41, cases: 100) { check in
      let parameters = CurveParameters(check.operands.random.affine(-12...4))
      check.int8 { logisticInt8(parameters, count: $0, input: $1, output: $2) }
      check.table { fillLogisticTable(parameters, table: $0) }
    }
    family("RELU int8", seed: 42, cases: 100) { check in
      let (from, to) = (check.operands.random.affine(), check.operands.random.affine())
      check.requantization(RequantizationParameters(rectifying: from, to: to))
    }
    family("QUANTIZE int8", seed: 43, cases: 100) { check in
      let (from, to) = (check.operands.random.affine(), check.operands.random.affine())
      check.requantization(RequantizationParameters(quantizing: from, to: to))
    }
    family("RELU6 int8", seed: 44, cases: 50) { check in
      let from = check.operands.random.affine()
      let range = Int8Range(lowest: from.zeroPoint, highest: from.element(6))
      check.int8 { clampInt8(range, count: $0, input: $1, output: $2) }
    }
    family("QUANTIZE fp32", seed: 45, cases: 100) { check in
      let to = check.operands.random.affine()
      let input = check.operands.floats(64, special: true)
      // Halves, where rounding decides.
      for index in 0..<16 {
        input[index] = to.scale * Float(check.operands.random.int(-300...300)) / 2
      }
      let output = check.operands.memory.area(64, of: Int8.self, skew: 1)
      quantizeFloat(to, count: 64, input: input, output: output)
      check.take(output, 64)
    }
    family("DEQUANTIZE", seed: 46, cases: 100) { check in
      let from = check.operands.random.affine()
      let input = check.operands.int8(64)
      let output = check.operands.memory.area(64, of: Float.self, skew: 4)
      dequantizeInt8(from, count: 64, input: input, output: output)
      check.take(output, 64)
    }
    family("RELU fp32", seed: 47, cases: 50) { check in
      let range = check.operands.random.floatRange()
      let input = check.operands.floats(64, special: true)
      let output = check.operands.memory.area(64, of: Float.self, skew: 4)
      clampFloat(range, count: 64, input: input, output: output)
      check.take(output, 64)
    }
  }

  private mutating func int8(_ kernel: Int8Kernel) {
    let count = operands.random.int(1...100)
    let input = operands.int8(count)
    let output = operands.memory.area(count, of: Int8.self, skew: operands.random.int(0...3))
    kernel(count, input, output)
    take(output, count)
  }

  /// A table, and elements looked up in it.
  private mutating func table(_ fill: (UnsafeMutablePointer<Int8>) -> Void) {
    let table = operands.memory.area(256, of: Int8.self, skew: operands.random.int(0...3))
    fill(table)
    take(table, 256)
    int8 { lookUpInt8(table: table, count: $0, input: $1, output: $2) }
  }

  private mutating func requantization(_ parameters: RequantizationParameters?) {
    guard let parameters else { return take(-1) }
    int8 { requantizeInt8(parameters, count: $0, input: $1, output: $2) }
    table { fillRequantizationTable(parameters, table: $0) }
  }
}
