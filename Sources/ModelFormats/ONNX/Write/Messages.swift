#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
import Models

/// Parts of a file from what the graph has.
extension ONNXAttributeProto {
  static func ints(_ name: String, _ values: [Int]) -> ONNXAttributeProto {
    var result = ONNXAttributeProto()
    result.name = name
    result.ints = values.map { Int64($0) }
    result.type = .ints
    return result
  }

  static func int(_ name: String, _ value: Int) -> ONNXAttributeProto {
    var result = ONNXAttributeProto()
    result.name = name
    result.i = Int64(value)
    result.type = .int
    return result
  }
}

extension ONNXTensorProto {
  /// A float32 constant; its bytes are little-endian in both.
  init(_ tensor: Tensor, name: String) {
    self.init()
    self.name = name
    dims = tensor.shape.map { Int64($0) }
    dataType = Int32(DataType.float.rawValue)
    rawData = Data(tensor.constant ?? [])
  }

  init(list: [Int], name: String) {
    self.init()
    self.name = name
    dims = [Int64(list.count)]
    dataType = Int32(DataType.int64.rawValue)
    var bytes: [UInt8] = []
    for value in list {
      withUnsafeBytes(of: Int64(value).littleEndian) { bytes.append(contentsOf: $0) }
    }
    rawData = Data(bytes)
  }
}

extension ONNXValueInfoProto {
  /// A float32 tensor.
  init(_ name: String, shape: [Int]) {
    self.init()
    self.name = name
    var tensor = ONNXTypeProto.Tensor()
    tensor.elemType = Int32(ONNXTensorProto.DataType.float.rawValue)
    tensor.shape.dim = shape.map { size in
      var dimension = ONNXTensorShapeProto.Dimension()
      dimension.dimValue = Int64(size)
      return dimension
    }
    type.tensorType = tensor
  }
}
