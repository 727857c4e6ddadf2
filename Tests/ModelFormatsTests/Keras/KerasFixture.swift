import Models
import TestSupport

@testable import ModelFormats

/// A layer as Keras would configure and train it.
struct FixtureLayer {
  var className: String
  var name: String
  /// JSON, without braces.
  var config: String
  var weights: [(role: String, shape: [Int], values: [Float])] = []
  /// Names of the layers that it is given.
  var inputs: [String]
}

/// A small model and its files.
struct KerasFixture {
  enum Style: CaseIterable {
    case sequential, functional, keras3
  }

  var inputShape: [Int]
  var layers: [FixtureLayer]
  var style = Style.functional

  var inputName: String { "input_1" }

  /// `{"class_name": ..., "config": ...}`.
  var config: String {
    let shape = "[null, " + inputShape.map(String.init).joined(separator: ", ") + "]"
    let key = style == .keras3 ? "batch_shape" : "batch_input_shape"
    let dtype =
      style == .keras3
      ? #"{"module": "keras", "class_name": "DTypePolicy", "config": {"name": "float32"}}"#
      : #""float32""#
    var entries = [
      #"{"class_name": "InputLayer", "name": "\#(inputName)", "config": {"\#(key)": \#(shape), "#
        + #""dtype": "float32", "name": "\#(inputName)"}, "inbound_nodes": []}"#
    ]
    for layer in layers {
      let separator = layer.config.isEmpty ? "" : ", "
      entries.append(
        #"{"class_name": "\#(layer.className)", "name": "\#(layer.name)", "config": {"name": "#
          + #""\#(layer.name)", "trainable": true, "dtype": \#(dtype)\#(separator)\#(layer.config)}, "#
          + #""inbound_nodes": [\#(node(layer))]}"#)
    }
    let list = entries.joined(separator: ", ")
    if style == .sequential {
      return #"{"class_name": "Sequential", "config": {"name": "m", "layers": [\#(list)]}}"#
    }
    let last = layers.last?.name ?? inputName
    let ends =
      style == .keras3
      ? #""input_layers": ["\#(inputName)", 0, 0], "output_layers": ["\#(last)", 0, 0]"#
      : #""input_layers": [["\#(inputName)", 0, 0]], "output_layers": [["\#(last)", 0, 0]]"#
    return #"{"class_name": "Functional", "config": {"name": "m", "layers": [\#(list)], \#(ends)}}"#
  }

  private func node(_ layer: FixtureLayer) -> String {
    if style == .keras3 {
      let tensors = layer.inputs.map {
        #"{"class_name": "__keras_tensor__", "config": {"shape": [null], "dtype": "float32", "#
          + #""keras_history": ["\#($0)", 0, 0]}}"#
      }
      let list = tensors.joined(separator: ", ")
      return #"{"args": [\#(tensors.count > 1 ? "[\(list)]" : list)], "kwargs": {}}"#
    }
    return "[" + layer.inputs.map { #"["\#($0)", 0, 0, {}]"# }.joined(separator: ", ") + "]"
  }

  /// The tree of a .h5 file.
  func tree(config: String? = nil, change: (inout HDF5Writer.Dataset) -> Void = { _ in })
    -> HDF5Writer.Node
  {
    var groups: [(String, HDF5Writer.Node)] = [
      (inputName, .group([("weight_names", .fixedTexts([]))], []))
    ]
    for layer in layers {
      let names = layer.weights.map { "\(layer.name)/\($0.role):0" }
      let sets = layer.weights.map { weight -> (String, HDF5Writer.Node) in
        var set = HDF5Writer.Dataset(shape: weight.shape, data: littleEndian(weight.values))
        change(&set)
        return ("\(weight.role):0", .dataset(set))
      }
      let value: HDF5Writer.Value = style == .keras3 ? .texts(names) : .fixedTexts(names)
      groups.append(
        (layer.name, .group([("weight_names", value)], [(layer.name, .group([], sets))])))
    }
    return .group(
      [
        ("keras_version", .text("2.4.0")), ("model_config", .text(config ?? self.config)),
        ("backend", .text("tensorflow")),
      ],
      [
        (
          "model_weights",
          .group([("layer_names", .fixedTexts([inputName] + layers.map(\.name)))], groups)
        )
      ])
  }

  /// The .h5 file.
  func h5(isNew: Bool = false, isContinued: Bool = false, smallestHeap: Int = 4096) -> [UInt8] {
    HDF5Writer.file(
      tree(), isNew: isNew, isContinued: isContinued, smallestHeap: smallestHeap)
  }
}
