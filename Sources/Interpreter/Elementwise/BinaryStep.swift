import Kernels
import Models

/// ADD, SUB, MUL, MINIMUM and MAXIMUM, the smaller tensor repeated.
public enum BinaryStep: PreparedStep {
  case addInt8(SumParameters, Broadcast, BinaryOperands<Int8>)
  case subtractInt8(SumParameters, Broadcast, BinaryOperands<Int8>)
  case multiplyInt8(ProductParameters, Broadcast, BinaryOperands<Int8>)
  case minimumInt8(Broadcast, BinaryOperands<Int8>)
  case maximumInt8(Broadcast, BinaryOperands<Int8>)
  case addFloat(FloatRange, Broadcast, BinaryOperands<Float>)
  case subtractFloat(FloatRange, Broadcast, BinaryOperands<Float>)
  case multiplyFloat(FloatRange, Broadcast, BinaryOperands<Float>)
  case minimumFloat(Broadcast, BinaryOperands<Float>)
  case maximumFloat(Broadcast, BinaryOperands<Float>)

  /// Runs the kernel: the broadcast is that of the operands' shapes.
  public func run(_ memory: StepMemory) {
    switch self {
    case .addInt8(let parameters, let shape, let at):
      Kernels.addInt8(
        parameters, shape, left: memory.read(at.left), right: memory.read(at.right),
        output: memory.write(at.output))
    case .subtractInt8(let parameters, let shape, let at):
      Kernels.subtractInt8(
        parameters, shape, left: memory.read(at.left), right: memory.read(at.right),
        output: memory.write(at.output))
    case .multiplyInt8(let parameters, let shape, let at):
      Kernels.multiplyInt8(
        parameters, shape, left: memory.read(at.left), right: memory.read(at.right),
        output: memory.write(at.output))
    case .minimumInt8(let shape, let at):
      Kernels.minimumInt8(
        shape, left: memory.read(at.left), right: memory.read(at.right),
        output: memory.write(at.output))
    case .maximumInt8(let shape, let at):
      Kernels.maximumInt8(
        shape, left: memory.read(at.left), right: memory.read(at.right),
        output: memory.write(at.output))
    case .addFloat(let range, let shape, let at):
      Kernels.addFloat(
        shape, range: range, left: memory.read(at.left), right: memory.read(at.right),
        output: memory.write(at.output))
    case .subtractFloat(let range, let shape, let at):
      Kernels.subtractFloat(
        shape, range: range, left: memory.read(at.left), right: memory.read(at.right),
        output: memory.write(at.output))
    case .multiplyFloat(let range, let shape, let at):
      Kernels.multiplyFloat(
        shape, range: range, left: memory.read(at.left), right: memory.read(at.right),
        output: memory.write(at.output))
    case .minimumFloat(let shape, let at):
      Kernels.minimumFloat(
        shape, left: memory.read(at.left), right: memory.read(at.right),
        output: memory.write(at.output))
    case .maximumFloat(let shape, let at):
      Kernels.maximumFloat(
        shape, left: memory.read(at.left), right: memory.read(at.right),
        output: memory.write(at.output))
    }
  }
}
