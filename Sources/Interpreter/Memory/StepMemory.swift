/// The memory of one interpreter, as its steps see it.
///
/// Operands come from a preparation, which found them inside the areas; so a pointer given here is
/// valid for `count` elements of its operand.
public struct StepMemory {
  let constants: UnsafeRawPointer
  let activations: UnsafeMutableRawPointer
  /// Bytes for the use of one step, as many as it asked for, at a multiple of 16; undefined contents.
  public let scratch: UnsafeMutableRawPointer

  /// The elements of a tensor, to be read.
  public func read<Element>(_ operand: InputOperand<Element>) -> UnsafePointer<Element> {
    let area =
      switch operand.region.area {
      case .constants: constants
      case .activations: UnsafeRawPointer(activations)
      }
    return (area + operand.region.offset).assumingMemoryBound(to: Element.self)
  }

  /// The same; nil for an operand that is left out.
  public func read<Element>(_ operand: InputOperand<Element>?) -> UnsafePointer<Element>? {
    guard let operand else { return nil }
    return read(operand) as UnsafePointer<Element>
  }

  /// The elements of a tensor, to be written.
  public func write<Element>(_ operand: OutputOperand<Element>) -> UnsafeMutablePointer<Element> {
    (activations + operand.region.offset).assumingMemoryBound(to: Element.self)
  }

  /// The bytes of a region.
  func bytes(_ region: MemoryMap.Region) -> UnsafeRawBufferPointer {
    let area =
      switch region.area {
      case .constants: constants
      case .activations: UnsafeRawPointer(activations)
      }
    return UnsafeRawBufferPointer(start: area + region.offset, count: region.byteCount)
  }
}
