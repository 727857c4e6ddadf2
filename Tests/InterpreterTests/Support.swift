import Models
import Support
import TestSupport
import Testing

@testable import Interpreter

/// The diagnostic with which making or preparing the graph ends; nil where it can be run.
func refusal(_ draft: GraphDraft) -> Diagnostic? {
  do throws(Diagnostic) {
    _ = try Plan(try draft.graph())
    return nil
  } catch {
    return error
  }
}

/// The diagnostic that `body` throws; nil where it throws none.
func diagnostic(_ body: () throws(Diagnostic) -> Void) -> Diagnostic? {
  do throws(Diagnostic) {
    try body()
    return nil
  } catch {
    return error
  }
}

/// Little-endian bytes of numbers.
func bytes(_ values: [Float]) -> [UInt8] {
  values.flatMap { withUnsafeBytes(of: $0.bitPattern.littleEndian, Array.init) }
}

/// Bytes of int8 numbers.
func bytes(_ values: [Int8]) -> [UInt8] { values.map { UInt8(bitPattern: $0) } }

/// An int8 activation with one scale.
func int8Tensor(
  _ shape: [Int], scale: Float = 0.5, zeroPoint: Int64 = 0, name: String = ""
) -> Tensor {
  Tensor(
    name: name, shape: shape, elementType: .int8,
    quantization: Quantization(scales: [scale], zeroPoints: [zeroPoint]))
}
