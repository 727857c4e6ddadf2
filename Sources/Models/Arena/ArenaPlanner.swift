import Support

/// Says how much arena TFLM needs for a graph, to the byte, without running it.
///
/// Repeats what MicroInterpreter::AllocateTensors does (tensorflow/lite/micro of pico-tflmicro):
/// which structures it makes in which order, what each kernel's Prepare takes, and where its greedy
/// planner places activations.
public enum ArenaPlanner {
  /// No 32-bit target has more; larger tensors and arenas are refused.
  public static let mostBytes = Int(Int32.max)
  /// Scratch buffers that TFLM lets one operator ask for, and always keeps room for.
  private static let scratchBuffersPerOperator = 12

  /// The plan; throws for graphs that TFLM cannot load (hybrid ones, float16, elements without size;
  /// several subgraphs are not read) and for sizes that are refused: tensors and arenas above 2 GiB, more than
  /// `MemoryPlanner.mostBuffers` activations.
  ///
  /// A kind or type whose kernel is not known is given a margin, and the plan says so. A tensor with
  /// scales and without zero points counts as quantized; TFLM ignores such scales, and needs less.
  public static func plan(
    _ graph: Graph, target: ArenaTarget = .cortexM33
  ) throws(Diagnostic) -> ArenaPlan {
    let sizes = try ArenaCheck.sizes(graph)
    let tensors = graph.tensors.indices.filter {
      graph.tensors[$0].constant == nil && !graph.tensors[$0].isVariable && sizes[$0] > 0
    }
    try MemoryPlanner.checkCount(tensors.count)
    let kernels = try self.kernels(graph)
    var arena = Arena()
    takeSetup(&arena, graph, kernels, target)
    let requests = takePreparation(&arena, graph, kernels)

    arena.phase = .planning
    if !requests.isEmpty {
      arena.takePersistent(.scratchBufferHandle, count: requests.count)
    }
    let buffers = self.buffers(graph, tensors, sizes, requests)
    takePlanning(&arena, graph, sizes, requests: requests.count, planned: buffers.count)
    let plan = try MemoryPlanner.plan(buffers: buffers, alignment: Arena.alignment)

    arena.phase = .inference
    arena.setHead(plan.bytes)
    takeInputsAndOutputs(&arena, graph)
    guard arena.minimumBytes <= mostBytes else { throw tooLarge("the arena") }

    return ArenaPlan(
      target: target, headBytes: arena.head, tailBytes: arena.tail,
      minimumBytes: arena.minimumBytes, decisivePhase: arena.decisive,
      tensors: tensors.enumerated().map { position, index in
        ArenaPlan.TensorPlacement(
          tensorIndex: index, offset: plan.offsets[position], bytes: plan.sizes[position],
          firstStep: buffers[position].first, lastStep: buffers[position].last)
      },
      scratch: requests.enumerated().map { position, request in
        ArenaPlan.ScratchPlacement(
          operatorIndex: request.operatorIndex, what: request.what,
          offset: plan.offsets[tensors.count + position],
          bytes: plan.sizes[tensors.count + position])
      },
      persistent: arena.persistent, headLowerBound: plan.lowerBound,
      marginBytes: kernels.reduce(0) { $0 + $1.guessedBytes },
      remarks: ArenaCheck.remarks(kernels, graph))
  }

  private struct Request {
    let operatorIndex: Int
    let what: String
    let bytes: Int
  }

  private static func kernels(_ graph: Graph) throws(Diagnostic) -> [KernelMemory] {
    var result: [KernelMemory] = []
    result.reserveCapacity(graph.operators.count)
    for (index, each) in graph.operators.enumerated() {
      do throws(Diagnostic) {
        result.append(try KernelMemory(OperatorView(subject: each, tensors: graph.tensors)))
      } catch {
        throw error.within(Place(operatorIndex: index, operatorKind: each.kind.printableName))
      }
    }
    return result
  }

  /// MicroAllocator::Create, StartModelAllocation, options and OpData of all operators.
  private static func takeSetup(
    _ arena: inout Arena, _ graph: Graph, _ kernels: [KernelMemory], _ target: ArenaTarget
  ) {
    let isRecording = target.allocator == .recording
    arena.takePersistent(isRecording ? .recordingArenaBufferAllocator : .singleArenaBufferAllocator)
    arena.takePersistent(.greedyMemoryPlanner)
    arena.takePersistent(isRecording ? .recordingMicroAllocator : .microAllocator)
    arena.takePersistent(.microBuiltinDataAllocator)
    arena.setHead(scratchBuffersPerOperator * TFLMStructure.scratchBufferRequest.bytes)
    arena.takePersistent(.subgraphAllocations)
    arena.takePersistent(.evalTensor, count: graph.tensors.count)
    arena.takePersistent(.nodeAndRegistration, count: graph.operators.count)
    for (index, kernel) in kernels.enumerated() {
      guard let options = kernel.builtinData else { continue }
      arena.takePersistent(
        options.name, bytes: options.bytes, alignment: options.alignment, operatorIndex: index)
    }
    for (index, kernel) in kernels.enumerated() {
      guard let data = kernel.opData else { continue }
      arena.takePersistent(
        data.name, bytes: data.bytes, alignment: Arena.alignment, operatorIndex: index)
    }
  }

