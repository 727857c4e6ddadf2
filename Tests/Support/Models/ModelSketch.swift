import Models

/// A model as a test describes it; the defaults are those of a plain file.
package struct ModelSketch: Sendable {
  /// A tensor; `buffer` takes the place of the number of the buffer that holds `data`, `typeCode` that of `type`.
  package struct TensorSketch: Sendable {
    package var shape: [Int32]
    package var type: ElementType
    package var data: [UInt8]?
    package var name: String
    package var scales: [Float]
    package var zeroPoints: [Int64]
    package var axis: Int32
    package var isVariable: Bool
    package var isSparse: Bool
    package var signature: [Int32]
    package var buffer: UInt32?
    package var typeCode: Int8?

    /// A tensor of a plain file, but for what is told.
    package init(
      shape: [Int32], type: ElementType = .int8, data: [UInt8]? = nil, name: String = "t",
      scales: [Float] = [], zeroPoints: [Int64] = [], axis: Int32 = 0, isVariable: Bool = false,
      isSparse: Bool = false, signature: [Int32] = [], buffer: UInt32? = nil, typeCode: Int8? = nil
    ) {
      (self.shape, self.type, self.data, self.name) = (shape, type, data, name)
      (self.scales, self.zeroPoints, self.axis) = (scales, zeroPoints, axis)
      (self.isVariable, self.isSparse, self.signature) = (isVariable, isSparse, signature)
      (self.buffer, self.typeCode) = (buffer, typeCode)
    }
  }

  /// An operator; `codeIndex` takes the place of the index of its own code.
  package struct OperatorSketch: Sendable {
    package var code: Int32
    package var customName: String?
    package var version: Int32
    package var inputs: [Int32]
    package var outputs: [Int32]
    package var optionsType: UInt8
    package var options: [Int: FlatValue]?
    package var customOptions: [UInt8]?
    package var codeIndex: UInt32?
    package var extra: [Int: FlatValue]

    /// An operator of a plain file, but for what is told.
    package init(
      code: Int32, customName: String? = nil, version: Int32 = 1, inputs: [Int32],
      outputs: [Int32], optionsType: UInt8 = 0, options: [Int: FlatValue]? = nil,
      customOptions: [UInt8]? = nil, codeIndex: UInt32? = nil, extra: [Int: FlatValue] = [:]
    ) {
      (self.code, self.customName, self.version) = (code, customName, version)
      (self.inputs, self.outputs) = (inputs, outputs)
      (self.optionsType, self.options) = (optionsType, options)
      (self.customOptions, self.codeIndex, self.extra) = (customOptions, codeIndex, extra)
    }
  }

  package var tensors: [TensorSketch] = []
  package var operators: [OperatorSketch] = []
  package var inputs: [Int32] = []
  package var outputs: [Int32] = []
  package var name = "main"
  package var version: UInt32 = 3
  package var identifier = "TFL3"
  package var subgraphCount = 1
  package var bufferExtra: [Int: FlatValue] = [:]

  /// A model of nothing, to be filled.
  package init() {}

  /// The .tflite file.
  package var bytes: [UInt8] {
    var buffers: [FlatValue] = [.table([:])]
    let tensorValues = tensors.map { tensor -> FlatValue in
      var fields: [Int: FlatValue] = [
        0: .int32s(tensor.shape), 1: .int8(tensor.typeCode ?? Int8(tensor.type.rawValue)),
        3: .string(tensor.name),
      ]
      if let data = tensor.data {
        fields[2] = .uint32(UInt32(buffers.count))
        buffers.append(.table([0: .bytes(data)].merging(bufferExtra) { $1 }))
      }
      if let buffer = tensor.buffer { fields[2] = .uint32(buffer) }
      if !tensor.scales.isEmpty || !tensor.zeroPoints.isEmpty {
        fields[4] = .table([
          2: .floats(tensor.scales), 3: .int64s(tensor.zeroPoints), 6: .int32(tensor.axis),
        ])
      }
      if tensor.isVariable { fields[5] = .uint8(1) }
      if tensor.isSparse { fields[6] = .table([:]) }
      if !tensor.signature.isEmpty { fields[7] = .int32s(tensor.signature) }
      return .table(fields)
    }
    let codes = operators.map { each -> FlatValue in
      var fields: [Int: FlatValue] = [
        0: .int8(Int8(clamping: each.code)), 2: .int32(each.version), 3: .int32(each.code),
      ]
      if let name = each.customName { fields[1] = .string(name) }
      return .table(fields)
    }
    let operatorValues = operators.enumerated().map { index, each -> FlatValue in
      var fields: [Int: FlatValue] = [
        0: .uint32(each.codeIndex ?? UInt32(index)), 1: .int32s(each.inputs),
        2: .int32s(each.outputs),
      ]
      if each.optionsType != 0 { fields[3] = .uint8(each.optionsType) }
      if let options = each.options { fields[4] = .table(options) }
      if let options = each.customOptions { fields[5] = .bytes(options) }
      return .table(fields.merging(each.extra) { $1 })
    }
    let subgraph = FlatValue.table([
      0: .vector(tensorValues), 1: .int32s(inputs), 2: .int32s(outputs),
      3: .vector(operatorValues), 4: .string(name),
    ])
    return FlatWriter.file(
      .table([
        0: .uint32(version), 1: .vector(codes),
        2: .vector(Array(repeating: subgraph, count: subgraphCount)), 4: .vector(buffers),
      ]), identifier: identifier)
  }

  /// The file, read.
  package func graph() throws -> Graph { try TFLiteReader.read(bytes: bytes) }
}

