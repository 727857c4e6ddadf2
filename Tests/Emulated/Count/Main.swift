import Board
import Kernels

/// Counts the instructions of kernels: one line of name, kind, MAC, instructions in int8
/// and fp32, how often the model has it, bytes of scratch memory.
///
/// QEMU's clock moves by 1024 ns with each instruction when `-icount shift=10`; a tick is 50 ns.
@main
struct Main {
  static func main() {
    var operands = Operands(random: Random(1), memory: Memory(bytes: 2 << 20))
    for shape in Shape.all {
      operands.memory.clear()
      let int8 = operands.int8(kernel: shape)
      operands.memory.clear()
      let float = operands.float(kernel: shape)
      Console.write("count\t")
      Console.write(shape.name)
      switch shape.kind {
      case .convolution: Console.write("\tCONV_2D\t")
      case .depthwise: Console.write("\tDEPTHWISE_CONV_2D\t")
      case .fullyConnected: Console.write("\tFULLY_CONNECTED\t")
      case .add: Console.write("\tADD\t")
      case .averagePool: Console.write("\tAVERAGE_POOL_2D\t")
      case .softmax: Console.write("\tSOFTMAX\t")
      }
      for number in [shape.macs, int8, float, shape.uses, operands.scratchBytes(shape)] {
        Console.write(number)
        Console.write("\t")
      }
      Console.write("\n")
    }
    Console.write("end\n")
  }
}

/// Instructions of a call, without those of reading the clock.
func instructions(_ body: () -> Void) -> Int32 {
  let start = board_ticks()
  let end = board_ticks()
  body()
  let ticks = UInt64(board_ticks() &- end) - UInt64(end &- start)
  return Int32((ticks * 50 + 512) / 1024)
}

extension Operands {
  fileprivate func scratchBytes(_ shape: Shape) -> Int32 {
    switch shape.kind {
    case .convolution: Int32(convolutionInt8ScratchBytes(shape.convolution))
    case .depthwise: Int32(depthwiseConvolutionInt8ScratchBytes(shape.convolution))
    case .fullyConnected, .add, .averagePool, .softmax: 0
    }
  }

  fileprivate mutating func int8(kernel shape: Shape) -> Int32 {
    switch shape.kind {
    case .convolution, .depthwise: int8(shape)
    case .fullyConnected: int8(shape.fullyConnected)
    case .add: addInt8(shape)
    case .averagePool: averagePoolInt8(shape)
    case .softmax: softmaxInt8(shape)
    }
  }

  fileprivate mutating func float(kernel shape: Shape) -> Int32 {
    switch shape.kind {
    case .convolution, .depthwise: float(shape)
    case .fullyConnected: float(shape.fullyConnected)
    case .add: addFloat(shape)
    case .averagePool: averagePoolFloat(shape)
    case .softmax: softmaxFloat(shape)
    }
  }

  private mutating func int8(_ shape: Shape) -> Int32 {
    let p = shape.convolution
    let isDepthwise = shape.kind == .depthwise
    let input = bytes(p.inputHeight * p.inputWidth * p.inputDepth)
    let filter = bytes(
      p.outputDepth * p.filterHeight * p.filterWidth * (isDepthwise ? 1 : p.filterDepth))
    let bias = words(p.outputDepth, -2048...2047)
    let multipliers = words(p.outputDepth, 1 << 30...(.max - 1))
    let shifts = words(p.outputDepth, -11 ... -8)
    let scratchBytes =
      isDepthwise ? depthwiseConvolutionInt8ScratchBytes(p) : convolutionInt8ScratchBytes(p)
    let scratch = memory.area(Int32(scratchBytes / 2), of: Int16.self)
    let output = memory.area(p.outputHeight * p.outputWidth * p.outputDepth, of: Int8.self)
    let kernel = isDepthwise ? depthwiseConvolutionInt8 : convolutionInt8
    return instructions {
      kernel(p, input, filter, UnsafePointer(bias), multipliers, shifts, scratch, output)
    }
  }

  private mutating func float(_ shape: Shape) -> Int32 {
    let p = shape.convolution
    let isDepthwise = shape.kind == .depthwise
    let input = floats(p.inputHeight * p.inputWidth * p.inputDepth)
    let filter = floats(
      p.outputDepth * p.filterHeight * p.filterWidth * (isDepthwise ? 1 : p.filterDepth))
    let bias = floats(p.outputDepth)
    let output = memory.area(p.outputHeight * p.outputWidth * p.outputDepth, of: Float.self)
    let kernel = isDepthwise ? depthwiseConvolutionFloat : convolutionFloat
    return instructions { kernel(p, input, filter, UnsafePointer(bias), output) }
  }

  private mutating func int8(_ p: FullyConnectedParameters) -> Int32 {
    let input = bytes(p.inputCount)
    let weights = bytes(p.inputCount * p.outputCount)
    let bias = words(p.outputCount, -2048...2047)
    let output = memory.area(p.outputCount, of: Int8.self)
    return instructions {
      fullyConnectedInt8(p, input: input, weights: weights, bias: bias, output: output)
    }
  }

  private mutating func float(_ p: FullyConnectedParameters) -> Int32 {
    let input = floats(p.inputCount)
    let weights = floats(p.inputCount * p.outputCount)
    let bias = floats(p.outputCount)
    let output = memory.area(p.outputCount, of: Float.self)
    return instructions {
      fullyConnectedFloat(p, input: input, weights: weights, bias: bias, output: output)
    }
  }

  /// int8 elements, aligned as a model's tensors are.
  mutating func bytes(_ count: Int32) -> UnsafeMutablePointer<Int8> {
    let area = memory.area(count, of: Int8.self)
    for index in 0..<Int(count) { area[index] = Int8(truncatingIfNeeded: random.word()) }
    return area
  }
}
