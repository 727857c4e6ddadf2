import Support

/// What must hold for a graph so that TFLM's arena can be planned, and what makes a plan inexact.
enum ArenaCheck {
  /// Bytes of each tensor as TFLM counts them.
  static func sizes(_ graph: Graph) throws(Diagnostic) -> [Int] {
    if let refusal = graph.tflmRefusal { throw refusal }
    for remark in graph.remarks where remark.rule == "subgraphs" {
      throw Diagnostic(
        "arena-subgraphs", "\(remark.message), and the arena holds all of them",
        remedy: "Convert the model without control flow.", place: remark.place)
    }
    if contains(graph.bytes, Array("OfflineMemoryAllocation".utf8)) {
      throw Diagnostic(
        "arena-offline-plan", "the file carries its own plan of the arena, which is not read",
        remedy: "Remove the metadata OfflineMemoryAllocation, or convert the model again.")
    }
    var result: [Int] = []
    result.reserveCapacity(graph.tensors.count)
    for (index, tensor) in graph.tensors.enumerated() {
      let place = Place(tensorIndex: index)
      guard let bytes = elementBytes(tensor.elementType) else {
        throw Diagnostic(
          "arena-element-type", "TFLM has no size for elements of type \(tensor.elementType.name)",
          remedy: "Convert the model without such tensors.", place: place)
      }
      guard let total = CheckedArithmetic.product(tensor.shape + [bytes]),
        total <= ArenaPlanner.mostBytes
      else { throw ArenaPlanner.tooLarge("the tensor").within(place) }
      result.append(total)
    }
    return result
  }

  /// TfLiteTypeSizeOf: elements are not packed.
  private static func elementBytes(_ type: ElementType) -> Int? {
    switch type {
    case .int4: 1
    case .resource: 4
    case .int2, .uint4, .float8e4m3fn, .float8e5m2: nil
    default: type.bits.map { $0 / 8 }
    }
  }

  /// One remark for each reason for a margin.
  static func remarks(_ kernels: [KernelMemory], _ graph: Graph) -> [Diagnostic] {
    var positions: [String: Int] = [:]
    var reasons: [(reason: String, first: Int, count: Int, bytes: Int)] = []
    for (index, kernel) in kernels.enumerated() {
      guard let reason = kernel.guess else { continue }
      if let position = positions[reason] {
        reasons[position].count += 1
        reasons[position].bytes += kernel.guessedBytes
      } else {
        positions[reason] = reasons.count
        reasons.append((reason, index, 1, kernel.guessedBytes))
      }
    }
    return reasons.map { entry in
      Diagnostic(
        "arena-margin",
        "\(entry.reason); \(entry.bytes) bytes are planned instead"
          + (entry.count > 1 ? " (\(entry.count) operators)" : ""),
        remedy: "Ask arena_used_bytes() on the board, or use float32 or int8 throughout.",
        place: Place(
          operatorIndex: entry.first,
          operatorKind: graph.operators[entry.first].kind.printableName), severity: .note)
    }
  }

  private static func contains(_ bytes: [UInt8], _ pattern: [UInt8]) -> Bool {
    guard let first = pattern.first, bytes.count >= pattern.count else { return false }
    // Bounds: reads at start + i, start <= bytes.count - pattern.count, i < pattern.count.
    return bytes.withUnsafeBufferPointer { bytes in
      for start in 0...(bytes.count - pattern.count) where bytes[start] == first {
        if pattern.indices.allSatisfy({ bytes[start + $0] == pattern[$0] }) { return true }
      }
      return false
    }
  }
}
