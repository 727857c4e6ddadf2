import Models
import Support

/// Makes a draft of a configuration and the trained arrays.
enum KerasImporter {
  /// At most as many layers are named in a refusal.
  private static let named = 12

  /// Throws one diagnostic that names all layers that are not read.
  static func draft(
    _ model: KerasModel, _ weights: any WeightSource
  ) throws(Diagnostic) -> ImportedDraft {
    let calls = try CallOrder.calls(of: model)
    let operations = try operations(of: model, in: calls)
    var builder = GraphBuilder(name: model.name, weights: weights)
    var tensors: [KerasReference: Int] = [:]
    // Inputs in the model's order, which need not be that of the layers.
    let order = Dictionary(
      model.inputs.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    func rank(_ call: CallOrder.Call) -> Int {
      let layer = model.layers[call.layer]
      guard layer.calls[call.call].isEmpty else { return .max }
      return order[KerasReference(layer: layer.name, call: call.call)] ?? order.count
    }
    let sorted = calls.enumerated().sorted {
      (rank($0.element), $0.offset) < (rank($1.element), $1.offset)
    }
    for (_, call) in sorted {
      guard let operation = operations[call.layer] else { continue }
      let layer = model.layers[call.layer]
      let output = try builder.add(
        operation, layer.name, inputs: layer.calls[call.call].compactMap { tensors[$0] })
      tensors[KerasReference(layer: layer.name, call: call.call)] = output
    }
    return ImportedDraft(
      draft: builder.finished(outputs: model.outputs.compactMap { tensors[$0] }),
      remarks: remarks(model, calls))
  }

  /// What each layer computes, by its position.
  private static func operations(
    of model: KerasModel, in calls: [CallOrder.Call]
  ) throws(Diagnostic) -> [Int: KerasOperation] {
    var result: [Int: KerasOperation] = [:]
    var refusals: [Diagnostic] = []
    for index in Set(calls.map(\.layer)).sorted() {
      let layer = model.layers[index]
      do throws(Diagnostic) {
        result[index] = try KerasOperation(
          LayerConfig(name: layer.name, className: layer.className, json: layer.config))
      } catch {
        refusals.append(error)
      }
    }
    guard let first = refusals.first else { return result }
    guard refusals.count > 1 else { throw first }
    let remedies = refusals.map(\.remedy)
    let messages = refusals.prefix(named).map(\.message)
    throw Diagnostic(
      "keras-unsupported",
      "\(refusals.count) layers are not read: " + messages.joined(separator: "; ")
        + (refusals.count > named ? "; ..." : ""),
      remedy: remedies.enumerated().filter { !remedies[..<$0.offset].contains($0.element) }
        .prefix(named).map(\.element).joined(separator: " "))
  }

  private static func remarks(
    _ model: KerasModel, _ calls: [CallOrder.Call]
  ) -> [Diagnostic] {
    let used = Set(calls.map(\.layer))
    let unused = model.layers.indices.filter { !used.contains($0) }.map { model.layers[$0].name }
    guard !unused.isEmpty else { return [] }
    return [
      Diagnostic(
        "keras-unused-layers",
        "no output needs the layers "
          + unused.prefix(named).map { "`\(printable($0))`" }.joined(separator: ", ")
          + (unused.count > named ? ", ..." : "") + "; they are left out",
        remedy: "Nothing, if that is meant.", severity: .note)
    ]
  }
}
