import Models
import Support

/// What a graph may take besides the memory of its tensors, found before anything is allocated.
enum Limits {
  /// The most work of one inference: minutes on a workstation, and a thousand times what a model for a
  /// microcontroller takes.
  static let largestWork: UInt64 = 100_000_000_000

  /// Throws where an inference takes too long, or too much memory for inputs, outputs and scales,
  /// all of which a file can ask for many times.
  static func check(_ graph: Graph) throws(Diagnostic) {
    let work = work(graph)
    guard work <= largestWork else {
      throw Diagnostic(
        "work",
        "an inference takes \(work) steps (MACs, bytes of operands, elements under windows); the "
          + "most that is run is \(largestWork)",
        remedy: "A model for a microcontroller takes a thousandth of that: check the shapes.")
    }
    var arrays: UInt64 = 0
    for index in graph.inputs + graph.outputs {
      arrays = sum(arrays, UInt64(graph.tensors[index].byteCount ?? 0))
    }
    for each in graph.operators where WeightedPreparations.kinds.contains(each.kind) {
      // A multiplier and a shift for each channel.
      for index in each.outputs {
        arrays = sum(arrays, product([8, graph.tensors[index].shape.last ?? 0]))
      }
    }
    guard arrays <= MemoryMap.largestArea else {
      throw Diagnostic(
        "memory",
        "inputs, outputs and scales of channels take \(arrays) bytes; 1 GiB is given to them",
        remedy: "A model for a microcontroller takes a few MB: check its shapes and batch.")
    }
  }

  /// MACs, bytes of the operands, and elements under the windows of pooling, which are no MACs.
  static func work(_ graph: Graph) -> UInt64 {
    var total: UInt64 = 0
    for (each, cost) in zip(graph.operators, graph.costs) {
      var windows: [Int] = []
      if case .pooling(let window, _) = each.attributes, let size = window.size,
        cost.input.count == 4
      {
        windows = cost.output + [min(size.height, cost.input[1]), min(size.width, cost.input[2])]
      }
      let parts = [
        cost.macs, cost.activationBytesIn, cost.activationBytesOut, cost.constantBytes,
        windows.isEmpty ? 0 : product(windows),
      ]
      for part in parts { total = sum(total, part) }
    }
    return total
  }

  /// As large as can be where it is larger.
  private static func product(_ sizes: [Int]) -> UInt64 {
    sizes.reduce(1) {
      let (value, overflows) = $0.multipliedReportingOverflow(by: UInt64(max($1, 0)))
      return overflows ? .max : value
    }
  }

  private static func sum(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let (value, overflows) = a.addingReportingOverflow(b)
    return overflows ? .max : value
  }
}
