import Kernels
import Models

// Bounds of both steps: the preparation found that input, weights and output have exactly the elements
// of the sizes in `parameters`, and that bias, multipliers and shifts have one for each row.

/// FULLY_CONNECTED on float32.
public struct FullyConnectedFloatStep: PreparedStep {
  /// Sizes and range.
  public let parameters: FullyConnectedParameters
  /// [batches, in].
  public let input: InputOperand<Float>
  /// [out, in].
  public let weights: InputOperand<Float>
  /// [out].
  public let bias: InputOperand<Float>?
  /// [batches, out].
  public let output: OutputOperand<Float>

  /// Multiplies.
  public func run(_ memory: StepMemory) {
    fullyConnectedFloat(
      parameters, input: memory.read(input), weights: memory.read(weights),
      bias: memory.read(bias), output: memory.write(output))
  }
}

/// FULLY_CONNECTED on int8.
public struct FullyConnectedInt8Step: PreparedStep {
  /// Sizes, offsets, range, and the scale where there is one for all rows.
  public let parameters: FullyConnectedParameters
  /// Scale of each row as a fraction of 2^31; empty where there is one for all.
  public let multipliers: [Int32]
  /// Powers of two of those scales; positive shifts left.
  public let shifts: [Int32]
  /// [batches, in].
  public let input: InputOperand<Int8>
  /// [out, in].
  public let weights: InputOperand<Int8>
  /// [out].
  public let bias: InputOperand<Int32>?
  /// [batches, out].
  public let output: OutputOperand<Int8>

  /// Multiplies.
  public func run(_ memory: StepMemory) {
    if multipliers.isEmpty {
      fullyConnectedInt8(
        parameters, input: memory.read(input), weights: memory.read(weights),
        bias: memory.read(bias), output: memory.write(output))
      return
    }
    multipliers.withUnsafeBufferPointer { multipliers in
      shifts.withUnsafeBufferPointer { shifts in
        guard let multipliers = multipliers.baseAddress, let shifts = shifts.baseAddress else {
          return
        }
        fullyConnectedPerChannelInt8(
          parameters, input: memory.read(input), weights: memory.read(weights),
          bias: memory.read(bias), multipliers: multipliers, shifts: shifts,
          output: memory.write(output))
      }
    }
  }
}