  /// Prepare of all kernels. The head holds what scratch memory was asked for.
  private static func takePreparation(
    _ arena: inout Arena, _ graph: Graph, _ kernels: [KernelMemory]
  ) -> [Request] {
    var requests: [Request] = []
    for (index, kernel) in kernels.enumerated() {
      arena.phase = .preparation(operatorIndex: index)
      for step in kernel.preparation {
        switch step {
        case .temporary(let tensor): takeTensor(&arena, graph.tensors[tensor])
        case .persistent(let what, let bytes):
          arena.takePersistent(
            what, bytes: bytes, alignment: Arena.alignment, operatorIndex: index)
        case .scratch(let what, let bytes):
          requests.append(Request(operatorIndex: index, what: what, bytes: bytes))
        }
      }
      arena.freeTemporary()
      arena.setHead(
        (requests.count + scratchBuffersPerOperator) * TFLMStructure.scratchBufferRequest.bytes)
    }
    return requests
  }

  /// A TfLiteTensor in temporary memory, with its zero points.
  private static func takeTensor(_ arena: inout Arena, _ tensor: Tensor) {
    arena.takeTemporary(
      bytes: TFLMStructure.tensor.bytes, alignment: TFLMStructure.tensor.alignment)
    guard let quantization = tensor.quantization else { return }
    arena.takeTemporary(bytes: TFLMStructure.affineQuantization.bytes, alignment: 4)
    arena.takeTemporary(bytes: TFLMStructure.intArray(quantization.scales.count), alignment: 4)
  }

  /// CommitStaticMemoryPlan: tables that live until offsets are known, then variables.
  private static func takePlanning(
    _ arena: inout Arena, _ graph: Graph, _ sizes: [Int], requests: Int, planned: Int
  ) {
    arena.takeTemporary(bytes: TFLMStructure.pointer.bytes, alignment: 4)
    arena.takeTemporary(
      bytes: (graph.tensors.count + requests) * TFLMStructure.allocationInfo.bytes, alignment: 4)
    for (index, tensor) in graph.tensors.enumerated() where tensor.isVariable {
      arena.takePersistent("variable", bytes: sizes[index], alignment: Arena.alignment)
    }
    arena.needFree(planned * TFLMStructure.plannedBuffer.bytes)
    arena.freeTemporary()
  }

  /// What the planner places, in TFLM's order: tensors, then scratch memory.
  private static func buffers(
    _ graph: Graph, _ tensors: [Int], _ sizes: [Int], _ requests: [Request]
  ) -> [MemoryPlanner.Buffer] {
    let lifetimes = TensorLifetimes(graph).all
    var all = tensors.map { index in
      // Tensors that nothing uses are placed as well, at a time of their own.
      let lifetime = lifetimes[index] ?? -1...(-1)
      return MemoryPlanner.Buffer(
        bytes: sizes[index], first: lifetime.lowerBound, last: lifetime.upperBound)
    }
    all += requests.map {
      MemoryPlanner.Buffer(
        bytes: $0.bytes, first: $0.operatorIndex + 1, last: $0.operatorIndex + 1)
    }
    return all
  }

  /// The tensors that `input()` and `output()` of the interpreter give.
  private static func takeInputsAndOutputs(_ arena: inout Arena, _ graph: Graph) {
    for (name, list) in [("inputs", graph.inputs), ("outputs", graph.outputs)] {
      arena.takePersistent(
        "pointers to \(name)", bytes: list.count * TFLMStructure.pointer.bytes,
        alignment: Arena.alignment)
      for index in list {
        arena.takePersistent(.tensor)
        guard let quantization = graph.tensors[index].quantization else { continue }
        arena.takePersistent(.affineQuantization)
        arena.takePersistent(
          "zero points", bytes: TFLMStructure.intArray(quantization.scales.count), alignment: 4)
      }
    }
  }

  static func tooLarge(_ what: String) -> Diagnostic {
    Diagnostic(
      "arena-size", "\(what) takes more than 2 GiB, all that a 32-bit target can use",
      remedy: "No microcontroller runs this model: make its input smaller, or use another.")
  }
}
