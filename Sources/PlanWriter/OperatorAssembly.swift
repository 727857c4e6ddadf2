import Engine
import Interpreter
import Kernels
import Models
import Support

/// Makes the record of one operator from its prepared step.
struct OperatorAssembly {
  let plan: Plan
  let memory: ActivationLayout
  let index: Int

  /// The record; throws for a step that the engine has no kernel for.
  func record(_ constants: inout ConstantBlock) throws(Diagnostic) -> OperatorRecord {
    let operation = plan.graph.operators[index]
    var record: OperatorRecord
    var dataInputs = 1
    switch plan.steps[index] {
    case is CopyStep: record = OperatorRecord(.copy)
    case let step as FullyConnectedFloatStep:
      record = OperatorRecord(.fullyConnectedFloat, step.parameters)
      try addWeights(operation, to: &record, &constants)
    case let step as FullyConnectedInt8Step:
      record = OperatorRecord(
        step.multipliers.isEmpty ? .fullyConnectedInt8 : .fullyConnectedPerChannelInt8,
        step.parameters)
      try addWeights(operation, to: &record, &constants)
      try addScales(step.multipliers, step.shifts, to: &record, &constants)
    case let step as ConvolutionFloatStep:
      record = OperatorRecord(
        step.isDepthwise ? .depthwiseConvolutionFloat : .convolutionFloat, step.parameters)
      try addWeights(operation, to: &record, &constants)
    case let step as ConvolutionInt8Step:
      record = OperatorRecord(
        step.isDepthwise ? .depthwiseConvolutionInt8 : .convolutionInt8, step.parameters)
      try addWeights(operation, to: &record, &constants)
      try addScales(step.multipliers, step.shifts, to: &record, &constants)
    case let step as UnaryStep: record = try step.record(&constants)
    case let step as BinaryStep:
      record = step.record
      dataInputs = 2
    case let step as PoolingStep: record = step.record
    case let step as MeanStep: record = step.record
    case let step as MovementStep: record = step.record
    default:
      throw Diagnostic(
        "operator-kind", "the engine of the firmware has no kernel for it",
        remedy: "Run the model with 'modelgen run'.",
        place: Place(operatorIndex: index, operatorKind: operation.kind.name))
    }
    record.operands[.input] = try operand(operation.inputs.first ?? nil, &constants)
    if dataInputs > 1 { record.operands[.second] = try operand(operation.inputs[1], &constants) }
    record.operands[.output] = try operand(operation.outputs.first, &constants)
    if let offset = memory.scratch[index] {
      let bytes = UInt32(memory.scratchBytes[index])
      record.operands[.scratch] = PlanOperand(place: UInt32(offset), bytes: bytes)
      record.operands[.otherScratch] = PlanOperand(place: UInt32(memory.bytes), bytes: bytes)
    }
    return record
  }

  private func operand(
    _ tensor: Int?, _ constants: inout ConstantBlock
  ) throws(Diagnostic) -> PlanOperand? {
    guard let tensor else { return nil }
    return try place(of: tensor, in: plan, memory: memory, &constants)
  }

  private func addWeights(
    _ operation: Operator, to record: inout OperatorRecord, _ constants: inout ConstantBlock
  ) throws(Diagnostic) {
    record.operands[.second] = try operand(operation.inputs[1], &constants)
    let bias = operation.inputs.count > 2 ? operation.inputs[2] : nil
    record.operands[.bias] = try operand(bias, &constants)
  }

  private func addScales(
    _ multipliers: [Int32], _ shifts: [Int32], to record: inout OperatorRecord,
    _ constants: inout ConstantBlock
  ) throws(Diagnostic) {
    guard !multipliers.isEmpty else { return }
    record.operands[.multipliers] = try constants.add(multipliers)
    record.operands[.shifts] = try constants.add(shifts)
  }
}
