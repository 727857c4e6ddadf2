import Models
import ModelFormats
import TestSupport
import Testing

@testable import modelgen

/// Mistakes that a newcomer makes.
struct MistakeTests {
  @Test func anUnknownSubcommandIsNamed() {
    let result = Harness.modelgen(["cnnn", "--layers", "2"])
    #expect(result.status == 2 && result.err.contains("there is no subcommand 'cnnn'"))
  }

  @Test func anEmptyFolderIsNotTheRoot() {
    let result = Harness.modelgen(["cnn", "--layers", "1", "-o", ""])
    #expect(result.status == 2 && result.err.contains("is empty"))
  }

  @Test func optionsForInt8NeedInt8() {
    for option in [["--verify"], ["--calibrate", "x.npy"]] {
      let result = Harness.modelgen(["convert", "m.onnx", "--fp32"] + option)
      #expect(result.status == 2 && result.err.contains("add --int8"))
    }
  }

  @Test func fewSamplesAreSaidToBeSeen() throws {
    try withFolder { folder in
      try Fixture.write(try Fixture.network(), folder + "/m.tflite")
      try Files.write(
        NpySketch.bytes(Fixture.samples(3 * 72, -2...2), [3, 6, 6, 2]), folder + "/s.npy")
      let result = Harness.modelgen(
        ["convert", folder + "/m.tflite", "--int8", "--calibrate", folder + "/s.npy", "-o", folder])
      #expect(result.status == 0 && result.err.contains("samples of calibration themselves"))
    }
  }

  @Test func blankSamplesAreDoubted() throws {
    try withFolder { folder in
      try Fixture.write(try Fixture.network(), folder + "/m.tflite")
      let blank = [Float](repeating: 0, count: 10 * 72)
      try Files.write(NpySketch.bytes(blank, [10, 6, 6, 2]), folder + "/s.npy")
      let result = Harness.modelgen(
        ["convert", folder + "/m.tflite", "--int8", "--calibrate", folder + "/s.npy", "-o", folder])
      #expect(result.status == 0 && result.err.contains("all values of the input are 0.0"))
    }
  }

  @Test func brokenWeightsAreNamed() throws {
    try withFolder { folder in
      var draft = GraphDraft()
      let input = draft.addInput("input", shape: [1, 2])
      let weights = draft.add(.floats([1, .nan, .infinity, 2], shape: [2, 2]))
      draft.outputs = [try draft.append(.fullyConnected, inputs: [input, weights])]
      let file = try ONNXWriter.write(try draft.graph())
      try Files.write(file, folder + "/m.onnx")
      let result = Harness.modelgen(["convert", folder + "/m.onnx", "--fp32", "-o", folder])
      #expect(result.err.contains("2 of its constants are infinite or no number"))
    }
  }
}
