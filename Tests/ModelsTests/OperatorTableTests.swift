import Foundation
import Support
import TestSupport
import Testing

@testable import Models

/// The table of operators that TensorFlow's own reader gave for the MLPerf Tiny models.
struct OperatorTable {
  struct Row {
    let index: Int
    let kind: String
    let version: Int
    let input: [Int]
    let inputType: String
    let output: [Int]
    let outputType: String
    let second: [Int]
    let secondType: String
    let secondBytes: UInt64
    let otherBytes: UInt64
    let macs: UInt64
    let options: [String: String]
  }
  struct Total {
    let secondBytes: UInt64
    let otherBytes: UInt64
    let macs: UInt64
    let fileBytes: Int
  }

  var rows: [String: [Row]] = [:]
  var totals: [String: Total] = [:]

  init() throws {
    let text = try String(
      contentsOfFile: Shared.path("oracles/tinyml_ops.tsv"), encoding: .utf8)
    for line in text.split(separator: "\n").dropFirst() {
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      let options = Dictionary(
        uniqueKeysWithValues: try cells[12].split(separator: " ").map {
          let parts = $0.split(separator: "=")
          return (String(parts[0]), String(try #require(parts.last)))
        })
      let sizes = try (9...11).map { try #require(UInt64(cells[$0])) }
      guard cells[1] != "TOTAL" else {
        totals[cells[0]] = Total(
          secondBytes: sizes[0], otherBytes: sizes[1], macs: sizes[2],
          fileBytes: try #require(options["file"].flatMap { Int($0) }))
        continue
      }
      let second = cells[8].split(separator: ":").map(String.init)
      rows[cells[0], default: []].append(
        Row(
          index: try #require(Int(cells[1])), kind: cells[2],
          version: try #require(Int(cells[3])), input: shape(cells[4]), inputType: cells[5],
          output: shape(cells[6]), outputType: cells[7], second: shape(second[0]),
          secondType: second.count > 1 ? second[1] : "", secondBytes: sizes[0],
          otherBytes: sizes[1], macs: sizes[2], options: options))
    }
  }
}

private func shape(_ text: String) -> [Int] { text.split(separator: "x").compactMap { Int($0) } }

/// Which file each model of the table is.
private let files = [
  "AD_int8": "models/ad/ad01_int8.tflite",
  "AD_fp32": "models/ad/ad01_fp32.tflite",
  "IC_int8": "models/ic/pretrainedResnet_quant.tflite",
  "IC_fp32": "models/ic/pretrainedResnet.tflite",
  "KWS_int8": "models/kws/kws_ref_model.tflite",
  "KWS_dynrange(\"float32\")": "models/kws/kws_ref_model_float32.tflite",
  "SWW_int8": "models/sww/str_ww_ref_model.tflite",
  "VWW_int8": "models/vww/vww_96_int8.tflite",
  "VWW_fp32": "models/vww/vww_96_float.tflite",
  "original_AD_tf2.13.1": "oracles/original-tf2131/ad01.tflite",
  "original_IC_tf2.13.1": "oracles/original-tf2131/pretrainedResnet.tflite",
  "original_KWS_tf2.13.1": "oracles/original-tf2131/kws_ref_model.tflite",
  "original_SWW_tf2.13.1": "oracles/original-tf2131/str_ww_ref_model.tflite",
  "original_VWW_tf2.13.1": "oracles/original-tf2131/vww_96.tflite",
]

private let kindsWithWeights = ["CONV_2D", "DEPTHWISE_CONV_2D", "FULLY_CONNECTED"]

@Suite(.shared("oracles"))
struct OperatorTableTests {
  @Test func theTableNamesOnlyModelsThatAreRead() throws {
    let table = try OperatorTable()
    #expect(Set(table.rows.keys) == Set(files.keys))
    #expect(Set(table.totals.keys) == Set(files.keys))
  }

  @Test(arguments: files.keys.sorted())
  func costsEqualTheTable(_ model: String) throws {
    let table = try OperatorTable()
    let rows = try #require(table.rows[model])
    let total = try #require(table.totals[model])
    let graph = try TFLiteReader.read(path: Shared.path(try #require(files[model])))
    #expect(graph.operators.count == rows.count && graph.costs.count == rows.count)
    for (row, cost) in zip(rows, graph.costs) {
      let each = graph.operators[row.index]
      #expect(cost.index == row.index && cost.kind == row.kind && each.version == row.version)
      #expect(cost.input == row.input && cost.output == row.output && cost.macs == row.macs)
      #expect(cost.uncounted == nil)
      // The table's column 'weight' is the second input whatever the kind: the shape of a RESHAPE,
      // the other term of an ADD.
      #expect(cost.weightBytes + cost.constantBytes == row.secondBytes + row.otherBytes)
      if kindsWithWeights.contains(row.kind) {
        #expect(cost.weights == row.second && cost.weightBytes == row.secondBytes)
        #expect(cost.constantBytes == row.otherBytes)
      } else {
        #expect(cost.weights == [] && cost.weightBytes == 0)
      }
      let types = [each.inputs[0], each.inputs.count > 1 ? each.inputs[1] : nil].map {
        $0.map { graph.tensors[$0].elementType.name.uppercased() } ?? ""
      }
      #expect(types[0] == row.inputType && types[1] == row.secondType)
      #expect(graph.tensors[each.outputs[0]].elementType.name.uppercased() == row.outputType)
      #expect(described(each) == row.options.filter { readOptions.contains($0.key) })
    }
    #expect(graph.macs == total.macs && graph.bytes.count == total.fileBytes)
    let constants = graph.costs.reduce(0) { $0 + $1.constantBytes }
    #expect(graph.weightBytes + constants == total.secondBytes + total.otherBytes)
    let expected = rows.filter { kindsWithWeights.contains($0.kind) }.map(\.secondBytes)
    #expect(graph.weightBytes == expected.reduce(0, +))
  }

  @Test func dtypes() throws {
    for (model, file) in files {
      let graph = try TFLiteReader.read(path: Shared.path(file))
      switch model {
      case "KWS_dynrange(\"float32\")":
        #expect(
          graph.types == ComputeTypes(weights: [.float32, .int8], activations: [.float32])
            && graph.types.isHybrid)
      case _ where model.hasSuffix("_int8") || model == "original_KWS_tf2.13.1":
        #expect(graph.dtype == .int8, "\(model)")
      default: #expect(graph.dtype == .fp32, "\(model)")
      }
    }
  }

  /// Also those that the table leaves out.
  @Test func everyModelIsRead() throws {
    let paths = Shared.files(ending: ".tflite").map(Shared.path)
    #expect(paths.count >= files.count)
    for path in paths {
      let graph = try TFLiteReader.read(path: path)
      #expect(graph.remarks.map(\.rule).allSatisfy { $0 == "dynamic-shape" }, "\(path)")
      #expect(!graph.inputs.isEmpty && !graph.outputs.isEmpty && graph.macs > 0, "\(path)")
      if path.hasSuffix("int8.tflite") { #expect(graph.dtype == .int8, "\(path)") }
      if let layers = path.firstMatch(of: /cnn_l(\d)/).flatMap({ UInt64($0.1) }) {
        // 5x5 taps of 8 channels for 24x32 positions of 8 channels: facts on the generated models.
        #expect(graph.macs == layers * 5 * 5 * 8 * 24 * 32 * 8)
      }
    }
  }

  /// Real files of other formats are named.
  @Test(arguments: [
    (".onnx", "ONNX"), (".h5", "HDF5"), (".npz", "zip"), (".npy", "NumPy"),
    ("saved_model.pb", "SavedModel"), (".tsv", "text"),
  ])
  func otherFormatsAreNamed(_ ending: String, _ name: String) throws {
    let paths = Shared.files(ending: ending).map(Shared.path)
    #expect(!paths.isEmpty)
    for path in paths {
      let error = try #require(throws: Diagnostic.self) {
        try TFLiteReader.read(path: path)
      }
      #expect(error.rule == "not-tflite" && error.message.contains(name), "\(error.headline)")
      #expect(error.isPlacedAndHelpful && error.headline.hasPrefix(path))
    }
  }

  /// The bundled cost table has the same numbers for the model files it names.
  @Test func bundledCostsAgree() throws {
    let names = [
      "ad,int8": "AD_int8", "ad,fp32": "original_AD_tf2.13.1", "ic,int8": "IC_int8",
      "ic,fp32": "original_IC_tf2.13.1", "kws,int8": "original_KWS_tf2.13.1",
      "sww,int8": "SWW_int8", "sww,fp32": "original_SWW_tf2.13.1", "vww,int8": "VWW_int8",
      "vww,fp32": "original_VWW_tf2.13.1",
    ]
    let text = try Checkout.text("data/operator-costs.csv")
    for (key, model) in names {
      let path = Shared.path(try #require(files[model]))
      let lines = try TFLiteReader.read(path: path).costs.map { cost in
        let shapes = [cost.input, cost.output, cost.weights].map {
          $0.map(String.init).joined(separator: "x")
        }
        let stride = cost.stride.map(String.init).joined(separator: "x")
        return "\(key),\(cost.index),\(cost.kind),\(shapes.joined(separator: ",")),"
          + "\(cost.padding ?? ""),\(stride),\(cost.weightBytes),\(cost.constantBytes),\(cost.macs)"
      }
      let expected = text.split(separator: "\n").filter { $0.hasPrefix(key + ",") }.map {
        $0.split(separator: ",", omittingEmptySubsequences: false).dropLast()
          .joined(separator: ",")
      }
      #expect(lines == expected, "\(key)")
    }
  }
}

private let readOptions: Set = [
  "padding", "strideW", "strideH", "dilationWFactor", "dilationHFactor", "filterWidth",
  "filterHeight", "depthMultiplier", "fusedActivationFunction", "keepNumDims", "weightsFormat",
  "beta",
]

/// The attributes in the words of the table.
private func described(_ each: Operator) -> [String: String] {
  var result: [String: String] = [:]
  if let window = each.attributes.window {
    result["padding"] = window.padding.rawValue.uppercased()
    result["strideW"] = "\(window.stride.width)"
    result["strideH"] = "\(window.stride.height)"
    if let size = window.size {
      result["filterWidth"] = "\(size.width)"
      result["filterHeight"] = "\(size.height)"
    } else {
      result["dilationWFactor"] = "\(window.dilation.width)"
      result["dilationHFactor"] = "\(window.dilation.height)"
    }
  }
  let activation: FusedActivation?
  switch each.attributes {
  case .convolution(_, let value), .pooling(_, let value), .activation(let value):
    activation = value
  case .depthwise(_, let multiplier, let value):
    activation = value
    result["depthMultiplier"] = "\(multiplier)"
  case .fullyConnected(let value, let keeps, let shuffled):
    activation = value
    result["keepNumDims"] = keeps ? "True" : "False"
    result["weightsFormat"] = shuffled ? "1" : "0"
  case .softmax(let beta):
    activation = nil
    result["beta"] = "\(beta)"
  case .concatenation, .reshape, .reducer, .plain, .opaque: activation = nil
  }
  if let activation { result["fusedActivationFunction"] = "\(activation)".uppercased() }
  return result
}
