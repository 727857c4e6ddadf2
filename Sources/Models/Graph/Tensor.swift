/// How integers stand for real numbers: real = scale x (integer - zero point).
public struct Quantization: Sendable, Equatable {
  /// One scale, or one per index along `axis`.
  public var scales: [Float]
  /// As many zero points as scales.
  public var zeroPoints: [Int64]
  /// The dimension of the shape along which scales differ; nil where there is one for all.
  public var axis: Int?

  /// Makes the parameters of a tensor.
  public init(scales: [Float], zeroPoints: [Int64], axis: Int? = nil) {
    self.scales = scales
    self.zeroPoints = zeroPoints
    self.axis = axis
  }
}

/// A tensor of a graph.
public struct Tensor: Sendable, Equatable {
  /// Name given by the converter; may be empty, need not be unique.
  public var name: String
  /// Sizes, [N, H, W, C] for images; empty for a scalar.
  public var shape: [Int]
  /// The shape with -1 for sizes that change from call to call; empty where nothing changes.
  public var dynamicShape: [Int]
  /// What the elements are.
  public var elementType: ElementType
  /// nil where the elements are the numbers themselves.
  public var quantization: Quantization?
  /// Its values, little-endian and row by row: a part of the file's bytes, which are not copied, or of
  /// others; nil for a tensor that is computed or given.
  public var constant: ArraySlice<UInt8>?
  /// Keeps its value from one inference to the next.
  public var isVariable: Bool
  /// The constant holds a compressed form, not all elements.
  public var isSparse: Bool

  /// Makes a tensor; `Graph` checks it.
  public init(
    name: String, shape: [Int], elementType: ElementType, quantization: Quantization? = nil,
    constant: ArraySlice<UInt8>? = nil, dynamicShape: [Int] = [], isVariable: Bool = false,
    isSparse: Bool = false
  ) {
    self.name = name
    self.shape = shape
    self.dynamicShape = dynamicShape
    self.elementType = elementType
    self.quantization = quantization
    self.constant = constant
    self.isVariable = isVariable
    self.isSparse = isSparse
  }

  /// Number of elements; nil where the shape has a negative size or the product overflows.
  public var elementCount: Int? { CheckedArithmetic.product(shape) }

  /// Bytes of all elements, packed; nil where `elementCount` is, or elements have no fixed size.
  public var byteCount: Int? {
    guard let count = elementCount, let bits = elementType.bits else { return nil }
    let (total, overflows) = count.multipliedReportingOverflow(by: bits)
    return overflows || total > .max - 7 ? nil : (total + 7) / 8
  }
}
