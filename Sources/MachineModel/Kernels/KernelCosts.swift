import Core
import Models
import Reference
import Statistics

/// Instructions per MAC, per tap, per output and per call, for each kernel: fitted by least squares of
/// the relative error to the operators whose instructions were counted.
package struct KernelCosts: Sendable {
  /// The costs of one kernel.
  struct Entry: Sendable {
    var fit: LinearFit
    /// Largest relative error over the operators it was fitted to.
    var worst: Double
    var count: Int
  }

  private var entries: [KernelClass: Entry] = [:]

  /// From every operator that the tables give shapes and instructions of.
  init(_ reference: ReferenceData) {
    var rows: [KernelClass: (features: [[Double]], counts: [Double])] = [:]
    for model in reference.costs {
      let counted = reference.instructionsByOperator(of: model)
      for (cost, count) in zip(model.operators, counted) {
        guard let count, count > 0 else { continue }
        let kernel = KernelClass(cost, dtype: model.dtype)
        rows[kernel, default: ([], [])].features.append(Self.features(cost, kernel))
        rows[kernel, default: ([], [])].counts.append(Double(count))
      }
    }
    for (kernel, data) in rows {
      guard let fit = LinearFit.fit(rows: data.features, values: data.counts).value else {
        continue
      }
      entries[kernel] = Entry(
        fit: fit, worst: fit.errors.map(abs).max() ?? 0, count: data.counts.count)
    }
  }

  /// The fitted costs of a kernel; nil where no operator of it was counted.
  subscript(_ kernel: KernelClass) -> Entry? { entries[kernel] }

  /// Estimated instructions of an operator; nil where no operator of its kernel was counted.
  package func instructions(_ cost: OperatorCost, dtype: Dtype) -> Double? {
    let kernel = KernelClass(cost, dtype: dtype)
    guard let entry = entries[kernel] else { return nil }
    return max(
      zip(Self.features(cost, kernel), entry.fit.coefficients).reduce(0) { $0 + $1.0 * $1.1 }, 0)
  }

  /// Work of a kernel between its reads of weights, in instructions.
  func pace(_ kernel: KernelClass) -> KernelPace {
    guard let c = entries[kernel]?.fit.coefficients else { return KernelPace() }
    switch kernel {
    case .floatConvolution: return KernelPace(perMAC: c[0], perSegment: c[1], perOutput: c[2])
    case .floatMatrix, .int8Matrix, .int8Pointwise, .floatDepthwise, .int8Depthwise,
      .int8Convolution:
      return KernelPace(perMAC: c[0], perOutput: c[1])
    case .other: return KernelPace()
    }
  }

  /// What the instructions of a kernel are proportional to.
  private static func features(_ cost: OperatorCost, _ kernel: KernelClass) -> [Double] {
    let work = KernelWork(cost)
    switch kernel {
    case .floatConvolution: return [work.macs, work.taps, work.outputs, 1]
    case .floatDepthwise: return [work.macs, work.outputs, 1]
    case .int8Convolution: return [Double(cost.macs), work.outputs, work.copies]
    case .floatMatrix, .int8Matrix, .int8Pointwise, .int8Depthwise:
      return [Double(cost.macs), work.outputs, 1]
    case .other:
      return [Double(max(elements(cost.input), elements(cost.output)))]
    }
  }

  private static func elements(_ shape: [Int]) -> Int { shape.reduce(1) { $0 * max($1, 1) } }
}
