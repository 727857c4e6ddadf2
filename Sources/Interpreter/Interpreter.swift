// Runs a graph on the host with the kernels. Knows nothing of files.

import Models
import Support

/// Runs a graph on this machine with the kernels of the firmware.
///
/// Every tensor keeps its bytes until the next run. Not for use by several threads at once: make one
/// interpreter per thread from one `Plan`.
public final class Interpreter {
  /// What is run.
  public let plan: Plan
  /// Called after each operator for each of its outputs: positions in `Graph.operators` and
  /// `Graph.tensors`, and the bytes, which hold during the call.
  public var observer:
    ((_ operatorIndex: Int, _ outputTensor: Int, _ values: UnsafeRawBufferPointer) -> Void)?

  private let activations: AlignedBytes
  private let scratch: AlignedBytes

  /// Prepares every operator; throws at the first that cannot be run, see `Plan`.
  public convenience init(_ graph: Graph) throws(Diagnostic) {
    self.init(try Plan(graph))
  }

  /// Shares what is prepared.
  public init(_ plan: Plan) {
    self.plan = plan
    activations = AlignedBytes(count: plan.map.activationBytes)
    scratch = AlignedBytes(count: plan.scratchBytes)
  }

  /// One inference: little-endian arrays in the order of `Graph.inputs`, and of `Graph.outputs`.
  ///
  /// Throws where the number of arrays, or of bytes in one, is not that of the graph.
  public func run(_ inputs: [[UInt8]]) throws(Diagnostic) -> [[UInt8]] {
    try checkCount(inputs.count)
    for (tensor, bytes) in zip(plan.graph.inputs, inputs) {
      guard let region = plan.map.regions[tensor], region.byteCount == bytes.count else {
        throw Diagnostic(
          "input-size",
          "the input has \(bytes.count) bytes; \(shown(plan.graph.tensors[tensor].shape)) of "
            + "\(plan.graph.tensors[tensor].elementType.name) takes "
            + "\(plan.graph.tensors[tensor].byteCount ?? 0)",
          remedy: "Give one sample, in the model's own type.",
          place: Place(tensorIndex: tensor))
      }
      bytes.withUnsafeBytes { source in
        // Bounds: the region has as many bytes, inside the area. A plan's inputs are activations.
        UnsafeMutableRawBufferPointer(
          start: activations.base + region.offset, count: region.byteCount
        ).copyMemory(from: source)
      }
    }
    runSteps()
    return plan.graph.outputs.map { tensor in withTensor(tensor) { Array($0) } ?? [] }
  }

  /// The bytes of a tensor after the last run, zero before the first; nil for one without a region.
  public func withTensor<R>(_ tensor: Int, _ body: (UnsafeRawBufferPointer) -> R) -> R? {
    guard plan.map.regions.indices.contains(tensor), let region = plan.map.regions[tensor] else {
      return nil
    }
    return withExtendedLifetime(self) { body(memory.bytes(region)) }
  }

  func checkCount(_ count: Int) throws(Diagnostic) {
    guard count == plan.graph.inputs.count else {
      throw Diagnostic(
        "input-count", "there are \(count) arrays; the graph has \(plan.graph.inputs.count) inputs",
        remedy: "Give one array for each input.")
    }
  }

  private func runSteps() {
    let memory = memory
    withExtendedLifetime(self) {
      for (index, step) in plan.steps.enumerated() {
        step.run(memory)
        guard let observer else { continue }
        for tensor in plan.graph.operators[index].outputs {
          guard let region = plan.map.regions[tensor] else { continue }
          observer(index, tensor, memory.bytes(region))
        }
      }
    }
  }

  private var memory: StepMemory {
    StepMemory(
      constants: plan.constants.base, activations: activations.base, scratch: scratch.base)
  }
}
