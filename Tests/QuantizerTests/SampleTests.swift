import Models
import Support
import TestSupport
import Testing

@testable import Quantizer

@Suite("Samples")
struct SampleTests {
  /// A graph with one input of that shape, which is also its output.
  static func graph(_ shape: [Int]) throws -> Graph {
    var draft = GraphDraft()
    let input = draft.addInput("x", shape: shape)
    draft.outputs = [try draft.append(.relu, inputs: [input])]
    return try draft.graph()
  }

  @Test("Shapes fit, are turned, or are refused with the remedy")
  func shapes() throws {
    func fit(
      _ array: [Int], _ input: [Int], _ layout: SampleOptions.Layout = .nhwc
    ) throws(Diagnostic) -> SampleShape {
      try SampleShape.fit(array, input: input, layout: layout)
    }
    let image = [1, 24, 32, 8]
    #expect(try fit([5, 24, 32, 8], image).count == 5)
    #expect(try fit([5, 6144], image).count == 5)
    #expect(try fit([24, 32, 8], image).count == 1)
    #expect(try fit([45, 30, 1, 40], [1, 30, 1, 40]).count == 45)
    #expect(try fit([45, 30, 40], [1, 30, 1, 40]).count == 45)
    #expect(try fit([1, 640], [1, 640]).elements == 640)
    #expect(try fit([5, 8, 24, 32], image, .nchw).channelsFirst?.height == 24)
    for (array, layout) in [
      ([5, 8, 24, 32], SampleOptions.Layout.nhwc), ([5, 24, 32, 8], .nchw),
    ] {
      let refused = try #require(
        refusal { () throws(Diagnostic) in try fit(array, image, layout) })
      #expect(refused.rule == "sample-shape" && refused.remedy.contains("NCHW"))
    }
    for array in [[5, 24, 32, 7], [6144], [], [0, 24, 32, 8], [5, 32, 24, 8]] {
      let refused = refusal { () throws(Diagnostic) in try fit(array, image) }
      #expect(refused?.isHelpful == true, "\(array)")
    }
    #expect(refusal { () throws(Diagnostic) in try fit([2, 640], [1, 640], .nchw) } != nil)
  }

  @Test("Samples are not so many that each taking a little memory is too much")
  func count() throws {
    let most = SampleShape.mostSamples
    #expect(try SampleShape.fit([most, 3], input: [1, 3], layout: .nhwc).count == most)
    for array in [[most + 1, 3], [1 << 40, 3, 1]] {
      let refused = refusal { () throws(Diagnostic) in
        try SampleShape.fit(array, input: [1, 3], layout: .nhwc)
      }
      #expect(refused?.rule == "sample-count" && refused?.isHelpful == true)
    }
    let labels = NpySketch.bytes("|b1", [most + 1], Array(repeating: 0, count: most + 1))
    let refused = refusal { () throws(Diagnostic) in try SampleSet.labels(labels, nil) }
    #expect(refused?.rule == "sample-count")
  }

  @Test("Channels first become channels last")
  func turning() throws {
    // Two channels of 2 x 3: value = 100 x channel + 10 x row + column.
    var values: [Float] = []
    for channel in 0..<2 {
      for row in 0..<2 {
        for column in 0..<3 { values.append(Float(100 * channel + 10 * row + column)) }
      }
    }
    let file = NpySketch.bytes("<f4", [1, 2, 2, 3], littleEndian(values))
    try withFile("a.npy", file) { path in
      let graph = try Self.graph([1, 2, 3, 2])
      let set = try SampleSet.read(path: path, for: graph, options: SampleOptions(layout: .nchw))
      #expect(set.sample(0) == [[0, 100, 1, 101, 2, 102, 10, 110, 11, 111, 12, 112]])
      let refused = refusal { () throws(Diagnostic) in
        try SampleSet.read(path: path, for: graph)
      }
      #expect(refused?.rule == "sample-shape" && refused?.file == path)
    }
  }

  @Test("Raw files hold whole samples; numbers are scaled only when asked")
  func raw() throws {
    let graph = try Self.graph([1, 3])
    try withFile("a.bin", [1, 2, 0xFF, 4, 5, 6]) { path in
      let plain = try SampleSet.read(
        path: path, for: graph, options: SampleOptions(rawFormat: .int8))
      #expect(plain.count == 2)
      #expect(plain.sample(0) == [[1, 2, -1]])
      let scaled = try SampleSet.read(
        path: path, for: graph, options: SampleOptions(rawFormat: .int8, offset: 1, factor: 0.5))
      #expect(scaled.sample(1) == [[1.5, 2, 2.5]])
      let refused = try #require(
        refusal { () throws(Diagnostic) in try SampleSet.read(path: path, for: graph) })
      #expect(refused.rule == "raw-size" && refused.place.offset == 0 && refused.file == path)
    }
    let absent = refusal { () throws(Diagnostic) in
      try SampleSet.read(path: "no-such-file.npy", for: graph)
    }
    #expect(absent?.rule == "unreadable")
  }

  @Test("The last fifth is held out, at least one sample")
  func split() throws {
    let graph = try Self.graph([1, 3])
    for (count, expected) in [(1, 0), (2, 1), (5, 1), (10, 2), (45, 9), (100, 20)] {
      let set = SampleSet.synthetic(count: count, for: graph)
      let (first, last) = set.split()
      #expect(last.count == expected && first.count == count - expected)
      if expected > 0 { #expect(last.sample(0) == set.sample(count - expected)) }
    }
    for count in [2, 5, 7, 45, 100] {
      let set = SampleSet.synthetic(count: count, for: graph)
      let (rest, held) = set.split(.interleaved)
      #expect(held.count == set.split().heldOut.count && rest.count == count - held.count)
      #expect((rest.indices + held.indices).sorted() == Array(0..<count))
      let steps = zip(held.indices.dropFirst(), held.indices).map { $0 - $1 }
      #expect(held.indices.last == count - 1 && (steps.max() ?? 0) - (steps.min() ?? 0) <= 1)
    }
    let all = SampleSet.synthetic(count: 4, for: graph).split(heldOutShare: 1)
    #expect(all.calibration.count == 1)
  }

  @Test("Synthetic samples have the distribution they name, and depend on the seed alone")
  func synthetic() throws {
    let graph = try Self.graph([1, 1000])
    let uniform = SampleSet.synthetic(count: 20, seed: 7, for: graph)
    #expect(uniform.isSynthetic && uniform.source == "uniform in [0, 1), seed 7")
    #expect(uniform.sample(3) == SampleSet.synthetic(count: 4, seed: 7, for: graph).sample(3))
    #expect(uniform.sample(3) != uniform.sample(4))
    #expect(uniform.sample(0) != SampleSet.synthetic(count: 1, seed: 8, for: graph).sample(0))
    let values = (0..<20).flatMap { uniform.sample($0)[0] }
    #expect(values.allSatisfy { $0 >= 0 && $0 < 1 })
    // 20,000 values: the mean has a standard error of 0.002, the variance one of 0.0005.
    let (mean, variance) = moments(values)
    #expect(abs(mean - 0.5) < 0.01 && abs(variance - 1 / 12) < 0.003)
    let normal = SampleSet.synthetic(
      .normal(mean: 2, standardDeviation: 3), count: 20, for: graph)
    let bell = moments((0..<20).flatMap { normal.sample($0)[0] })
    #expect(abs(bell.mean - 2) < 0.1 && abs(bell.variance - 9) < 0.5)
  }

  private func moments(_ values: [Float]) -> (mean: Double, variance: Double) {
    let mean = values.reduce(0) { $0 + Double($1) } / Double(values.count)
    let squares = values.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
    return (mean, squares / Double(values.count))
  }
}
