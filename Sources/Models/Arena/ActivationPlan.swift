import Support

/// Where the built-in engine keeps activations and the scratch memory of its kernels.
public struct ActivationPlan: Sendable, Equatable {
  /// Tensors that take memory, ascending; constants and tensors that nothing uses do not.
  public let tensors: [ArenaPlan.TensorPlacement]
  /// Scratch memory, in the order of operators.
  public let scratch: [ArenaPlan.ScratchPlacement]
  /// Size of the memory.
  public let bytes: Int
  /// The most bytes that are needed in one step; no plan takes fewer.
  public let lowerBound: Int
}

extension MemoryPlanner {
  /// Places what one inference of `graph` needs besides constants: activations, and
  /// `scratchBytes[i]` bytes while operator i runs (none where it is 0 or the array ends).
  ///
  /// Variables keep their place and value throughout. Throws for sizes that are refused, and for a
  /// tensor whose elements have no fixed size.
  public static func plan(
    _ graph: Graph, scratchBytes: [Int] = [], alignment: Int = 16
  ) throws(Diagnostic) -> ActivationPlan {
    let lifetimes = TensorLifetimes(graph).all
    var buffers: [Buffer] = []
    var tensors: [Int] = []
    for (index, tensor) in graph.tensors.enumerated() where tensor.constant == nil {
      guard var lifetime = lifetimes[index], tensor.elementCount != 0 else { continue }
      guard let bytes = tensor.byteCount else {
        throw Diagnostic(
          "memory-plan", "elements of type \(tensor.elementType.name) have no fixed size",
          remedy: "Convert the model without such tensors.", place: Place(tensorIndex: index))
      }
      if tensor.isVariable { lifetime = 0...graph.operators.count }
      tensors.append(index)
      buffers.append(Buffer(bytes: bytes, first: lifetime.lowerBound, last: lifetime.upperBound))
    }
    let users = graph.operators.indices.filter {
      scratchBytes.indices.contains($0) && scratchBytes[$0] != 0
    }
    buffers += users.map { Buffer(bytes: scratchBytes[$0], first: $0 + 1, last: $0 + 1) }
    let plan = try plan(buffers: buffers, alignment: alignment)
    return ActivationPlan(
      tensors: tensors.enumerated().map { position, index in
        ArenaPlan.TensorPlacement(
          tensorIndex: index, offset: plan.offsets[position], bytes: plan.sizes[position],
          firstStep: buffers[position].first, lastStep: buffers[position].last)
      },
      scratch: users.enumerated().map { position, index in
        ArenaPlan.ScratchPlacement(
          operatorIndex: index, what: "scratch", offset: plan.offsets[tensors.count + position],
          bytes: plan.sizes[tensors.count + position])
      }, bytes: plan.bytes, lowerBound: plan.lowerBound)
  }
}