extension ModelSketch {
  /// Options of CONV_2D (field numbers of the schema).
  package static func convolution(
    valid: Bool = false, stride: (Int32, Int32) = (1, 1), dilation: (Int32, Int32) = (1, 1),
    activation: Int8 = 0
  ) -> [Int: FlatValue] {
    [
      0: .int8(valid ? 1 : 0), 1: .int32(stride.1), 2: .int32(stride.0), 3: .int8(activation),
      4: .int32(dilation.1), 5: .int32(dilation.0),
    ]
  }

  /// Options of DEPTHWISE_CONV_2D.
  package static func depthwise(
    valid: Bool = false, stride: (Int32, Int32) = (1, 1), multiplier: Int32 = 1
  ) -> [Int: FlatValue] {
    [
      0: .int8(valid ? 1 : 0), 1: .int32(stride.1), 2: .int32(stride.0), 3: .int32(multiplier),
      4: .int8(1),
    ]
  }

  /// Options of the pools.
  package static func pooling(
    valid: Bool = true, stride: (Int32, Int32), size: (Int32, Int32)
  ) -> [Int: FlatValue] {
    [
      0: .int8(valid ? 1 : 0), 1: .int32(stride.1), 2: .int32(stride.0), 3: .int32(size.1),
      4: .int32(size.0), 5: .int8(3),
    ]
  }

  /// Image 1x6x4x2 -> CONV_2D 3x3 stride 2x1 -> DEPTHWISE_CONV_2D 2x2 -> AVERAGE_POOL_2D ->
  /// RESHAPE -> FULLY_CONNECTED -> SOFTMAX: every kind that the MLPerf Tiny models chain.
  package static func network(_ type: ElementType = .int8) -> ModelSketch {
    let width = (type.bits ?? 8) / 8
    let biasType: ElementType = type == .int8 ? .int32 : type
    func data(_ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: $0) } }
    var sketch = ModelSketch()
    sketch.tensors = [
      TensorSketch(shape: [1, 6, 4, 2], type: type, name: "image", scales: [0.5], zeroPoints: [3]),
      TensorSketch(
        shape: [3, 3, 3, 2], type: type, data: data(54 * width), name: "conv/w",
        scales: [0.1, 0.2, 0.3], zeroPoints: [0, 0, 0]),
      TensorSketch(shape: [3], type: biasType, data: data(12), name: "conv/b"),
      TensorSketch(shape: [1, 3, 4, 3], type: type, name: "conv"),
      TensorSketch(
        shape: [1, 2, 2, 6], type: type, data: data(24 * width), name: "dw/w",
        scales: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6], zeroPoints: [0], axis: 3),
      TensorSketch(shape: [1, 2, 3, 6], type: type, name: "dw"),
      TensorSketch(shape: [1, 1, 1, 6], type: type, name: "pool"),
      TensorSketch(shape: [2], type: .int32, data: data(8), name: "shape"),
      TensorSketch(shape: [1, 6], type: type, name: "flat"),
      TensorSketch(shape: [4, 6], type: type, data: data(24 * width), name: "fc/w"),
      TensorSketch(shape: [1, 4], type: type, name: "fc"),
      TensorSketch(shape: [1, 4], type: type, name: "probabilities"),
    ]
    sketch.operators = [
      OperatorSketch(
        code: 3, version: 3, inputs: [0, 1, 2], outputs: [3], optionsType: 1,
        options: convolution(stride: (2, 1), activation: 1)),
      OperatorSketch(
        code: 4, inputs: [3, 4, -1], outputs: [5], optionsType: 2,
        options: depthwise(valid: true, multiplier: 2)),
      OperatorSketch(
        code: 1, inputs: [5], outputs: [6], optionsType: 5,
        options: pooling(stride: (2, 3), size: (2, 3))),
      OperatorSketch(
        code: 22, inputs: [6, 7], outputs: [8], optionsType: 17, options: [0: .int32s([1, 6])]),
      OperatorSketch(
        code: 9, version: 4, inputs: [8, 9], outputs: [10], optionsType: 8,
        options: [0: .int8(3), 2: .uint8(1)]),
      OperatorSketch(
        code: 25, inputs: [10], outputs: [11], optionsType: 9, options: [0: .float(1)]),
    ]
    sketch.inputs = [0]
    sketch.outputs = [11]
    return sketch
  }
}
