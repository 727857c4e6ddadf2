import Core
import Foundation
import Support
import TestSupport
import Testing

@testable import Models

/// What is refused: by which rule, and that the message says where.
struct RefusalTests {
  private func expect(
    _ rule: String, _ sketch: ModelSketch, operator index: Int? = nil, tensor: Int? = nil,
    _ location: SourceLocation = #_sourceLocation
  ) {
    guard let failure = refusal(sketch.bytes) else {
      Issue.record("the model is accepted", sourceLocation: location)
      return
    }
    #expect(failure.rule == rule, "\(failure.headline)", sourceLocation: location)
    #expect(failure.isPlacedAndHelpful, "\(failure)", sourceLocation: location)
    #expect(failure.place.offset != nil, "\(failure.headline)", sourceLocation: location)
    #expect(failure.place.operatorIndex == index, "\(failure)", sourceLocation: location)
    #expect(failure.place.tensorIndex == tensor, "\(failure)", sourceLocation: location)
    if index != nil { #expect(failure.place.operatorKind != nil, sourceLocation: location) }
  }

  private func changed(_ change: (inout ModelSketch) -> Void) -> ModelSketch {
    var sketch = ModelSketch.network()
    change(&sketch)
    return sketch
  }

  @Test func shapes() {
    expect("shape", changed { $0.tensors[0].shape[1] = -1 }, tensor: 0)
    expect("overflow", changed { $0.tensors[3].shape = [.max, .max, .max] }, tensor: 3)
    // The number of elements fits, that of their bits does not.
    expect(
      "overflow", changed { $0.tensors[3].shape = [.max, .max, 2] }, tensor: 3)
    expect(
      "dimensions", changed { $0.tensors[0].shape = Array(repeating: 1, count: 33) }, tensor: 0)
    expect("shape-mismatch", changed { $0.tensors[3].shape = [1, 3, 4] }, operator: 0)
    expect("shape-mismatch", changed { $0.tensors[0].shape = [2, 6, 4, 2] }, operator: 0)
    expect("shape-mismatch", changed { $0.tensors[6].shape = [1, 1, 1, 5] }, operator: 2)
    expect("shape-mismatch", changed { $0.tensors[8].shape = [1, 5] }, operator: 3)
    expect("shape-mismatch", changed { $0.tensors[10].shape = [1, 5] }, operator: 4)
    expect("shape-mismatch", changed { $0.tensors[11].shape = [4] }, operator: 5)
  }

  @Test func zeroSizesOfWeightsAreRefused() {
    for index in [1, 4, 9] {
      for axis in 0..<2 {
        let sketch = changed {
          $0.tensors[index].shape[axis] = 0
          $0.tensors[index].data = []
          $0.tensors[index].scales = []
          $0.tensors[index].zeroPoints = []
          $0.inputs.append(Int32(index))
        }
        #expect(refusal(sketch.bytes)?.rule == "shape-mismatch")
      }
    }
  }

  @Test func costsThatOverflow() {
    var sketch = ModelSketch()
    let big: Int32 = 1 << 30
    sketch.tensors = [
      .init(shape: [1, big / 2]), .init(shape: [big, big / 2]), .init(shape: [1, big]),
      .init(shape: [16, big / 2]), .init(shape: [16, big]),
    ]
    sketch.operators = [.init(code: 9, inputs: [0, 1], outputs: [2])]
    sketch.inputs = [0, 1, 3]
    sketch.outputs = [2]
    #expect(refusal(sketch.bytes) == nil)
    // Sixteen of 2^59 are more than 2^63 - 1, together or in one operator.
    sketch.operators = (0..<16).map { _ in .init(code: 9, inputs: [0, 1], outputs: [2]) }
    for index in 0..<16 {
      sketch.tensors.append(.init(shape: [1, big]))
      sketch.operators[index].outputs = [Int32(5 + index)]
    }
    sketch.outputs = [5]
    expect("overflow", sketch, operator: 15)
    sketch.operators = [.init(code: 9, inputs: [3, 1], outputs: [4])]
    sketch.outputs = [4]
    expect("overflow", sketch, operator: 0)
  }

  @Test func activationBytesThatOverflow() {
    var sketch = ModelSketch()
    sketch.tensors = (0..<10).map { _ in .init(shape: [.max, 1 << 29]) }
    sketch.operators = [.init(code: 2, inputs: Array(0..<9), outputs: [9])]
    sketch.inputs = Array(0..<9)
    sketch.outputs = [9]
    expect("overflow", sketch, operator: 0)
  }

  @Test func indices() {
    expect("tensor-index", changed { $0.operators[1].inputs[0] = 12 }, operator: 1, tensor: 12)
    expect("tensor-index", changed { $0.operators[1].inputs[0] = -2 }, operator: 1, tensor: -2)
    expect("tensor-index", changed { $0.operators[1].outputs[0] = -1 }, operator: 1, tensor: -1)
    expect("tensor-index", changed { $0.inputs = [.max] }, tensor: Int(Int32.max))
    expect("tensor-index", changed { $0.outputs = [.min] }, tensor: Int(Int32.min))
    expect("buffer-index", changed { $0.tensors[1].buffer = .max }, tensor: 1)
    expect("element-type", changed { $0.tensors[0].typeCode = 23 }, tensor: 0)
    expect("element-type", changed { $0.tensors[0].typeCode = -1 }, tensor: 0)
    let codes = changed { $0.operators[2].codeIndex = 6 }
    #expect(refusal(codes.bytes)?.rule == "operator-code")
    #expect(refusal(codes.bytes)?.place.operatorIndex == 2)
    #expect(refusal(changed { $0.operators[2].code = -5 }.bytes)?.rule == "operator-code")
  }

  @Test func dataFlow() {
    expect("data-flow", changed { $0.operators.swapAt(2, 3) }, operator: 2, tensor: 6)
    expect("data-flow", changed { $0.operators[0].inputs[0] = 3 }, operator: 0, tensor: 3)
    expect("data-flow", changed { $0.operators[5].outputs = [0] }, operator: 5, tensor: 0)
    expect("data-flow", changed { $0.operators[5].outputs = [1] }, operator: 5, tensor: 1)
    expect("data-flow", changed { $0.operators[5].outputs = [10] }, operator: 5, tensor: 10)
    expect("data-flow", changed { $0.operators.removeLast() }, tensor: 11)
  }

  /// A variable may be read first and written more than once.
  @Test func variables() throws {
    var sketch = ModelSketch()
    sketch.tensors = [
      .init(shape: [2]), .init(shape: [2], isVariable: true), .init(shape: [2]),
    ]
    sketch.operators = [
      .init(code: 0, inputs: [0, 1], outputs: [1]), .init(code: 0, inputs: [1, 1], outputs: [1]),
      .init(code: 0, inputs: [0, 1], outputs: [2]),
    ]
    sketch.inputs = [0]
    sketch.outputs = [2]
    #expect(try sketch.graph().tensors[1].isVariable)
  }

  @Test func constants() {
    expect("constant-size", changed { $0.tensors[1].data?.removeLast() }, tensor: 1)
    expect("constant-size", changed { $0.tensors[2].data?.append(0) }, tensor: 2)
    expect("constant-size", changed { $0.tensors[9].type = .float32 }, tensor: 9)
  }

  @Test func quantization() {
    expect("quantization", changed { $0.tensors[1].scales[1] = .nan }, tensor: 1)
    expect("quantization", changed { $0.tensors[1].scales[1] = -1 }, tensor: 1)
    expect("quantization", changed { $0.tensors[1].scales[1] = .infinity }, tensor: 1)
    expect("quantization", changed { $0.tensors[1].zeroPoints = [0, 0] }, tensor: 1)
    expect("quantization", changed { $0.tensors[1].axis = 3 }, tensor: 1)
    expect("quantization", changed { $0.tensors[1].axis = 4 }, tensor: 1)
    expect("quantization", changed { $0.tensors[1].axis = -1 }, tensor: 1)
  }

  @Test func options() {
    let zero = ModelSketch.convolution(stride: (0, 1))
    expect("attributes", changed { $0.operators[0].options = zero }, operator: 0)
    let negative = ModelSketch.convolution(stride: (2, 1), dilation: (1, -1))
    expect("attributes", changed { $0.operators[0].options = negative }, operator: 0)
    let huge = ModelSketch.convolution(valid: true, stride: (.max, .max), dilation: (.max, .max))
    expect("shape-mismatch", changed { $0.operators[0].options = huge }, operator: 0)
    expect(
      "options", changed { $0.operators[0].options?[0] = .int8(2) }, operator: 0)
    expect("options", changed { $0.operators[0].options?[3] = .int8(6) }, operator: 0)
    expect("options", changed { $0.operators[0].options = nil }, operator: 0)
    expect("options", changed { $0.operators[2].optionsType = 0 }, operator: 2)
    expect("options", changed { $0.operators[0].optionsType = 2 }, operator: 0)
    expect("operands", changed { $0.operators[4].inputs = [8] }, operator: 4)
    expect("operands", changed { $0.operators[4].inputs = [-1, 9] }, operator: 4)
  }

  /// Models above 2 GB keep values behind the FlatBuffer.
  @Test func externalBuffers() {
    let buffers = changed { $0.bufferExtra = [1: .uint64(4096), 2: .uint64(54)] }
    #expect(refusal(buffers.bytes)?.rule == "external-buffer")
    #expect(refusal(buffers.bytes)?.isPlacedAndHelpful == true)
    expect("external-buffer", changed { $0.operators[5].extra = [9: .uint64(9000)] }, operator: 5)
  }

  @Test func versionAndSubgraphs() {
    expect("schema-version", changed { $0.version = 2 })
    expect("no-subgraph", changed { $0.subgraphCount = 0 })
  }

  @Test func otherFormats() {
    let zip: [UInt8] = [0x50, 0x4B, 3, 4, 20, 0, 0, 0, 8, 0]
    let onnx: [UInt8] = [8, 7, 0x12, 7] + Array("pytorch".utf8)
    let cases: [([UInt8], String)] = [
      ([], "empty"), ([0x1C, 0, 0], "3 bytes"), (zip, "zip"), (onnx, "ONNX"),
      ([8, 1, 0x12, 200, 1, 0], "SavedModel"),
      ([0x89] + Array("HDF\r\n".utf8) + [0x1A, 10, 0], "HDF5"),
      ([0x1F, 0x8B, 8, 0, 0, 0, 0, 0], "gzip"), ([0x93] + Array("NUMPY".utf8) + [1, 0], "NumPy"),
      (Array("Inference took 12 ms\n".utf8), "text"),
      (Array("const unsigned char model[] = {0x1c, 0x00};".utf8), "source code"),
      ([0x1C, 0, 0, 0] + Array("TFL2".utf8) + [0, 0], "'TFL2'"),
      ([0x1C, 0, 0, 0, 7, 0, 0, 0, 1], "not 'TFL3'"),
      ([9, 0, 0, 0] + ModelSketch.network().bytes, "byte 8"),
    ]
    for (bytes, word) in cases {
      let failure = refusal(bytes)
      #expect(failure?.rule == "not-tflite" && failure?.message.contains(word) == true, "\(word)")
      #expect(failure?.isPlacedAndHelpful == true, "\(word): \(String(describing: failure))")
    }
  }

  @Test func files() throws {
    let scratch = try ScratchFolder()
    defer { withExtendedLifetime(scratch) {} }
    let folder = scratch.url
    let file = folder.appendingPathComponent("m.tflite")
    let bytes = ModelSketch.network().bytes
    try Data(bytes).write(to: file)
    let graph = try TFLiteReader.read(path: file.path)
    let checksum = CRC32.byEightBytes(bytes.span)
    #expect(graph == (try TFLiteReader.read(bytes: bytes)) && graph.crc32 == checksum)
    let missing = folder.appendingPathComponent("n.tflite").path
    // A file without an end is refused by its first bytes.
    for (path, rule) in [
      (folder.path, "folder"), (missing, "unreadable"), ("/dev/zero", "not-tflite"),
    ] {
      let failure = try #require(throws: Diagnostic.self) {
        try TFLiteReader.read(path: path)
      }
      #expect(failure.rule == rule && failure.file == path && !failure.remedy.isEmpty)
      #expect(failure.headline.hasPrefix("\(path): "))
    }
  }
}
