import Models
import Support

/// One output of one call of a layer.
struct KerasReference: Hashable {
  var layer: String
  /// Which call of the layer, from 0.
  var call = 0
}

/// A layer of a configuration, not yet understood.
struct KerasLayer {
  var name: String
  var className: String
  var config: JSON
  /// What each call is given; one call without inputs for an input layer.
  var calls: [[KerasReference]]
}

/// The layers of a Keras model and how they are connected (`Model.get_config` of Keras 2, and of Keras
/// 3 in its .h5 files).
struct KerasModel {
  var name = ""
  /// In the order of the configuration.
  var layers: [KerasLayer] = []
  var inputs: [KerasReference] = []
  var outputs: [KerasReference] = []

  /// Reads a configuration: `{"class_name": "Functional", "config": {...}}`.
  init(_ json: JSON) throws(Diagnostic) {
    let className = json["class_name"].text ?? ""
    switch className {
    case "Sequential": try readSequential(json["config"])
    case "Functional", "Model": try readFunctional(json["config"])
    default:
      throw Diagnostic(
        "keras-class",
        "the model's class is \(json["class_name"].summary); read are Sequential and Functional",
        remedy: "Wrap it as keras.Model(inputs, outputs) and save it again.")
    }
    guard !layers.isEmpty, !outputs.isEmpty else {
      throw Self.broken("the model has no layers or no outputs")
    }
    var names: Set<String> = []
    for layer in layers where !names.insert(layer.name).inserted {
      throw Self.broken("two layers are named `\(printable(layer.name))`")
    }
  }

  static func broken(_ message: String) -> Diagnostic {
    Diagnostic(
      "keras-config", message, remedy: "Save the model again with Keras: model.save('NAME.h5').")
  }

  /// A chain; before Keras 2.4 without an input layer, the first layer then states the shape.
  private mutating func readSequential(_ config: JSON) throws(Diagnostic) {
    name = config["name"].text ?? ""
    // Until Keras 2.2 the configuration was the list itself.
    guard let list = config["layers"].array ?? config.array else {
      throw Self.broken("the configuration has no list `layers`")
    }
    var last: KerasReference?
    for entry in list {
      var layer = try Self.layer(entry)
      if last == nil, layer.className != "InputLayer" {
        let shapes = [
          layer.config["batch_input_shape"], layer.config["batch_shape"],
          config["build_input_shape"],
        ]
        let input = KerasLayer(
          name: layer.name + "_input", className: "InputLayer",
          config: .object(["batch_input_shape": shapes.first { !$0.isNull } ?? .null]), calls: [[]])
        layers.append(input)
        inputs.append(KerasReference(layer: input.name))
        last = inputs[0]
      }
      if last == nil, layer.className == "InputLayer" {
        inputs.append(KerasReference(layer: layer.name))
      }
      layer.calls = [last.map { [$0] } ?? []]
      layers.append(layer)
      last = KerasReference(layer: layer.name)
    }
    outputs = last.map { [$0] } ?? []
  }

  private mutating func readFunctional(_ config: JSON) throws(Diagnostic) {
    name = config["name"].text ?? ""
    guard let list = config["layers"].array else {
      throw Self.broken("the configuration has no list `layers`")
    }
    for entry in list {
      var layer = try Self.layer(entry)
      guard let nodes = entry["inbound_nodes"].array else {
        throw Self.broken("layer `\(printable(layer.name))` has no list `inbound_nodes`")
      }
      if nodes.isEmpty { layer.calls = [[]] }
      for node in nodes {
        layer.calls.append(try KerasCalls.references(node, of: layer.name))
      }
      layers.append(layer)
    }
    inputs = try KerasCalls.list(config["input_layers"], "input_layers")
    outputs = try KerasCalls.list(config["output_layers"], "output_layers")
  }

  private static func layer(_ entry: JSON) throws(Diagnostic) -> KerasLayer {
    guard let className = entry["class_name"].text, case .object = entry["config"],
      let name = entry["name"].text ?? entry["config"]["name"].text
    else { throw broken("a layer has no name, class or configuration") }
    return KerasLayer(name: name, className: className, config: entry["config"], calls: [])
  }
}
