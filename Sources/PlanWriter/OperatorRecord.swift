import Engine
import Interpreter
import Models
import Support

/// An operator of a plan before it has its place.
struct OperatorRecord {
  var kernel: PlanKernel
  var layout = PlanWeightLayout.plain
  /// As they lie in memory.
  var parameters: [UInt8] = []
  /// By slot; left out where there is none.
  var operands: [PlanFormat.Slot: PlanOperand] = [:]

  init(_ kernel: PlanKernel) { self.kernel = kernel }

  /// With the parameters of its kernel.
  init<Value>(_ kernel: PlanKernel, _ parameters: Value) {
    self.kernel = kernel
    append(parameters)
  }

  /// Adds a value behind those that are there, as `PlanLayout.offset(behind:)` says.
  mutating func append<Value>(_ value: Value) {
    parameters.append(contentsOf: repeatElement(0, count: padding(parameters.count)))
    // The structures have no holes, so no byte of these is undefined.
    withUnsafeBytes(of: value) { parameters.append(contentsOf: $0) }
  }
}

/// An input or output of a plan.
struct PortRecord {
  let operand: PlanOperand
  let tensor: Tensor

  init(
    _ index: Int, in plan: Plan, memory: ActivationLayout,
    _ constants: inout ConstantBlock
  ) throws(Diagnostic) {
    tensor = plan.graph.tensors[index]
    operand = try place(of: index, in: plan, memory: memory, &constants)
  }
}

/// Where a tensor is in a plan: its constant is added where it has one.
func place(
  of tensor: Int, in plan: Plan, memory: ActivationLayout,
  _ constants: inout ConstantBlock
) throws(Diagnostic) -> PlanOperand {
  if let bytes = plan.withConstant(tensor, { Array($0) }) { return try constants.add(bytes) }
  // A tensor without elements has no place; it is there all the same.
  let count = plan.map.regions[tensor]?.byteCount ?? 0
  guard let offset = UInt32(exactly: memory.offsets[tensor] ?? 0),
    offset < PlanFormat.mostBytes, count <= Int(PlanFormat.mostBytes)
  else { throw PlanFile.tooLarge("activations take") }
  return PlanOperand(place: offset, bytes: UInt32(count))
}
