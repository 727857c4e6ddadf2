import Engine
import Interpreter
import Models
import Support

/// The constants of a plan, each once, at multiples of 16.
struct ConstantBlock {
  private(set) var bytes: [UInt8] = []
  private var places: [[UInt8]: PlanOperand] = [:]

  /// Adds bytes, or finds the same ones.
  mutating func add(_ constant: [UInt8]) throws(Diagnostic) -> PlanOperand {
    if let place = places[constant] { return place }
    bytes.append(contentsOf: repeatElement(0, count: padding(bytes.count)))
    guard bytes.count + constant.count <= Int(PlanFormat.mostBytes) else {
      throw PlanFile.tooLarge("the constants take")
    }
    let operand = PlanOperand(
      place: UInt32(bytes.count) | PlanOperand.constantBit, bytes: UInt32(constant.count))
    bytes += constant
    places[constant] = operand
    return operand
  }

  /// Adds numbers, little-endian.
  mutating func add(_ numbers: [Int32]) throws(Diagnostic) -> PlanOperand {
    try add(numbers.flatMap { withUnsafeBytes(of: $0.littleEndian, Array.init) })
  }
}

/// Bytes up to the next multiple of 16.
func padding(_ count: Int) -> Int { -count & (PlanFormat.alignment - 1) }
