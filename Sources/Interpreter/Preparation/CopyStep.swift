import Models
import Support

/// The same bytes in another tensor: RESHAPE.
public struct CopyStep: PreparedStep, Equatable {
  /// Where the bytes are.
  public let input: MemoryMap.Region
  /// Where they go; as many.
  public let output: MemoryMap.Region

  /// Copies.
  public func run(_ memory: StepMemory) {
    // Bounds: both regions lie inside their areas and have the same size; they do not overlap, as
    // each tensor has its own.
    UnsafeMutableRawBufferPointer(
      start: memory.activations + output.offset, count: output.byteCount
    ).copyMemory(from: memory.bytes(input))
  }

  /// RESHAPE: the same elements in the same order, whatever their type.
  static func prepareReshape(_ preparation: Preparation) throws(Diagnostic) -> any PreparedStep {
    try preparation.expectInputs(1...2)
    let input = try preparation.inputTensor(0)
    let output = try preparation.outputTensor()
    guard input.elementType == output.elementType else {
      throw preparation.unsupportedTypes(allowed: "the same type before and after")
    }
    // The shape that is asked for may be computed; what counts is the one that the graph states.
    guard input.elementCount == output.elementCount else {
      throw preparation.refusal(
        "shape-mismatch", "\(shown(input.shape)) cannot become \(shown(output.shape))",
        remedy: "Convert the model with fixed input shapes.")
    }
    return CopyStep(
      input: try preparation.region(ofInput: 0), output: try preparation.region(ofOutput: 0))
  }
}
