import Models

/// A type that elements of a tensor can be loaded as.
public protocol TensorElement: BitwiseCopyable, Sendable {
  /// What tensors call it.
  static var elementType: ElementType { get }
}

extension Int8: TensorElement {
  /// `int8`.
  public static var elementType: ElementType { .int8 }
}
extension UInt8: TensorElement {
  /// `uint8`.
  public static var elementType: ElementType { .uint8 }
}
extension Int16: TensorElement {
  /// `int16`.
  public static var elementType: ElementType { .int16 }
}
extension Int32: TensorElement {
  /// `int32`.
  public static var elementType: ElementType { .int32 }
}
extension Float: TensorElement {
  /// `float32`.
  public static var elementType: ElementType { .float32 }
}

/// A tensor that a step reads: its region is known to hold `count` elements of the type.
public struct InputOperand<Element: TensorElement>: Sendable, Equatable {
  /// Position in `Graph.tensors`.
  public let tensor: Int
  /// Where its bytes are.
  public let region: MemoryMap.Region
  /// Number of elements.
  public let count: Int
}

/// A tensor that a step writes: its region is among the activations, and is known to hold `count`
/// elements of the type.
public struct OutputOperand<Element: TensorElement>: Sendable, Equatable {
  /// Position in `Graph.tensors`.
  public let tensor: Int
  /// Where its bytes are.
  public let region: MemoryMap.Region
  /// Number of elements.
  public let count: Int
}
