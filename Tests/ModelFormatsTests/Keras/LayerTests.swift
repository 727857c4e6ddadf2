import Interpreter
import Models
import Support
import TestSupport
import Testing

@testable import ModelFormats

/// Layers one by one: what is refused, and what random stacks do not have.
struct LayerTests {
  private func fixture(
    _ layers: [(className: String, config: String)], shape: [Int] = [6, 6, 2],
    style: KerasFixture.Style = .functional
  ) -> KerasFixture {
    var result = KerasFixture(inputShape: shape, layers: [], style: style)
    for (index, layer) in layers.enumerated() {
      result.layers.append(
        FixtureLayer(
          className: layer.className, name: "layer_\(index)", config: layer.config,
          inputs: [result.layers.last?.name ?? result.inputName]))
    }
    return result
  }

  private func read(_ fixture: KerasFixture) -> Diagnostic? {
    refusal { () throws(Diagnostic) in try KerasH5Reader.read(bytes: fixture.h5()) }
  }

  @Test func whatIsNotReadIsNamed() {
    let convolution = #""filters": 1, "kernel_size": 1, "#
    let cases: [(className: String, config: String, word: String)] = [
      ("LSTM", "", "LSTM"), ("Lambda", "", "Lambda"), ("Functional", "", "a model inside"),
      ("Conv2D", convolution + #""data_format": "channels_first""#, "channels_first"),
      ("Conv2D", convolution + #""padding": "causal""#, "causal"),
      ("Conv2D", convolution + #""activation": "gelu""#, "gelu"),
      ("Conv2D", convolution + #""strides": [0, 1]"#, "strides"),
      ("Conv2D", convolution + #""strides": [1, 1, 1]"#, "strides"),
      ("Conv2D", #""filters": -1, "kernel_size": 1"#, "filters"),
      ("Conv2D", #""filters": 1.5, "kernel_size": 1"#, "filters"),
      ("Conv2D", #""filters": 1"#, "kernel_size"),
      ("MaxPooling2D", #""data_format": "channels_first""#, "channels_first"),
      ("Flatten", #""data_format": "channels_first""#, "channels_first"),
      ("ReLU", #""negative_slope": 0.1"#, "negative_slope"),
      ("ReLU", #""threshold": 1.0"#, "threshold"), ("ReLU", #""max_value": -1.0"#, "max_value"),
      ("Softmax", #""axis": 1"#, "axis"), ("Activation", #""activation": "swish""#, "swish"),
      ("BatchNormalization", #""axis": [1, 2]"#, "axis"), ("Dense", "", "units"),
      ("Reshape", #""target_shape": [-1, -1]"#, "target_shape"),
      ("ZeroPadding2D", #""padding": [[1, -1], [0, 0]]"#, "padding"),
    ]
    for (className, config, word) in cases {
      let found = read(fixture([(className, config)]))
      #expect(found?.rule == "keras-unsupported" && found?.isHelpful == true)
      #expect(found?.message.contains(word) == true, "\(className): \(found?.message ?? "read")")
      #expect(found?.message.contains("layer_0") == true)
    }
  }

  @Test func allThatIsNotReadIsNamedAtOnce() {
    let found = read(
      fixture([("LSTM", ""), ("ReLU", ""), ("Foo", ""), ("Softmax", #""axis": 0"#)]))
    for word in ["3 layers", "LSTM", "Foo", "`axis`"] {
      #expect(found?.message.contains(word) == true)
    }
    #expect(found?.remedy.contains("Softmax(axis=-1)") == true)
  }

  @Test func shapesThatDoNotFitAreRefused() {
    let cases: [(String, String, [Int])] = [
      ("MaxPooling2D", #""pool_size": [7, 7]"#, [6, 6, 2]), ("MaxPooling2D", "", [6]),
      ("GlobalAveragePooling2D", "", [6]), ("ZeroPadding2D", #""padding": 1"#, [6, 6]),
      ("Reshape", #""target_shape": [5, 5]"#, [6, 6, 2]),
      ("Reshape", #""target_shape": [-1, 5]"#, [6, 6, 2]),
      ("ZeroPadding2D", #""padding": 2147483647"#, [6, 6, 2]),
      ("BatchNormalization", #""axis": [1]"#, [6, 6, 2]),
      ("Flatten", "", [2_147_483_647, 2_147_483_647, 2_147_483_647]),
    ]
    for (className, config, shape) in cases {
      let found = read(fixture([(className, config)], shape: shape))
      #expect(found?.isHelpful == true, "\(className) \(config)")
    }
  }

  @Test func inputsMustBeKnown() {
    for style in KerasFixture.Style.allCases {
      var model = fixture([("ReLU", "")], style: style)
      #expect(read(model) == nil)
      model.inputShape = [6, -1]
      #expect(read(model)?.message.contains("size 2 of the input") == true)
    }
    let integers = fixture([("ReLU", "")]).config.replacing(
      #""float32", "name""#, with: #""uint8", "name""#)
    let bytes = HDF5Writer.file(fixture([("ReLU", "")]).tree(config: integers))
    let found = refusal { () throws(Diagnostic) in try KerasH5Reader.read(bytes: bytes) }
    #expect(found?.message.contains("uint8") == true)
  }

  /// Keras 2.0 to 2.3 state the shape in the first layer, and up to 2.2 the list is the configuration.
  @Test func oldChainsAreRead() throws {
    let layer =
      #"{"class_name": "ReLU", "config": {"name": "r", "batch_input_shape": [null, 4, 3]}}"#
    for config in [#"{"name": "m", "layers": [\#(layer)]}"#, "[\(layer)]"] {
      let text = #"{"class_name": "Sequential", "config": \#(config)}"#
      let draft = try KerasH5Reader.read(
        bytes: HDF5Writer.file(fixture([]).tree(config: text))
      ).draft
      #expect(draft.tensors[try #require(draft.inputs.first)].shape == [1, 4, 3])
      #expect(draft.operators.map(\.kind) == [.relu])
    }
  }

  @Test func sharedLayersHaveTheirWeightsOnce() throws {
    var model = KerasFixture(inputShape: [2], layers: [])
    model.layers = [
      FixtureLayer(
        className: "Dense", name: "d", config: #""units": 2"#,
        weights: [("kernel", [2, 2], [1, 2, 3, 4]), ("bias", [2], [0.5, -0.5])],
        inputs: ["input_1"]),
      FixtureLayer(className: "Add", name: "a", config: "", inputs: ["d", "d"]),
    ]
    // The second call of `d` is given what the first gives.
    let config = model.config.replacing(
      #"[["input_1", 0, 0, {}]]"#, with: #"[["input_1", 0, 0, {}]], [["d", 0, 0, {}]]"#
    ).replacing(#"["d", 0, 0, {}], ["d", 0, 0, {}]"#, with: #"["d", 0, 0, {}], ["d", 1, 0, {}]"#)
    let draft = try KerasH5Reader.read(bytes: HDF5Writer.file(model.tree(config: config))).draft
    #expect(draft.operators.map(\.kind) == [.fullyConnected, .fullyConnected, .add])
    #expect(draft.tensors.count { $0.constant != nil } == 2)
    // [1, 1] K + b = [4.5, 5.5]; [4.5, 5.5] K + b = [21.5, 30.5].
    let found = try Interpreter(draft.graph()).run(floats: [[1, 1]])
    #expect(found == [[26, 36]])
  }

  /// Keras counts the calls of a model from 1.
  @Test func modelsInsideAreNamed() {
    let model = fixture([("Functional", ""), ("ReLU", "")])
    let config = model.config.replacing(
      #"[["layer_0", 0, 0, {}]]"#, with: #"[["layer_0", 1, 0, {}]]"#)
    #expect(config != model.config)
    let bytes = HDF5Writer.file(model.tree(config: config))
    let found = refusal { () throws(Diagnostic) in try KerasH5Reader.read(bytes: bytes) }
    #expect(found?.rule == "keras-unsupported")
    #expect(found?.message.contains("a model inside") == true)
  }

  /// Operators of TensorFlow and other axes are no damage to the file.
  @Test func remediesFitWhatIsNotRead() {
    let axis = read(fixture([("BatchNormalization", #""axis": [1]"#)], shape: [6, 6, 2]))
    #expect(axis?.rule == "keras-unsupported" && axis?.remedy.contains("axis=-1") == true)
    let model = fixture([("ReLU", ""), ("TFOpLambda", "")])
    let config = model.config.replacing(
      #"["layer_0", 0, 0, {}]"#, with: #"["layer_0", 0, 0, {"y": 1.0}]"#)
    let bytes = HDF5Writer.file(model.tree(config: config))
    let found = refusal { () throws(Diagnostic) in try KerasH5Reader.read(bytes: bytes) }
    #expect(found?.rule == "keras-unsupported" && found?.remedy.contains("layers") == true)
  }

  @Test func connectionsMustBeThere() {
    let model = fixture([("ReLU", ""), ("ReLU", "")])
    let changes = [
      (#"[["layer_0", 0, 0, {}]]"#, #"[["layer_1", 0, 0, {}]]"#),
      (#"[["layer_0", 0, 0, {}]]"#, #"[["other", 0, 0, {}]]"#),
      (#"[["layer_0", 0, 0, {}]]"#, #"[["layer_0", 1, 0, {}]]"#),
      (#"[["layer_0", 0, 0, {}]]"#, #"[["layer_0", 0, 1, {}]]"#),
      (#"[["layer_0", 0, 0, {}]]"#, #"[["layer_0", 0, 0, {"scale": 2}]]"#),
      (#"[["layer_0", 0, 0, {}]]"#, #"[["layer_0", 0, 0, {}], ["input_1", 0, 0, {}]]"#),
      (#"[["layer_0", 0, 0, {}]]"#, "7"), (#"[["layer_1", 0, 0]]"#, "[]"),
      (#""class_name": "Functional""#, #""class_name": "MyModel""#),
    ]
    for (old, new) in changes {
      let config = model.config.replacing(old, with: new)
      #expect(config != model.config)
      let bytes = HDF5Writer.file(model.tree(config: config))
      let found = refusal { () throws(Diagnostic) in try KerasH5Reader.read(bytes: bytes) }
      let rules = ["keras-config", "keras-class", "keras-unsupported"]
      #expect(rules.contains(found?.rule ?? ""), "\(new)")
      #expect(found?.isHelpful == true)
    }
  }

  @Test func unusedLayersAreRemarked() throws {
    let model = fixture([("ReLU", ""), ("Softmax", "")])
    let config = model.config.replacing(#"[["layer_1", 0, 0]]"#, with: #"[["layer_0", 0, 0]]"#)
    let result = try KerasH5Reader.read(
      bytes: HDF5Writer.file(model.tree(config: config)), path: "m.h5")
    #expect(result.remarks.map(\.rule) == ["keras-unused-layers"])
    #expect(result.remarks.first?.file == "m.h5" && result.draft.operators.count == 1)
  }
}
