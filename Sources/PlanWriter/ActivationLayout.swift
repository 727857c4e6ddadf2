import Engine
import Interpreter
import Models
import Support

/// Where tensors and scratch memory are in the arena.
///
/// A RESHAPE shares its input's place: the same bytes, living from the input's first step to the
/// output's last. The other core's scratch memory stands behind everything else.
struct ActivationLayout {
  /// By tensor, in bytes; nil for one that takes no memory.
  let offsets: [Int?]
  /// By operator; nil for one without scratch memory.
  let scratch: [Int?]
  /// Bytes of scratch memory, by operator.
  let scratchBytes: [Int]
  /// The arena for one core, and so where the other core's scratch memory is.
  let bytes: Int
  /// The arena for two.
  let bytesOfTwo: Int

  init(_ plan: Plan) throws(Diagnostic) {
    let graph = plan.graph
    scratchBytes = plan.steps.map(\.scratchBytes)
    let apart = try MemoryPlanner.plan(graph, scratchBytes: scratchBytes)
    // Tensors that share a place, by the first of them.
    var roots = Array(graph.tensors.indices)
    for (step, each) in zip(plan.steps, graph.operators) where step is CopyStep {
      guard let input = each.inputs.first ?? nil, let output = each.outputs.first,
        graph.tensors[input].constant == nil
      else { continue }
      roots[output] = roots[input]
    }
    var positions: [Int: Int] = [:]
    var buffers: [MemoryPlanner.Buffer] = []
    for each in apart.tensors {
      let root = roots[each.tensorIndex]
      if let position = positions[root] {
        buffers[position].first = min(buffers[position].first, each.firstStep)
        buffers[position].last = max(buffers[position].last, each.lastStep)
      } else {
        positions[root] = buffers.count
        buffers.append(.init(bytes: each.bytes, first: each.firstStep, last: each.lastStep))
      }
    }
    let tensorCount = buffers.count
    for each in apart.scratch {
      let step = each.operatorIndex + 1
      buffers.append(.init(bytes: each.bytes, first: step, last: step))
    }
    let shared = try MemoryPlanner.plan(buffers: buffers)
    var offsets = [Int?](repeating: nil, count: graph.tensors.count)
    for each in apart.tensors {
      offsets[each.tensorIndex] = positions[roots[each.tensorIndex]].map { shared.offsets[$0] }
    }
    var scratch = [Int?](repeating: nil, count: graph.operators.count)
    for (position, each) in apart.scratch.enumerated() {
      scratch[each.operatorIndex] = shared.offsets[tensorCount + position]
    }
    self.offsets = offsets
    self.scratch = scratch
    bytes = shared.bytes
    let most = scratchBytes.max() ?? 0
    bytesOfTwo = bytes + (most + PlanFormat.alignment - 1) & ~(PlanFormat.alignment - 1)
  }
}
