import Foundation
import Models
import Notebook
import ModelFormats
import Support
import TestSupport
import Testing

@testable import Inspection
@testable import ModelFormats

/// What is shown of a model, in all forms.
struct DocumentTests {
  /// PAD, CONV_2D and FULLY_CONNECTED; `name` is that of the input.
  static func graph(_ name: String = "image") throws -> Graph {
    var draft = GraphDraft(name: "m")
    let one = Extent(height: 1, width: 1)
    var random = SeededWeights(seed: 2)
    let input = draft.addInput(name, shape: [1, 4, 5, 2])
    let paddings = draft.add(.int32s([0, 0, 1, 1, 1, 1, 0, 0], shape: [4, 2]))
    var last = try draft.append(.pad, inputs: [input, paddings])
    let weights = draft.add(.floats(random.weights([3, 3, 3, 2], fanIn: 18), shape: [3, 3, 3, 2]))
    last = try draft.append(
      .conv2D, .convolution(Window(padding: .valid, stride: one), .relu), inputs: [last, weights])
    let dense = draft.add(.floats(random.weights([2, 60], fanIn: 60), shape: [2, 60]))
    draft.outputs = [
      try draft.append(.fullyConnected, inputs: [last, dense], name: "output")
    ]
    return try draft.graph()
  }

  static func tflite(_ graph: Graph, _ path: String = "a/m_fp32.tflite") throws -> OpenedModel {
    let written = try TFLiteReader.read(bytes: try TFLiteWriter.bytes(of: graph))
    return OpenedModel(path: path, format: .tflite, graph: written, remarks: [], changes: [])
  }

