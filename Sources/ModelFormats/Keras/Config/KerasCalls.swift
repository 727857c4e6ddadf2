import Models
import Support

/// How a configuration says what a layer is called with.
enum KerasCalls {
  /// Arguments that change nothing at inference.
  private static let harmless: Set<String> = ["training", "mask", "name"]

  /// One call: Keras 2 lists `["layer", call, output, {arguments}]`, alone or in a list; Keras 3 nests
  /// tensors with such a history in `{"args": [...], "kwargs": {...}}`.
  static func references(
    _ node: JSON, of layer: String
  ) throws(Diagnostic) -> [KerasReference] {
    if case .object(let fields) = node, fields["args"] != nil {
      try check(arguments: node["kwargs"], layer)
      var result: [KerasReference] = []
      try collect(node["args"], into: &result)
      return result
    }
    guard let entries = node.array else { throw broken("a call of `\(printable(layer))`") }
    if entries.first?.text != nil { return [try reference(node, layer)] }
    var result: [KerasReference] = []
    for entry in entries { result.append(try reference(entry, layer)) }
    return result
  }

  /// `input_layers` and `output_layers`: one triple, or a list of them.
  static func list(_ json: JSON, _ what: String) throws(Diagnostic) -> [KerasReference] {
    guard let entries = json.array else { throw broken("`\(what)`") }
    if entries.first?.text != nil { return [try reference(json, "")] }
    var result: [KerasReference] = []
    for entry in entries { result.append(try reference(entry, "")) }
    return result
  }

  private static func reference(
    _ json: JSON, _ layer: String
  ) throws(Diagnostic) -> KerasReference {
    guard let parts = json.array, parts.count >= 3, let name = parts[0].text,
      let call = parts[1].int, let output = parts[2].int, call >= 0
    else { throw broken("a connection of `\(printable(layer))`") }
    guard output == 0 else {
      throw KerasModel.broken(
        "output \(output) of layer `\(printable(name))` is used; the layers that are read have one")
    }
    if parts.count > 3 { try check(arguments: parts[3], layer) }
    return KerasReference(layer: name, call: call)
  }

  private static func collect(
    _ json: JSON, into result: inout [KerasReference]
  ) throws(Diagnostic) {
    if json["class_name"].text == "__keras_tensor__" {
      result.append(try reference(json["config"]["keras_history"], ""))
    } else if let values = json.array {
      for value in values { try collect(value, into: &result) }
    }
  }

  private static func check(arguments: JSON, _ layer: String) throws(Diagnostic) {
    guard case .object(let values) = arguments else { return }
    for (key, value) in values.sorted(by: { $0.key < $1.key })
    where !harmless.contains(key) && !value.isNull {
      throw Diagnostic(
        "keras-unsupported",
        "layer `\(printable(layer))` is called with the argument `\(printable(key))`, which is not read",
        remedy:
          "Build the model of layers that are given tensors only: keras.layers.Add()([a, b]) for "
          + "a + b.")
    }
  }

  private static func broken(_ what: String) -> Diagnostic {
    KerasModel.broken("\(what) is no list of [layer, call, output]")
  }
}
