import Support

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
import Models

/// Constants of the file as values. The number of elements must be that of the shape.
struct TensorDecoding {
  private let proto: ONNXTensorProto
  private let name: String

  init(_ proto: ONNXTensorProto, name: String) {
    self.proto = proto
    self.name = name
  }

  /// The constant; `isConverted` becomes true where its numbers were rounded to float32.
  func value(isConverted: inout Bool) throws(Diagnostic) -> Value {
    guard proto.dataLocation == .default, proto.externalData.isEmpty else {
      let location = proto.externalData.first { $0.key == "location" }?.value ?? ""
      throw failure(
        "external-data", "its numbers stand in another file, `\(printable(location))`",
        remedy: "Save the model as one file: onnx.save(model, path, save_as_external_data=False).")
    }
    guard !proto.hasSegment else {
      throw failure("tensor", "it is one part of a tensor that was split")
    }
    let shape = proto.dims.map { Int($0) }
    guard shape.count <= Importer.largestRank,
      shape.allSatisfy({ (0...TensorCheck.largestSize).contains($0) }),
      let count = CheckedArithmetic.product(shape)
    else { throw failure("shape", "its shape \(TensorCheck.text(shape)) cannot be") }
    switch ONNXTensorProto.DataType(rawValue: Int(proto.dataType)) {
    case .float:
      return .floats(try floats(count, shape))
    case .double:
      isConverted = true
      let words = try words(count, UInt64.self, proto.doubleData) { $0.bitPattern }
      return .floats(Self.tensor(words.map { Float(Double(bitPattern: $0)) }, shape, name))
    case .float16:
      isConverted = true
      let words = try words(count, UInt16.self, proto.int32Data) {
        UInt16(truncatingIfNeeded: $0)
      }
      return .floats(Self.tensor(words.map(HalfFloat.float), shape, name))
    case .int64:
      let words = try words(count, UInt64.self, proto.int64Data) { UInt64(bitPattern: $0) }
      return .integers(words.map { Int(Int64(bitPattern: $0)) }, shape: shape)
    case .int32:
      let words = try words(count, UInt32.self, proto.int32Data) { UInt32(bitPattern: $0) }
      return .integers(words.map { Int(Int32(bitPattern: $0)) }, shape: shape)
    case .bool:
      let words = try words(count, UInt8.self, proto.int32Data) { $0 == 0 ? 0 : 1 }
      return .integers(words.map { Int($0) }, shape: shape)
    case let type:
      return .unusable(
        "it is a constant of type \(type.map { "\($0)" } ?? "\(proto.dataType)"); float, double, "
          + "float16, int32, int64 and bool are read")
    }
  }

  /// Float32 in raw_data is stored as constants are here.
  private func floats(_ count: Int, _ shape: [Int]) throws(Diagnostic) -> Tensor {
    guard proto.hasRawData else {
      let words = try words(count, UInt32.self, proto.floatData) { $0.bitPattern }
      return Self.tensor(words.map(Float.init(bitPattern:)), shape, name)
    }
    try checkRawData(count, size: 4)
    return Tensor(
      name: name, shape: shape, elementType: .float32, constant: [UInt8](proto.rawData)[...])
  }

  private static func tensor(_ values: [Float], _ shape: [Int], _ name: String) -> Tensor {
    .floats(values, shape: shape, name: name)
  }

  /// The bits of all elements, from raw_data or from the list of the type.
  private func words<Word: FixedWidthInteger, Listed>(
    _ count: Int, _: Word.Type, _ list: [Listed], _ bits: (Listed) -> Word
  ) throws(Diagnostic) -> [Word] {
    guard proto.hasRawData else {
      guard list.count == count else {
        throw failure(
          "constant-size",
          "it holds \(list.count) numbers; its shape "
            + "\(TensorCheck.text(proto.dims.map { Int($0) })) takes \(count)")
      }
      return list.map(bits)
    }
    let size = MemoryLayout<Word>.size
    try checkRawData(count, size: size)
    // Bounds: reads at size x index, index < count, of size x count bytes; alignment not assumed.
    return proto.rawData.withUnsafeBytes { bytes in
      (0..<count).map {
        Word(littleEndian: bytes.loadUnaligned(fromByteOffset: size * $0, as: Word.self))
      }
    }
  }

  private func checkRawData(_ count: Int, size: Int) throws(Diagnostic) {
    // Divided, as the product may overflow.
    guard proto.rawData.count % size == 0, proto.rawData.count / size == count else {
      throw failure(
        "constant-size",
        "raw_data has \(proto.rawData.count) bytes; its shape "
          + "\(TensorCheck.text(proto.dims.map { Int($0) })) takes \(count) times \(size)")
    }
  }

  private func failure(
    _ rule: String, _ message: String, remedy: String = "The model is damaged: export it again."
  ) -> Diagnostic {
    Diagnostic(rule, "the constant `\(printable(name))`: \(message)", remedy: remedy)
  }
}