  static func object(_ document: InspectionDocument) throws -> [String: Any] {
    try #require(
      try JSONSerialization.jsonObject(with: Data(document.json.utf8)) as? [String: Any])
  }

  @Test func numbersAreThoseOfTheGraph() throws {
    let model = try Self.tflite(try Self.graph())
    let arena = try ArenaPlanner.plan(model.graph)
    let document = try Self.object(InspectionDocument(model))
    #expect(document["macs"] as? UInt64 == UInt64(20 * 3 * 18 + 120))
    #expect(document["macs"] as? UInt64 == model.graph.macs)
    #expect(document["weight_bytes"] as? UInt64 == UInt64(4 * (54 + 120)))
    #expect(document["model"] as? String == "m" && document["dtype"] as? String == "fp32")
    #expect(document["crc32"] as? String == Format.hex(model.graph.crc32))
    #expect(document["source_format"] as? String == "TFLite" && document["reasons"] == nil)
    let operators = try #require(document["operators"] as? [[String: Any]])
    for (each, cost) in zip(operators, model.graph.costs) {
      #expect(each["kind"] as? String == cost.kind && each["macs"] as? UInt64 == cost.macs)
      #expect(each["input"] as? [Int] == cost.input && each["output"] as? [Int] == cost.output)
      #expect(each["weight_bytes"] as? UInt64 == cost.weightBytes)
      #expect(each["activation_bytes_out"] as? UInt64 == cost.activationBytesOut)
    }
    #expect(operators.count == 3)
    let found = try #require(document["arena"] as? [String: Any])
    #expect(found["minimum_bytes"] as? Int == arena.minimumBytes)
    #expect(found["head_bytes"] as? Int == arena.headBytes)
    #expect(found["tail_bytes"] as? Int == arena.tailBytes)
    #expect(found["used_bytes"] as? Int == arena.usedBytes)
    #expect(found["is_exact"] as? Bool == true && found["margin_bytes"] as? Int == 0)
  }

  /// The list is in `docs/json.md`.
  @Test func keysAreAsListed() throws {
    var keys = try ListedKeys(of: "The costs of a model")
    #expect(keys.count > 30)
    let onnx = OpenedModel(
      path: "m.onnx", format: .onnx, graph: try Self.graph(), remarks: [], changes: [])
    for model in [
      try Self.tflite(try Self.graph()), try Self.tflite(try Self.relu6().graph()), onnx,
    ] {
      let problems = try keys.problems(in: InspectionDocument(model).json)
      #expect(problems.isEmpty, "\(problems)")
    }
    #expect(keys.unseen.isEmpty, "listed and not printed: \(keys.unseen)")
  }

  @Test func allFormsShowTheOperators() throws {
    let notebook = InspectionDocument(try Self.tflite(try Self.graph())).notebook
    let terminal = TerminalRenderer(
      width: 80, colour: false, unicode: true, images: nil, isDark: false
    ).render(notebook)
    let texts = [
      terminal, MarkdownRenderer().render(notebook), HTMLRenderer().render(notebook),
      notebook.tables.map { CSVRenderer().render($0) }.joined(separator: "\r\n"),
    ]
    for text in texts {
      for word in ["PAD", "CONV_2D", "FULLY_CONNECTED", "1x4x5x2", "fp32"] {
        #expect(text.contains(word), "\(word)")
      }
    }
    #expect(terminal.split(separator: "\n").allSatisfy { $0.count <= 80 })
    #expect(texts[1].contains("1,200") && texts[3].contains("1080"))
    #expect(notebook.tables.count == 3)
  }

  /// What is no TFLite file has no checksum, and says what was changed.
  @Test func onnxIsShownAsConverted() throws {
    try withFolder { folder in
      let path = folder + "/m.onnx"
      try Files.write(try ONNXWriter.write(try Self.graph()), path)
      let model = try ModelOpener.open(path)
      #expect(model.format == .onnx && model.name == "m" && !model.changes.isEmpty)
      #expect(!model.graph.operators.contains { $0.kind == .pad || $0.kind == .transpose })
      let document = InspectionDocument(model)
      let json = try Self.object(document)
      #expect(json["crc32"] == nil && json["source_format"] as? String == "ONNX")
      let reasons = try #require(json["reasons"] as? [String: String])
      #expect(reasons["crc32"]?.contains(".tflite") == true)
      let text = MarkdownRenderer().render(document.notebook)
      #expect(text.contains("Transforms and their changes"))
    }
  }

  @Test func hybridModelsAreCalledSo() throws {
    var draft = GraphDraft()
    let input = draft.addInput("x", shape: [1, 4])
    let weights = draft.add(
      .int8s(
        [1, 2, 3, 4], shape: [1, 4], quantization: Quantization(scales: [1], zeroPoints: [0])))
    draft.outputs = [try draft.append(.fullyConnected, inputs: [input, weights])]
    let notebook = InspectionDocument(try Self.tflite(try draft.graph())).notebook
    let text = MarkdownRenderer().render(notebook)
    #expect(text.contains("TFLM refuses it") && text.contains("modelgen convert --int8"))
  }

  /// A RELU6 whose input and output have different scales.
  private static func relu6() throws -> GraphDraft {
    var draft = GraphDraft()
    func tensor(_ scale: Float) -> Tensor {
      Tensor(
        name: "", shape: [1, 4], elementType: .int8,
        quantization: Quantization(scales: [scale], zeroPoints: [-128]))
    }
    draft.inputs = [draft.add(tensor(0.5))]
    draft.outputs = [draft.add(tensor(0.02))]
    draft.operators = [
      Operator(kind: .relu6, inputs: [0], outputs: [1], attributes: .plain)
    ]
    return draft
  }

  /// What TFLM refuses has no arena; what it computes otherwise is said, in all forms.
  @Test func otherwiseThanTheFileSays() throws {
    var draft = try Self.relu6()
    var document = InspectionDocument(try Self.tflite(try draft.graph()))
    var text = MarkdownRenderer().render(document.notebook)
    #expect(text.contains("operator 0 (RELU6): TFLM does not rescale here"))
    var json = try Self.object(document)
    let warnings = try #require(json["warnings"] as? [[String: String]])
    #expect(warnings.map { $0["rule"] } == ["tflm-rescaling"])
    #expect(warnings[0]["place"] == "operator 0 (RELU6)" && warnings[0]["remedy"] != nil)
    #expect(json["arena"] != nil)

    draft.tensors = draft.tensors.map { Tensor(name: "", shape: $0.shape, elementType: .float16) }
    document = InspectionDocument(try Self.tflite(try draft.graph()))
    text = MarkdownRenderer().render(document.notebook)
    #expect(text.contains("no kernel for float16") && text.contains("refuses the model"))
    json = try Self.object(document)
    #expect(json["arena"] == nil)
    let reasons = try #require(json["reasons"] as? [String: String])
    #expect(reasons["arena"]?.contains("float16") == true)

    let clean = try Self.object(InspectionDocument(try Self.tflite(try Self.graph())))
    #expect(clean["warnings"] == nil)
  }

  /// Names come from files: they can drive neither terminal nor browser, nor break JSON.
  @Test(arguments: [
    "<script>alert(1)</script>", "\u{1B}[31mred", "a\"b\\c\nd\re\tf", "\u{202E}txt", "| pipe |",
    String(repeating: "long", count: 500), "\u{0}", "`code`",
  ])
  func hostileNames(name: String) throws {
    // No file system takes longer names of files than 255 bytes.
    let stem = name.count < 200 ? name : "long"
    let model = try Self.tflite(try Self.graph(name), "a/\(stem).tflite")
    let document = InspectionDocument(model)
    let json = try Self.object(document)
    #expect((json["model"] as? String).map(stem.hasSuffix) == true)
    let notebook = document.notebook
    let terminal = TerminalRenderer(
      width: 80, colour: false, unicode: true, images: nil, isDark: false
    ).render(notebook)
    let html = HTMLRenderer().render(notebook)
    let markdown = MarkdownRenderer().render(notebook)
    #expect(!html.contains("<script>alert"))
    for text in [terminal, html, markdown] {
      #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}") && !text.contains("\u{0}"))
      #expect(!text.contains(String(repeating: "long", count: 17)))
    }
    #expect(terminal.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }
}
