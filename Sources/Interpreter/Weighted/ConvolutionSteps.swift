import Kernels
import Models

// Bounds of both steps: the preparation found that input, weights and output have exactly the elements
// of the sizes in `parameters`, that bias, multipliers and shifts have one for each output channel, and
// that channels fall into groups; that is all that the kernels ask.

/// CONV_2D or DEPTHWISE_CONV_2D on float32.
public struct ConvolutionFloatStep: PreparedStep {
  /// True for DEPTHWISE_CONV_2D.
  public let isDepthwise: Bool
  /// Sizes, padding and range.
  public let parameters: ConvolutionParameters
  /// [N, H, W, C].
  public let input: InputOperand<Float>
  /// [out, h, w, C / groups]; depthwise [1, h, w, out].
  public let weights: InputOperand<Float>
  /// [out].
  public let bias: InputOperand<Float>?
  /// [N, H', W', out].
  public let output: OutputOperand<Float>

  /// Convolves.
  public func run(_ memory: StepMemory) {
    if isDepthwise {
      depthwiseConvolutionFloat(
        parameters, input: memory.read(input), filter: memory.read(weights),
        bias: memory.read(bias), output: memory.write(output))
    } else {
      convolutionFloat(
        parameters, input: memory.read(input), filter: memory.read(weights),
        bias: memory.read(bias), output: memory.write(output))
    }
  }
}

/// CONV_2D or DEPTHWISE_CONV_2D on int8.
public struct ConvolutionInt8Step: PreparedStep {
  /// True for DEPTHWISE_CONV_2D.
  public let isDepthwise: Bool
  /// Sizes, padding, offsets and range.
  public let parameters: ConvolutionParameters
  /// Scale of each output channel as a fraction of 2^31.
  public let multipliers: [Int32]
  /// Powers of two of those scales; positive shifts left.
  public let shifts: [Int32]
  /// [N, H, W, C].
  public let input: InputOperand<Int8>
  /// [out, h, w, C / groups]; depthwise [1, h, w, out].
  public let weights: InputOperand<Int8>
  /// [out].
  public let bias: InputOperand<Int32>?
  /// [N, H', W', out].
  public let output: OutputOperand<Int8>

  /// What the kernel needs on this machine.
  public var scratchBytes: Int {
    isDepthwise
      ? depthwiseConvolutionInt8ScratchBytes(parameters) : convolutionInt8ScratchBytes(parameters)
  }

  /// Convolves.
  public func run(_ memory: StepMemory) {
    let scratch = memory.scratch.assumingMemoryBound(to: Int16.self)
    multipliers.withUnsafeBufferPointer { multipliers in
      shifts.withUnsafeBufferPointer { shifts in
        // There is at least one channel, so neither is empty.
        guard let multipliers = multipliers.baseAddress, let shifts = shifts.baseAddress else {
          return
        }
        if isDepthwise {
          depthwiseConvolutionInt8(
            parameters, input: memory.read(input), filter: memory.read(weights),
            bias: memory.read(bias), multipliers: multipliers, shifts: shifts, scratch: scratch,
            output: memory.write(output))
        } else {
          convolutionInt8(
            parameters, input: memory.read(input), filter: memory.read(weights),
            bias: memory.read(bias), multipliers: multipliers, shifts: shifts, scratch: scratch,
            output: memory.write(output))
        }
      }
    }
  }
}
