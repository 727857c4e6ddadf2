import Support

/// Tensors.
extension TFLiteModel {
  /// TFLite's own kernels stop at 8 dimensions or fewer.
  private static var mostDimensions: Int { 32 }

  mutating func tensor(_ table: FlatTable<TFLiteSchema.Tensor>, index: Int)
    throws(Diagnostic) -> Tensor
  {
    let here = Place(offset: table.position, tensorIndex: index)
    let code = Int(try table.integer(.type, default: Int8(0)))
    guard let type = ElementType(rawValue: code) else {
      throw Diagnostic(
        "element-type",
        "the element type is number \(code); 0 to \(ElementType.allCases.count - 1) "
          + "are known", remedy: "Convert the model for an older runtime.", place: here)
    }
    let bufferIndex = Int(try table.integer(.buffer, default: UInt32(0)))
    // Buffer 0 means none, also where a file has no buffers at all.
    guard bufferIndex == 0 || buffers.indices.contains(bufferIndex) else {
      throw Diagnostic(
        "buffer-index", "the values are in buffer \(bufferIndex); there are \(buffers.count)",
        remedy: "The file is damaged: convert the model again.", place: here)
    }
    let constant = bufferIndex == 0 ? nil : buffers[bufferIndex]
    let dynamicShape = try shape(table, .shapeSignature)
    let isSparse = try table.target(.sparsity) != nil
    if dynamicShape.contains(where: { $0 < 0 }) { remarks.addDynamic(here) }
    if isSparse { remarks.addSparse(here) }
    if let start = constant?.lowerBound, let bits = type.bits, bits > 8,
      start % min(bits / 8, 8) != 0
    {
      remarks.addUnaligned(Place(offset: start, tensorIndex: index))
    }
    return Tensor(
      name: try table.string(.name) ?? "", shape: try shape(table, .shape), elementType: type,
      quantization: try quantization(table, here), constant: constant.map { flatBuffer.bytes[$0] },
      dynamicShape: dynamicShape, isVariable: try table.bool(.isVariable), isSparse: isSparse)
  }

  private func shape(
    _ table: FlatTable<TFLiteSchema.Tensor>, _ field: TFLiteSchema.Tensor
  ) throws(Diagnostic) -> [Int] {
    guard let vector = try table.vector(field, width: 4) else { return [] }
    guard vector.count <= Self.mostDimensions else {
      throw Diagnostic(
        "dimensions",
        "the shape has \(vector.count) dimensions; \(Self.mostDimensions) are allowed",
        remedy: "The file is damaged: convert the model again.",
        place: Place(offset: vector.range.lowerBound))
    }
    return try vector.integers(Int32.self).map { Int($0) }
  }

  private mutating func quantization(
    _ tensor: FlatTable<TFLiteSchema.Tensor>, _ here: Place
  ) throws(Diagnostic) -> Quantization? {
    guard
      let table = try tensor.table(.quantization, as: TFLiteSchema.QuantizationParameters.self)
    else { return nil }
    if try table.integer(.detailsType, default: UInt8(0)) != 0 { remarks.addQuantization(here) }
    // Files of real numbers have a table without scales.
    guard let scaleVector = try table.vector(.scale, width: 4), scaleVector.count > 0 else {
      return nil
    }
    let scales = try scaleVector.integers(UInt32.self).map { Float(bitPattern: $0) }
    var zeroPoints = try table.vector(.zeroPoint, width: 8)?.integers(Int64.self) ?? []
    // None means 0, one stands for all.
    if zeroPoints.count < 2 {
      zeroPoints = Array(repeating: zeroPoints.first ?? 0, count: scales.count)
    }
    let axis = Int(try table.integer(.quantizedDimension, default: Int32(0)))
    return Quantization(
      scales: scales, zeroPoints: zeroPoints, axis: scales.count > 1 ? axis : nil)
  }
}
