extension Shape {
  /// Every shape of the five models.
  static let all = ad + ic + kws + sww + vww

  private static let ad = [
    Shape(name: "ad0", kind: .fullyConnected, input: (1, 1, 640), outputs: 128),
    Shape(name: "ad1", uses: 6, kind: .fullyConnected, input: (1, 1, 128), outputs: 128),
    Shape(name: "ad4", kind: .fullyConnected, input: (1, 1, 128), outputs: 8),
    Shape(name: "ad5", kind: .fullyConnected, input: (1, 1, 8), outputs: 128),
    Shape(name: "ad9", kind: .fullyConnected, input: (1, 1, 128), outputs: 640),
  ]

  private static let ic = [
    Shape(name: "ic0", kind: .convolution, input: (32, 32, 3), window: (3, 3), outputs: 16),
    Shape(
      name: "ic1", uses: 2, kind: .convolution, input: (32, 32, 16), window: (3, 3), outputs: 16),
    Shape(name: "ic3", kind: .add, input: (32, 32, 16)),
    Shape(
      name: "ic4", kind: .convolution, input: (32, 32, 16), window: (3, 3), outputs: 32, stride: 2),
    Shape(name: "ic5", kind: .convolution, input: (16, 16, 32), window: (3, 3), outputs: 32),
    Shape(name: "ic6", kind: .convolution, input: (32, 32, 16), outputs: 32, stride: 2),
    Shape(name: "ic7", kind: .add, input: (16, 16, 32)),
    Shape(
      name: "ic8", kind: .convolution, input: (16, 16, 32), window: (3, 3), outputs: 64, stride: 2),
    Shape(name: "ic9", kind: .convolution, input: (8, 8, 64), window: (3, 3), outputs: 64),
    Shape(name: "ic10", kind: .convolution, input: (16, 16, 32), outputs: 64, stride: 2),
    Shape(name: "ic11", kind: .add, input: (8, 8, 64)),
    Shape(name: "ic12", kind: .averagePool, input: (8, 8, 64)),
    Shape(name: "ic13", kind: .fullyConnected, input: (1, 1, 64), outputs: 10),
    Shape(name: "ic14", kind: .softmax, input: (1, 1, 10)),
  ]

  private static let kws = [
    Shape(
      name: "kws0", kind: .convolution, input: (49, 10, 1), window: (10, 4), outputs: 64, stride: 2),
    Shape(name: "kws1", uses: 4, kind: .depthwise, input: (25, 5, 64), window: (3, 3), outputs: 64),
    Shape(name: "kws2", uses: 4, kind: .convolution, input: (25, 5, 64), outputs: 64),
    Shape(name: "kws9", kind: .averagePool, input: (25, 5, 64)),
    Shape(name: "kws10", kind: .fullyConnected, input: (1, 1, 64), outputs: 12),
    Shape(name: "kws11", kind: .softmax, input: (1, 1, 12)),
  ]

  private static let sww = [
    Shape(
      name: "sww0", kind: .depthwise, input: (30, 1, 40), window: (3, 1), outputs: 40,
      isPadded: false),
    Shape(name: "sww1", kind: .convolution, input: (28, 1, 40), outputs: 128),
    Shape(
      name: "sww2", kind: .depthwise, input: (28, 1, 128), window: (5, 1), outputs: 128,
      isPadded: false),
    Shape(name: "sww3", kind: .convolution, input: (24, 1, 128), outputs: 128),
    Shape(
      name: "sww4", kind: .depthwise, input: (24, 1, 128), window: (10, 1), outputs: 128,
      isPadded: false),
    Shape(name: "sww5", kind: .convolution, input: (15, 1, 128), outputs: 128),
    Shape(
      name: "sww6", kind: .depthwise, input: (15, 1, 128), window: (15, 1), outputs: 128,
      isPadded: false),
    Shape(name: "sww7", kind: .convolution, input: (1, 1, 128), outputs: 32),
    Shape(name: "sww8", kind: .fullyConnected, input: (1, 1, 32), outputs: 3),
    Shape(name: "sww9", kind: .softmax, input: (1, 1, 3)),
  ]

  private static let vww = [
    Shape(
      name: "vww0", kind: .convolution, input: (96, 96, 3), window: (3, 3), outputs: 8, stride: 2),
    Shape(name: "vww1", kind: .depthwise, input: (48, 48, 8), window: (3, 3), outputs: 8),
    Shape(name: "vww2", kind: .convolution, input: (48, 48, 8), outputs: 16),
    Shape(
      name: "vww3", kind: .depthwise, input: (48, 48, 16), window: (3, 3), outputs: 16, stride: 2),
    Shape(name: "vww4", kind: .convolution, input: (24, 24, 16), outputs: 32),
    Shape(name: "vww5", kind: .depthwise, input: (24, 24, 32), window: (3, 3), outputs: 32),
    Shape(name: "vww6", kind: .convolution, input: (24, 24, 32), outputs: 32),
    Shape(
      name: "vww7", kind: .depthwise, input: (24, 24, 32), window: (3, 3), outputs: 32, stride: 2),
    Shape(name: "vww8", kind: .convolution, input: (12, 12, 32), outputs: 64),
    Shape(name: "vww9", kind: .depthwise, input: (12, 12, 64), window: (3, 3), outputs: 64),
    Shape(name: "vww10", kind: .convolution, input: (12, 12, 64), outputs: 64),
    Shape(
      name: "vww11", kind: .depthwise, input: (12, 12, 64), window: (3, 3), outputs: 64, stride: 2),
    Shape(name: "vww12", kind: .convolution, input: (6, 6, 64), outputs: 128),
    Shape(
      name: "vww13", uses: 5, kind: .depthwise, input: (6, 6, 128), window: (3, 3), outputs: 128),
    Shape(name: "vww14", uses: 5, kind: .convolution, input: (6, 6, 128), outputs: 128),
    Shape(
      name: "vww23", kind: .depthwise, input: (6, 6, 128), window: (3, 3), outputs: 128, stride: 2),
    Shape(name: "vww24", kind: .convolution, input: (3, 3, 128), outputs: 256),
    Shape(name: "vww25", kind: .depthwise, input: (3, 3, 256), window: (3, 3), outputs: 256),
    Shape(name: "vww26", kind: .convolution, input: (3, 3, 256), outputs: 256),
    Shape(name: "vww27", kind: .averagePool, input: (3, 3, 256)),
    Shape(name: "vww28", kind: .fullyConnected, input: (1, 1, 256), outputs: 2),
    Shape(name: "vww29", kind: .softmax, input: (1, 1, 2)),
  ]
}
