import Kernels

extension Check {
  /// Kernels that use functions of the C library, whose last bits are not those of the host.
  mutating func libraryFamilies() {
    family("TANH fp32", seed: 60, cases: 20) { check in
      check.real { tanhFloat(count: $0, input: $1, output: $2) }
    }
    family("LOGISTIC fp32", seed: 61, cases: 20) { check in
      check.real { logisticFloat(count: $0, input: $1, output: $2) }
    }
    family("SOFTMAX fp32", seed: 62, cases: 20) { check in
      let depth = check.operands.random.int(1...12)
      let parameters = SoftmaxParameters(rows: 12 / depth, depth: depth, beta: 1)
      check.real(count: 12 / depth * depth) { _, input, output in
        softmaxFloat(parameters, input: input, output: output)
      }
    }
  }

  private mutating func real(
    count: Int32 = 12,
    _ kernel: (Int32, UnsafePointer<Float>, UnsafeMutablePointer<Float>) -> Void
  ) {
    let input = operands.floats(count)
    for index in 0..<Int(count) { input[index] *= 20 }
    let output = operands.memory.area(count, of: Float.self, skew: 4)
    kernel(count, input, output)
    show(output, count)
  }
}
