import Support

/// One of the five MLPerf Tiny reference architectures, with seeded weights in place of trained ones:
/// same operators, shapes, MACs and arena, so that it costs the same; what it computes means nothing.
public enum TinyMLTwin: String, CaseIterable, Sendable {
  case ad, ic, kws, sww, vww

  /// Shapes are facts of the published models (github.com/mlcommons/tiny, benchmark/training); in
  /// the form in which TensorFlow 2.13.1 converts them: batch normalisation folded, no RESHAPE before
  /// FULLY_CONNECTED, which flattens by itself.
  public func graph(seed: UInt64 = 1) throws(Diagnostic) -> Graph {
    switch self {
    case .ad: try anomalyDetection(seed)
    case .ic: try imageClassification(seed)
    case .kws: try keywordSpotting(seed)
    case .sww: try streamingWakeWord(seed)
    case .vww: try visualWakeWords(seed)
    }
  }

  /// What the file says of itself, which makes its `weights_source` twin.
  public func note(seed: UInt64) -> String { "twin of \(rawValue), seed \(seed)" }

  /// The model of which a graph is a twin, by its note; nil for other graphs.
  public static func original(of graph: Graph) -> TinyMLTwin? {
    let words = graph.note.split { $0 == " " || $0 == "," }
    guard words.count >= 3, words[0] == "twin", words[1] == "of" else { return nil }
    return TinyMLTwin(rawValue: String(words[2]))
  }

  private func builder(_ input: [Int], _ seed: UInt64) -> ModelBuilder {
    ModelBuilder(name: rawValue, note: note(seed: seed), input: input, seed: seed)
  }

  /// An autoencoder of ten FULLY_CONNECTED.
  private func anomalyDetection(_ seed: UInt64) throws(Diagnostic) -> Graph {
    var model = builder([1, 640], seed)
    for size in [128, 128, 128, 128, 8, 128, 128, 128, 128] {
      try model.fullyConnected(size, .relu)
    }
    try model.fullyConnected(640, .none)
    return try model.graph()
  }

  /// ResNet with three stacks.
  private func imageClassification(_ seed: UInt64) throws(Diagnostic) -> Graph {
    var model = builder([1, 32, 32, 3], seed)
    try model.convolution(16, 3, 3)
    for (channels, stride) in [(16, 1), (32, 2), (64, 2)] {
      let entry = model.last
      try model.convolution(channels, 3, 3, stride: stride)
      try model.convolution(channels, 3, 3, .none)
      let main = model.last
      model.last = entry
      if stride != 1 { try model.convolution(channels, 1, 1, stride: stride, .none) }
      try model.add(main, .relu)
    }
    return try classified(&model, classes: 10)
  }

  /// Depthwise separable CNN.
  private func keywordSpotting(_ seed: UInt64) throws(Diagnostic) -> Graph {
    var model = builder([1, 49, 10, 1], seed)
    try model.convolution(64, 10, 4, stride: 2)
    for _ in 0..<4 {
      try model.depthwise(3, 3)
      try model.convolution(64, 1, 1)
    }
    return try classified(&model, classes: 12)
  }

  /// One-dimensional depthwise separable CNN.
  private func streamingWakeWord(_ seed: UInt64) throws(Diagnostic) -> Graph {
    var model = builder([1, 30, 1, 40], seed)
    for (taps, channels) in [(3, 128), (5, 128), (10, 128), (15, 32)] {
      try model.depthwise(taps, 1, padding: .valid, hasBias: false, .none)
      try model.convolution(channels, 1, 1, padding: .valid)
    }
    try model.fullyConnected(3, .none)
    try model.append(.softmax)
    return try model.graph()
  }

  /// MobileNet v1 with a quarter of its channels.
  private func visualWakeWords(_ seed: UInt64) throws(Diagnostic) -> Graph {
    var model = builder([1, 96, 96, 3], seed)
    try model.convolution(8, 3, 3, stride: 2)
    let blocks = [
      (16, 1), (32, 2), (32, 1), (64, 2), (64, 1), (128, 2), (128, 1), (128, 1), (128, 1),
      (128, 1), (128, 1), (256, 2), (256, 1),
    ]
    for (channels, stride) in blocks {
      try model.depthwise(3, 3, stride: stride)
      try model.convolution(channels, 1, 1)
    }
    return try classified(&model, classes: 2)
  }

  private func classified(
    _ model: inout ModelBuilder, classes: Int
  ) throws(Diagnostic) -> Graph {
    try model.averagePool()
    try model.fullyConnected(classes, .none)
    try model.append(.softmax)
    return try model.graph()
  }
}
