import Models

/// How much an inference takes, so that a graph with absurd sizes is refused before it runs.
enum Work {
  /// The most of one inference: minutes on a workstation, and a thousand times what a model for a
  /// microcontroller takes.
  static let largest: UInt64 = 100_000_000_000

  /// MACs, bytes of the operands, and elements under the windows of pooling, which are no MACs.
  static func of(_ graph: Graph) -> UInt64 {
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
