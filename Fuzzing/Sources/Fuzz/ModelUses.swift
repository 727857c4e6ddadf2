@testable import Inspection
@testable import ModelFormats
@testable import Interpreter
import Core
import Models
import ModelFormats
import Quantizer
import Support

/// Which of what `modelgen` does is tried: all at once would take tens of milliseconds an input.
enum ModelUse: Int, CaseIterable {
  case writing, running, quantizing, comparing

  /// Follows from the input, so that it is the same each time, and another for most mutations.
  init(_ bytes: [UInt8]) {
    let sum = bytes.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xFFFF }
    self = Self(rawValue: sum % Self.allCases.count) ?? .writing
  }
}

/// What `modelgen` does with a graph, whatever file it is from; each step gives a result or a
/// diagnostic that can be shown.
func checkUses(_ graph: Graph, _ use: ModelUse, isLowered: Bool) {
  let isSmall = ModelSize.isSmall(graph)
  switch use {
  case .writing:
    checkInspection(graph)
    checkWriting(graph, dtype: nil)
  case .running:
    _ = outcome { () throws(Diagnostic) in try checkRun(Plan(graph), isSmall: isSmall) }
    _ = outcome { () throws(Diagnostic) in try ArenaPlanner.plan(graph) }
  case .quantizing:
    guard graph.dtype == .fp32, isSmall else { return }
    _ = outcome { () throws(Diagnostic) in try checkQuantization(graph) }
  case .comparing:
    guard graph.dtype == .fp32 else { return }
    checkONNX(graph, isLowered)
  }
}

/// What is small enough to be run many times a second.
enum ModelSize {
  static func isSmall(_ graph: Graph) -> Bool {
    var bytes = 0
    for tensor in graph.tensors {
      guard let size = tensor.byteCount, size <= 1 << 16 else { return false }
      bytes += size
    }
    guard bytes <= 1 << 18, graph.macs <= 20_000 else { return false }
    // Windows of pooling are no MACs.
    return graph.operators.count <= 32 && Limits.work(graph) <= 100_000
  }
}

/// The value, or nil where a diagnostic was thrown, which is checked.
func outcome<T>(_ body: () throws(Diagnostic) -> T) -> T? {
  do throws(Diagnostic) {
    return try body()
  } catch {
    checkText(error)
    return nil
  }
}

func checkText(_ diagnostic: Diagnostic) {
  require(
    !diagnostic.rule.isEmpty && !diagnostic.message.isEmpty && !diagnostic.remedy.isEmpty,
    "a diagnostic without words")
  let text = diagnostic.headline + diagnostic.remedy
  require(text.utf8.count < 1 << 14, "a message of \(text.utf8.count) bytes")
  for scalar in text.unicodeScalars {
    require(scalar.properties.generalCategory != .control, "a control character in a message")
  }
}

private func checkInspection(_ graph: Graph) {
  let document = InspectionDocument(
    OpenedModel(path: "m", format: .onnx, graph: graph, remarks: graph.remarks, changes: []))
  _ = document.notebook
  require(document.json.hasSuffix("}\n"), "no document")
  _ = outcome { () throws(Diagnostic) in
    let plan = try ArenaPlanner.plan(graph, target: .cortexM33)
    require(plan.headBytes >= plan.headLowerBound, "a plan below the lower bound")
    require(plan.minimumBytes >= plan.headBytes, "an arena below its head")
    plan.remarks.forEach(checkText)
    _ = try MemoryPlanner.plan(graph)
  }
}

/// A file of the graph, and what is made of it, again the same file.
private func checkWriting(_ graph: Graph, dtype: Dtype?) {
  _ = outcome { () throws(Diagnostic) in
    do throws(Diagnostic) {
      let file = try TFLiteWriter.bytes(of: graph, options: .init(dtype: dtype))
      let read = try TFLiteReader.read(bytes: file)
      require(read.macs == graph.macs && read.dtype == graph.dtype, "not the graph written")
      require(try TFLiteWriter.bytes(of: read) == file, "not the same file again")
      _ = try CppModel(name: graph.name, file: file, arenaBytes: 1000)
    } catch {
      require(error.rule != "read-back", "written otherwise than meant: \(error.headline)")
      throw error
    }
  }
}

private func checkRun(_ plan: Plan, isSmall: Bool) throws(Diagnostic) {
  guard isSmall else { return }
  let interpreter = Interpreter(plan)
  var state: UInt32 = 1
  let inputs = plan.graph.inputs.map { index in
    (0..<(plan.graph.tensors[index].byteCount ?? 0)).map { _ in
      state = state &* 1_664_525 &+ 1_013_904_223
      return UInt8(state >> 24)
    }
  }
  let outputs = try interpreter.run(inputs)
  require(outputs.count == plan.graph.outputs.count, "outputs are missing")
  require(try interpreter.run(inputs) == outputs || hasVariables(plan.graph), "not the same again")
}

private func hasVariables(_ graph: Graph) -> Bool { graph.tensors.contains(where: \.isVariable) }

private func checkQuantization(_ graph: Graph) throws(Diagnostic) {
  let samples = SampleSet.synthetic(count: 2, for: graph)
  let ranges = try CalibrationRanges.measure(graph, on: samples)
  let model = try Quantizer.quantize(graph, ranges: ranges)
  model.warnings().forEach(checkText)
  checkWriting(model.graph, dtype: .int8)
  try checkRun(Plan(model.graph), isSmall: true)
  let report = try QuantizationReport.measure(model, on: samples)
  report.warnings.forEach(checkText)
  _ = try Verification.compare(graph, model.graph, on: samples)
  let same = try CalibrationRanges.of(model.graph, for: graph)
  _ = try Quantizer.quantize(graph, ranges: same, options: .init(interface: .float32))
}

/// What was written as ONNX is read again.
private func checkONNX(_ graph: Graph, _ isLowered: Bool) {
  guard let file = outcome({ () throws(Diagnostic) in try ONNXWriter.write(graph) }) else {
    return
  }
  do throws(Diagnostic) {
    _ = try Lowering.lower(ONNXReader.read(bytes: file).draft)
  } catch {
    // Operators on constants are folded by lowering; left as they are, the reader refuses them.
    require(!isLowered || error.rule == "graph-boundary", "not read again: \(error.headline)")
  }
}
