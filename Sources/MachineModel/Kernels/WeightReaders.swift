import Core
import Models
import Reference

/// The reads of constants of a whole model, operator by operator.
struct WeightReaders {
  let kernels: KernelCosts
  /// Cycles per instruction, to turn a kernel's work between reads into time.
  let cyclesPerInstruction: Double

  /// Mean length of an instruction of TFLM's float reference kernels: 2356 bytes in 913 instructions
  /// (arm-none-eabi-gcc 12.2, -O3 -mcpu=cortex-m33, convolution, depthwise and matrix kernels).
  static let bytesPerInstruction = 2356.0 / 913.0

  /// One reader per operator; nil for those without weights. Constants lie one after the other in the
  /// order of the graph, aligned to 16 bytes as TFLite files align them.
  func make(_ model: ModelCost) -> [WeightReader?] {
    var address = 0
    func place(_ bytes: Int) -> Int {
      defer { address += (bytes + 15) / 16 * 16 }
      return address
    }
    return model.operators.map { cost in
      // A wild size in a model file must not overflow the addresses.
      guard !cost.weights.isEmpty, cost.weightBytes > 0, cost.weightBytes <= 1 << 28 else {
        return nil
      }
      let kernel = KernelClass(cost, dtype: model.dtype)
      guard var reader = shape(cost, kernel, dtype: model.dtype) else { return nil }
      reader.weightAddress = place(Int(cost.weightBytes))
      if cost.constantBytes >= 4 * reader.outputChannels {
        reader.biasAddress = place(4 * reader.outputChannels)
      }
      let pace = kernels.pace(kernel)
      reader.pace = KernelPace(
        perMAC: pace.perMAC * cyclesPerInstruction,
        perSegment: pace.perSegment * cyclesPerInstruction,
        perOutput: pace.perOutput * cyclesPerInstruction)
      // One pass of each loop is as long as its instructions; all of it runs at least once per output.
      let instructions = pace.perMAC + pace.perSegment + pace.perOutput
      reader.codeBytes = Int((instructions * Self.bytesPerInstruction).rounded(.up))
      return reader
    }
  }

  /// Everything but addresses and pace.
  private func shape(_ cost: OperatorCost, _ kernel: KernelClass, dtype: Dtype) -> WeightReader? {
    let weightBytes = dtype == .int8 ? 1 : 4
    if kernel == .floatMatrix || kernel == .int8Matrix {
      let batches = max(
        cost.output.dropLast().reduce(1) { $0 * max($1, 1) }, 1)
      return WeightReader(
        order: kernel == .int8Matrix ? .rowPairs : .rows, inputHeight: 1, inputWidth: 1,
        outputHeight: 1, outputWidth: min(batches, 1 << 16), outputChannels: cost.weights[0],
        filterHeight: 1, filterWidth: 1, depth: cost.weights[1], strideHeight: 1, strideWidth: 1,
        padTop: 0, padLeft: 0, weightBytes: weightBytes, weightAddress: 0, biasAddress: nil,
        pace: KernelPace())
    }
    guard let image = ImageWindow(cost) else { return nil }
    let order: LoopOrder
    switch kernel {
    case .floatConvolution: order = .everyPixel
    case .floatDepthwise: order = .depthwise
    case .int8Convolution: order = .everyTwoPixels
    case .int8Depthwise: order = .depthwiseQuads
    case .int8Pointwise:
      order = .pairStationary(wholeImage: image.rows.stride == 1 && image.columns.stride == 1)
    case .floatMatrix, .int8Matrix, .other: return nil
    }
    let isDepthwise = cost.kind == "DEPTHWISE_CONV_2D"
    return WeightReader(
      order: order, inputHeight: image.rows.size, inputWidth: image.columns.size,
      outputHeight: image.outputHeight, outputWidth: image.outputWidth,
      outputChannels: cost.output[3], filterHeight: image.rows.taps,
      filterWidth: image.columns.taps, depth: isDepthwise ? 1 : cost.weights[3],
      strideHeight: image.rows.stride, strideWidth: image.columns.stride, padTop: image.padTop,
      padLeft: image.padLeft, weightBytes: weightBytes, weightAddress: 0, biasAddress: nil,
      pace: KernelPace())
  }
}
