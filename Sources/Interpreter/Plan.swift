import Models
import Support

/// A graph ready to run: a step for each operator, and where its tensors are.
///
/// One plan serves any number of interpreters, which share its constants.
public struct Plan: Sendable {
  /// What is run.
  public let graph: Graph
  /// Where its tensors are.
  public let map: MemoryMap
  /// In the order of `graph.operators`, one for each.
  public let steps: [any PreparedStep]
  /// The largest need of a step, in bytes.
  public let scratchBytes: Int
  let constants: ConstantBytes

  /// Prepares every operator of `graph`; throws at the first that cannot be run, with its place: kind,
  /// combination of types or shapes, or more memory or work than is allowed.
  public init(_ graph: Graph) throws(Diagnostic) {
    for index in graph.inputs where graph.tensors[index].constant != nil {
      throw Diagnostic(
        "input-constant", "an input of the graph is a constant",
        remedy: "The model is damaged: convert it again.", place: Place(tensorIndex: index))
    }
    map = try MemoryMap(graph)
    try Limits.check(graph)
    for index in graph.inputs + graph.outputs where map.regions[index] == nil {
      throw Diagnostic(
        "no-storage", "an input or output of the graph is sparse or has no fixed size",
        remedy: "Convert the model with dense tensors.", place: Place(tensorIndex: index))
    }
    var steps: [any PreparedStep] = []
    steps.reserveCapacity(graph.operators.count)
    for index in graph.operators.indices {
      let preparation = Preparation(graph, index: index, map: map)
      let step = try KindPreparations.step(preparation)
      guard step.scratchBytes <= MemoryMap.largestArea else {
        throw preparation.refusal(
          "memory", "the operator takes \(step.scratchBytes) bytes of scratch; 1 GiB is the most",
          remedy: "Windows and channels this many are no model's: check the shapes.")
      }
      steps.append(step)
    }
    scratchBytes = steps.reduce(0) { max($0, $1.scratchBytes) }
    constants = ConstantBytes(map, tensors: graph.tensors)
    self.graph = graph
    self.steps = steps
  }

  /// The bytes of a constant at their aligned place, of any type; nil for other tensors.
  public func withConstant<R>(_ tensor: Int, _ body: (UnsafeRawBufferPointer) -> R) -> R? {
    guard map.regions.indices.contains(tensor), let region = map.regions[tensor],
      region.area == .constants
    else { return nil }
    return withExtendedLifetime(constants) {
      body(UnsafeRawBufferPointer(start: constants.base + region.offset, count: region.byteCount))
    }
  }
}
