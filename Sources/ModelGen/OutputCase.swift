import Core
import Engine
import Interpreter
import Models
import PlanWriter
import Support

/// A model with samples of its inputs, and what comes out of it.
struct OutputCase {
  /// Also the id of the model in the plan.
  let name: String
  let graph: Graph
  /// Arrays of bytes in the order of the inputs, for each sample.
  let samples: [[[UInt8]]]
  private let plan: [UInt8]

  init(_ name: String, _ graph: Graph, samples: [[[UInt8]]]) throws(Diagnostic) {
    self.name = name
    self.graph = graph
    self.samples = samples
    plan = try PlanWriter.plan(of: graph, modelID: name)
  }

  /// CRC-32 of the model's file and of all outputs, by the place where they were computed.
  func checksums() throws -> [(place: String, checksum: UInt32)] {
    let interpreter = try Interpreter(graph)
    let outputs = try samples.flatMap { try interpreter.run($0).flatMap { $0 } }
    return [
      ("model", graph.crc32), ("interpreter", Self.checksum(outputs)),
      ("engine", Self.checksum(try engineOutputs())),
    ]
  }

  /// As the firmware computes them.
  private func engineOutputs() throws -> [UInt8] {
    try Self.withAligned(plan.count) { memory in
      memory.copyBytes(from: plan)
      guard let base = memory.baseAddress else { return [] }
      let plan = try ModelPlan(opening: UnsafeRawPointer(base), byteCount: memory.count)
      let arenaBytes = plan.arenaBytes(cores: 1)
      return try Self.withAligned(arenaBytes) { arena in
        guard let base = arena.baseAddress else { return [] }
        let run = try EngineRun(plan, arena: base, arenaBytes: arenaBytes)
        var outputs: [UInt8] = []
        for sample in samples {
          // Bounds: `samples` have the sizes of the graph's inputs, which the interpreter has checked.
          for (index, bytes) in sample.enumerated() { run.input(index).copyBytes(from: bytes) }
          run.run(before: { _ in }, after: { _ in })
          for index in 0..<plan.outputCount { outputs += run.output(index) }
        }
        return outputs
      }
    }
  }

  private static func withAligned<R>(
    _ count: Int, _ body: (UnsafeMutableRawBufferPointer) throws -> R
  ) rethrows -> R {
    let memory = UnsafeMutableRawBufferPointer.allocate(
      byteCount: max(count, 1), alignment: PlanFormat.alignment)
    defer { memory.deallocate() }
    return try body(memory)
  }

  private static func checksum(_ bytes: [UInt8]) -> UInt32 { CRC32.byEightBytes(bytes.span) }
}

/// For an emulated core: plan and samples in one block of bytes.
extension OutputCase {
  /// Four words (bytes of the plan with its padding, number of samples, two zeros), the plan, the
  /// inputs of all samples; plan and record end at a multiple of 16.
  var record: [UInt8] {
    let plan = Self.padded(plan)
    let words = [UInt32(plan.count), UInt32(samples.count), 0, 0]
    return words.flatMap { withUnsafeBytes(of: $0.littleEndian, Array.init) } + plan
      + Self.padded(samples.flatMap { $0.flatMap { $0 } })
  }

  /// What stands behind the last record.
  static let end = [UInt8](repeating: 0, count: 16)

  private static func padded(_ bytes: [UInt8]) -> [UInt8] {
    bytes + [UInt8](repeating: 0, count: -bytes.count & 15)
  }
}

/// Samples of a model's inputs.
extension OutputCase {
  /// Those of a file of raw numbers, the inputs of a sample one after the other.
  static func samples(
    in bytes: [UInt8], of graph: Graph, path: String
  ) throws(Diagnostic) -> [[[UInt8]]] {
    let sizes = graph.inputs.map { graph.tensors[$0].byteCount ?? 0 }
    let size = sizes.reduce(0, +)
    guard size > 0, !bytes.isEmpty, bytes.count % size == 0 else {
      throw Diagnostic(
        "sample-size", "has \(bytes.count) bytes; a sample has \(size)",
        remedy: "Write whole samples in the types of the inputs.", file: path)
    }
    return stride(from: 0, to: bytes.count, by: size).map { start in
      var place = start
      return sizes.map { count in
        defer { place += count }
        return Array(bytes[place..<place + count])
      }
    }
  }

  /// Two random ones: every element there is of int8, -1 to 1 of float32.
  static func randomSamples(of graph: Graph) -> [[[UInt8]]] {
    var random = SplitMix64(seed: 1)
    return (0..<2).map { _ in
      graph.inputs.map { index in
        let tensor = graph.tensors[index]
        guard tensor.elementType == .float32 else {
          return (0..<(tensor.byteCount ?? 0)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        }
        return (0..<(tensor.elementCount ?? 0)).flatMap { _ in
          withUnsafeBytes(
            of: Float.random(in: -1...1, using: &random).bitPattern.littleEndian, Array.init)
        }
      }
    }
  }
}
