import Core
import Models
import Reference
import Support

extension ModelCost {
  /// MACs beyond which a model is no microcontroller's: several seconds of an RP2350 in int8.
  static let mostMACs: UInt64 = 1 << 30
  /// Values of one tensor beyond which it is no microcontroller's.
  static let mostValues = 1 << 24

  /// The costs of a graph, to be used like those of the tables.
  ///
  /// - Throws: a warning where the graph computes in neither int8 nor fp32, where MACs of an
  ///   operator are not counted, or where it is too large to be simulated.
  public init(_ graph: Graph, model: String, source: String) throws(Diagnostic) {
    func unusable(_ rule: String, _ message: String, remedy: String) -> Diagnostic {
      Diagnostic(rule, "model '\(model)' \(message)", remedy: remedy, severity: .warning)
    }
    guard let dtype = graph.dtype else {
      throw unusable(
        "model-dtype",
        "computes in neither int8 nor fp32 (\(graph.types)), so its costs are not used",
        remedy: "Convert it with full integer quantization, or without any.")
    }
    for cost in graph.costs {
      if let reason = cost.uncounted {
        throw unusable(
          "uncounted-operator",
          "has an operator \(cost.index) that cannot be counted (\(reason)), so its costs "
            + "are not used",
          remedy: "Give MACs and bytes in the log; the other models count.")
      }
    }
    let shapes = graph.costs.flatMap { [$0.input, $0.output, $0.weights] }
    guard graph.macs <= Self.mostMACs, shapes.allSatisfy(Self.isUsual) else {
      throw unusable(
        "model-too-large",
        "is too large for a microcontroller (\(Format.grouped(graph.macs)) MACs, at most "
          + "\(Format.grouped(Self.mostMACs)); at most \(Format.grouped(UInt64(Self.mostValues))) "
          + "values in a tensor), so its costs are not used",
        remedy: "Name the model that runs on the board.")
    }
    let operators = graph.costs.map { counted in
      var cost = counted.cost
      // The name of a custom operator may hold anything.
      cost.kind = String(cost.kind.prefix(64))
      return cost
    }
    let arena = try? ArenaPlanner.plan(graph)
    self.init(
      model: model, dtype: dtype, operators: operators, source: source,
      arenaBytes: arena.map { UInt64($0.minimumBytes) })
  }

  /// Sizes whose product is counted with zeros as ones, as whoever multiplies them may do.
  private static func isUsual(_ shape: [Int]) -> Bool {
    var product = 1
    for size in shape {
      guard size <= mostValues else { return false }
      product *= max(size, 1)
      guard product <= mostValues else { return false }
    }
    return true
  }
}
