import Models
import Testing

/// A model of one operator, for each kernel of the engine.
package struct KindSketch: Sendable, CustomTestStringConvertible {
  package let name: String
  package let build: @Sendable (inout OneOperator) throws -> Void

  package init(_ name: String, _ build: @escaping @Sendable (inout OneOperator) throws -> Void) {
    self.name = name
    self.build = build
  }

  package var testDescription: String { name }

  package func graph() throws -> Graph {
    var one = OneOperator(seed: name.utf8.reduce(0) { $0 &* 31 &+ UInt64($1) })
    try build(&one)
    return try one.draft.graph()
  }

  /// At least one for each kernel.
  package static let all: [KindSketch] = weighted + unary + binary + windows + shapes

  package static let weighted: [KindSketch] = [
    KindSketch("fc int8") { try $0.fullyConnected(.int8, batches: 1, 13, 10) },
    KindSketch("fc int8 per channel") {
      try $0.fullyConnected(.int8, batches: 1, 12, 9, perChannel: true)
    },
    KindSketch("fc int8, 3 vectors") { try $0.fullyConnected(.int8, batches: 3, 7, 5) },
    KindSketch("fc fp32") { try $0.fullyConnected(.float32, batches: 1, 9, 11) },
    KindSketch("fc fp32, 4 vectors, no bias") {
      try $0.fullyConnected(.float32, batches: 4, 6, 3, hasBias: false)
    },
    KindSketch("conv int8") { try $0.convolution(.int8, [1, 7, 5, 3], [8, 3, 3, 3]) },
    KindSketch("conv int8, stride 2") {
      try $0.convolution(.int8, [1, 9, 8, 4], [5, 3, 2, 4], stride: 2)
    },
    KindSketch("conv int8, pointwise") { try $0.convolution(.int8, [1, 5, 3, 8], [7, 1, 1, 8]) },
    KindSketch("conv int8, groups") { try $0.convolution(.int8, [1, 6, 4, 8], [6, 3, 3, 4]) },
    KindSketch("conv int8, 3 images") { try $0.convolution(.int8, [3, 4, 4, 2], [3, 2, 2, 2]) },
    KindSketch("conv int8, dilation") {
      try $0.convolution(.int8, [1, 9, 7, 2], [4, 3, 3, 2], dilation: 2)
    },
    KindSketch("conv int8, one row") {
      try $0.convolution(.int8, [1, 4, 6, 2], [4, 4, 2, 2], padding: .valid)
    },
    KindSketch("conv fp32") { try $0.convolution(.float32, [1, 7, 5, 3], [4, 3, 3, 3]) },
    KindSketch("conv fp32, pointwise") {
      try $0.convolution(.float32, [1, 5, 3, 6], [7, 1, 1, 6])
    },
    KindSketch("conv fp32, 2 images, stride 3") {
      try $0.convolution(.float32, [2, 8, 7, 2], [3, 5, 5, 2], stride: 3)
    },
    KindSketch("depthwise int8") { try $0.depthwise(.int8, [1, 7, 5, 9], [1, 3, 3, 9]) },
    KindSketch("depthwise int8, stride 2") {
      try $0.depthwise(.int8, [1, 10, 6, 4], [1, 5, 3, 4], stride: 2)
    },
    KindSketch("depthwise int8, a column") {
      try $0.depthwise(.int8, [1, 12, 1, 8], [1, 5, 1, 8], padding: .valid)
    },
    KindSketch("depthwise int8, multiplier 2") {
      try $0.depthwise(.int8, [1, 6, 5, 3], [1, 3, 3, 6])
    },
    KindSketch("depthwise fp32") { try $0.depthwise(.float32, [1, 7, 5, 6], [1, 3, 3, 6]) },
    KindSketch("depthwise fp32, multiplier 3") {
      try $0.depthwise(.float32, [2, 5, 5, 2], [1, 2, 3, 6], dilation: 2)
    },
  ]

  package static let unary: [KindSketch] = [
    KindSketch("relu int8") { try $0.unary(.relu, [2, 9], .int8, to: .int8, scale: 0.03) },
    KindSketch("relu6 int8") { try $0.unary(.relu6, [2, 9], .int8, to: .int8, scale: 0.05) },
    KindSketch("relu fp32") { try $0.unary(.relu, [2, 9], .float32, to: .float32) },
    KindSketch("relu6 fp32") { try $0.unary(.relu6, [2, 9], .float32, to: .float32) },
    KindSketch("tanh int8") {
      try $0.unary(.tanh, [300], .int8, to: .int8, scale: 1 / 128, zeroPoint: 0)
    },
    KindSketch("tanh fp32") { try $0.unary(.tanh, [30], .float32, to: .float32) },
    KindSketch("logistic int8") {
      try $0.unary(.logistic, [300], .int8, to: .int8, scale: 1 / 256, zeroPoint: -128)
    },
    KindSketch("logistic fp32") { try $0.unary(.logistic, [30], .float32, to: .float32) },
    KindSketch("softmax int8") {
      try $0.unary(.softmax, [3, 10], .int8, to: .int8, scale: 1 / 256, zeroPoint: -128)
    },
    KindSketch("softmax fp32") { try $0.unary(.softmax, [3, 10], .float32, to: .float32) },
    KindSketch("quantize fp32") { try $0.unary(.quantize, [40], .float32, to: .int8) },
    KindSketch("quantize int8") { try $0.unary(.quantize, [40], .int8, to: .int8, scale: 0.04) },
    KindSketch("dequantize") { try $0.unary(.dequantize, [40], .int8, to: .float32) },
  ]

  package static let binary: [KindSketch] = [
    ("add", OperatorKind.add), ("sub", .sub), ("mul", .mul), ("minimum", .minimum),
    ("maximum", .maximum),
  ].flatMap { name, kind in
    [ElementType.int8, .float32].flatMap { type in
      [
        KindSketch("\(name) \(type.name)") { try $0.binary(kind, type, [2, 3, 4], [2, 3, 4]) },
        KindSketch("\(name) \(type.name), repeated") {
          try $0.binary(kind, type, [2, 1, 4], [3, 1])
        },
      ]
    }
  }

  package static let windows: [KindSketch] = [
    ("average", OperatorKind.averagePool2D), ("max", .maxPool2D),
  ].flatMap { name, kind in
    [ElementType.int8, .float32].map { type in
      KindSketch("\(name) pool \(type.name)") { try $0.pool(kind, type, [2, 5, 6, 3]) }
    }
  }

  package static let shapes: [KindSketch] = [
    KindSketch("mean int8") { try $0.numbered(.mean, .int8, [2, 3, 4, 5], [1, 2], shape: [2]) },
    KindSketch("mean fp32") { try $0.numbered(.mean, .float32, [2, 3, 4], [-1], shape: [1]) },
    KindSketch("pad int8") {
      try $0.numbered(.pad, .int8, [2, 3, 2], [0, 1, 2, 0, 1, 1], shape: [3, 2])
    },
    KindSketch("pad fp32") {
      try $0.numbered(.pad, .float32, [3, 2], [1, 0, 0, 2], shape: [2, 2])
    },
    KindSketch("transpose int8") {
      try $0.numbered(.transpose, .int8, [2, 3, 4], [2, 0, 1], shape: [3])
    },
    KindSketch("transpose fp32") {
      try $0.numbered(.transpose, .float32, [2, 3, 4], [1, 0, 2], shape: [3])
    },
    KindSketch("transpose int16") {
      try $0.numbered(.transpose, .int16, [2, 3, 4], [2, 1, 0], shape: [3])
    },
    KindSketch("reshape") { try $0.reshape([2, 6], to: [3, 4]) },
  ]
}
