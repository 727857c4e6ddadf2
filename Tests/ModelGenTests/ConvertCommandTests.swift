import Foundation
import Inspection
import Models
import ModelFormats
import Support
import TestSupport
import Testing

@testable import modelgen

/// convert, inspect and run.
struct ConvertCommandTests {
  @Test func tfliteBecomesBothDtypes() throws {
    try withFolder { folder in
      let source = try Fixture.write(try Fixture.network(), folder + "/my model.tflite")
      let result = Harness.modelgen(
        ["convert", folder + "/my model.tflite", "--samples", "4", "-o", folder + "/out"])
      #expect(result.status == 0)
      // Nobody has said what the data are.
      #expect(result.err.contains("warning: ranges are from 4 synthetic samples"))
      #expect(result.err.contains("Calibrate on real samples"))
      try #expect(
        Files.names(folder + "/out") == ["my model_fp32.tflite", "my model_int8.tflite"])
      let fp32 = try Harness.graph(folder + "/out/my model_fp32.tflite")
      let int8 = try Harness.graph(folder + "/out/my model_int8.tflite")
      #expect(fp32.dtype == .fp32 && int8.dtype == .int8)
      #expect(fp32.macs == Fixture.networkMACs && int8.macs == Fixture.networkMACs)
      #expect(int8.operators.map(\.kind).contains(.softmax))
      try #expect(Files.bytes(folder + "/my model.tflite") == source)
    }
  }

  /// An int8 file that goes through as it is, runs and becomes a plan with TFLM's bits, and is warned
  /// of, where TFLM does not rescale.
  @Test func scalesThatTFLMLeavesAreSaid() throws {
    try withFolder { folder in
      let path = folder + "/clip.tflite"
      let every = (Int8.min...Int8.max).map { $0 }
      try Fixture.write(try Fixture.twoScales(), path)
      try Files.write(every.map { UInt8(bitPattern: $0) }, folder + "/in.bin")
      for words in [
        ["convert", path, "--int8", "-o", folder + "/out"],
        ["run", path, "-i", folder + "/in.bin", "-o", folder + "/out.bin"],
        ["plan", path, "-o", folder],
      ] {
        let result = Harness.modelgen(words)
        #expect(result.status == 0, "\(result.err)")
        #expect(result.err.contains("operator 0 (RELU6): warning: TFLM does not rescale here"))
      }
      // Scale 0.06, zero point -20: 0 is -20 and 6 is 80, whatever the output says.
      let found = try Files.bytes(folder + "/out.bin").map { Int8(bitPattern: $0) }
      #expect(found == every.map { min(max($0, -20), 80) })
    }
  }

  /// TFLM refuses float16; the same numbers as float32 it does not.
  @Test func float16BecomesFloat32() throws {
    try withFolder { folder in
      let path = folder + "/half.tflite"
      try Fixture.write(try Fixture.half(), path)
      let result = Harness.modelgen(["convert", path, "--fp32", "--int8", "-o", folder + "/out"])
      #expect(result.status == 0, "\(result.err)")
      #expect(result.err.contains("note: a constant is float16"))
      let graph = try Harness.graph(folder + "/out/half_fp32.tflite")
      let weights = try #require(graph.operators[0].inputs[1])
      #expect(graph.dtype == .fp32 && graph.operators.count == 1)
      #expect(graph.tensors[weights].floatValues == [1, -2, 0.5, 0.25])
      #expect(try Harness.graph(folder + "/out/half_int8.tflite").dtype == .int8)
    }
  }

  @Test func onnxIsReadWithItsLayout() throws {
    try withFolder { folder in
      try Files.write(try ONNXWriter.write(try Fixture.network()), folder + "/m.onnx")
      let result = Harness.modelgen(
        ["convert", folder + "/m.onnx", "--fp32", "--onnx", "-o", folder + "/out"])
      #expect(result.status == 0, "\(result.err)")
      try #expect(Files.names(folder + "/out") == ["m.onnx", "m_fp32.tflite"])
      let graph = try Harness.graph(folder + "/out/m_fp32.tflite")
      #expect(graph.dtype == .fp32 && graph.macs == Fixture.networkMACs)
      #expect(!graph.operators.contains { $0.kind == .transpose })
    }
  }

  @Test func samplesSetTheRanges() throws {
    try withFolder { folder in
      let model = folder + "/m.tflite"
      try Fixture.write(try Fixture.network(), model)
      let values = Fixture.samples(10 * 72, -3...5)
      let npy = NpySketch.bytes(values, [10, 6, 6, 2])
      try Files.write(npy, folder + "/s.npy")
      try Files.write(
        ZipSketch(members: [
          ("other.npy", NpySketch.bytes([1], [1]), false), ("specs.npy", npy, false),
        ]).bytes(),
        folder + "/s.npz")
      try Files.write(littleEndian(values), folder + "/s.bin")
      var files: [[UInt8]] = []
      for samples in ["s.npy", "s.npz:specs", "s.bin"] {
        let out = "\(folder)/\(files.count)"
        let result = Harness.silently(
          ["convert", model, "--int8", "--calibrate", "\(folder)/\(samples)", "-o", out])
        #expect(result.out.contains("int8 against fp32 on 2 samples"))
        files.append(try Files.bytes(out + "/m_int8.tflite"))
      }
      #expect(files[0] == files[1] && files[0] == files[2])
      // The range of eight of the ten samples; every fifth is held out.
      let graph = try TFLiteReader.read(bytes: files[0])
      let input = try #require(graph.tensors[graph.inputs[0]].quantization)
      var used: [Float] = []
      for sample in 0..<10 where sample % 5 != 4 {
        used += values[sample * 72..<(sample + 1) * 72]
      }
      let (low, high) = (try #require(used.min()), try #require(used.max()))
      #expect(abs(input.scales[0] - (high - low) / 255) < 1e-3 * input.scales[0])
      let scaled = Harness.silently(
        ["convert", model, "--int8", "--calibrate", folder + "/s.npy", "--scale-samples", "0.5"]
          + ["-o", folder + "/scaled"])
      #expect(scaled.status == 0)
      let half = try Harness.graph(folder + "/scaled/m_int8.tflite")
      #expect(half.tensors[half.inputs[0]].quantization?.scales == [input.scales[0] / 2])
    }
  }

  @Test func samplesThatDoNotFitAreRefused() throws {
    try withFolder { folder in
      try Fixture.write(try Fixture.network(), folder + "/m.tflite")
      let npy = NpySketch.bytes(Fixture.samples(70, 0...1), [1, 5, 7, 2])
      try Files.write(npy, folder + "/s.npy")
      try Files.write(
        ZipSketch(members: [("a.npy", npy, false), ("b.npy", npy, false)]).bytes(),
        folder + "/s.npz")
      try Files.write([1, 2, 3], folder + "/s.bin")
      for samples in ["s.npy", "s.npz", "s.npz:c", "s.bin"] {
        let result = Harness.modelgen(
          ["convert", folder + "/m.tflite", "--int8", "--calibrate", "\(folder)/\(samples)"]
            + ["-o", folder + "/out"])
        #expect(result.status == 1)
        let lines = result.err.split(separator: "\n")
        #expect(lines.count == 2 && lines[0].contains("error: "), "\(result.err)")
        #expect(!FileManager.default.fileExists(atPath: folder + "/out"))
      }
    }
  }

  @Test func layoutOfSamplesMatters() throws {
    try withFolder { folder in
      try Fixture.write(try Fixture.network(), folder + "/m.tflite")
      let values = Fixture.samples(5 * 72, -1...1)
      try Files.write(NpySketch.bytes(values, [5, 6, 6, 2]), folder + "/nhwc.npy")
      var swapped: [Float] = []
      for sample in 0..<5 {
        for channel in 0..<2 {
          for pixel in 0..<36 { swapped.append(values[sample * 72 + pixel * 2 + channel]) }
        }
      }
      try Files.write(NpySketch.bytes(swapped, [5, 2, 6, 6]), folder + "/nchw.npy")
      for layout in ["nhwc", "nchw"] {
        Harness.silently(
          ["convert", folder + "/m.tflite", "--int8", "--calibrate", "\(folder)/\(layout).npy"]
            + ["--layout", layout, "-o", "\(folder)/\(layout)"])
      }
      try #expect(
        Files.bytes(folder + "/nhwc/m_int8.tflite")
          == Files.bytes(folder + "/nchw/m_int8.tflite"))
    }
  }

  @Test func rangesComeFromAnotherModel() throws {
    try withFolder { folder in
      let model = folder + "/m.tflite"
      try Fixture.write(try Fixture.network(), model)
      try Files.write(
        NpySketch.bytes(Fixture.samples(5 * 72, -2...2), [5, 6, 6, 2]), folder + "/s.npy")
      Harness.silently(
        ["convert", model, "--int8", "--calibrate", folder + "/s.npy", "-o", folder + "/a"])
      let first = folder + "/a/m_int8.tflite"
      let second = Harness.modelgen(
        ["convert", model, "--int8", "--ranges-from", first, "--samples", "3", "-o", folder + "/b"])
      #expect(second.status == 0 && second.err.contains("says nothing of accuracy"))
      try #expect(Files.bytes(first) == Files.bytes(folder + "/b/m_int8.tflite"))
      // Of another network.
      try Fixture.write(try Fixture.single(.tanh), folder + "/other.tflite")
      let refused = Harness.modelgen(
        ["convert", folder + "/other.tflite", "--int8", "--ranges-from", first, "-o", folder])
      #expect(refused.status == 1)
      #expect(refused.err.contains("operators differ") && refused.err.contains("calibrate on"))
    }
  }

  @Test func verifyComparesSampleBySample() throws {
    try withFolder { folder in
      try Fixture.write(try Fixture.network(), folder + "/m.tflite")
      try Files.write(
        NpySketch.bytes(Fixture.samples(20 * 72, -2...2), [20, 6, 6, 2]), folder + "/s.npy")
      let result = Harness.modelgen(
        ["convert", folder + "/m.tflite", "--int8", "--calibrate", folder + "/s.npy", "--verify"]
          + ["-o", folder + "/out", "--format", "csv"])
      #expect(result.status == 0)
      let tables = result.out.components(separatedBy: "\r\n\r\n")
      #expect(tables.count == 3, "\(result.out)")
      #expect(tables[1].hasPrefix("sample,largest difference,noise (dB)"))
      // The four that calibration has not seen.
      #expect(tables[1].split(separator: "\r\n").count == 5)
      #expect(tables[2].contains(folder + "/out/m_int8.tflite"))
    }
  }

  @Test func noInputIsWrittenOver() throws {
    try withFolder { folder in
      let first = try Fixture.write(try Fixture.network(), folder + "/m_fp32.tflite")
      let onnx = try ONNXWriter.write(try Fixture.network(seed: 4))
      try Files.write(onnx, folder + "/m.onnx")
      try Files.write(onnx, folder + "/only.onnx")
      let lines = [
        ["convert", folder + "/m_fp32.tflite"],
        // What is written of the first model would replace the second.
        ["convert", folder + "/m.onnx", folder + "/m_fp32.tflite"],
        ["convert", folder + "/only.onnx", "--onnx"],
        ["run", folder + "/m_fp32.tflite", "-i", folder + "/only.onnx"],
      ]
      for line in lines {
        let place = line[0] == "run" ? folder + "/only.onnx" : folder
        let result = Harness.modelgen(line + ["-o", place])
        #expect(result.status == 2, "\(line)")
        #expect(result.err.contains("would replace the input"), "\(result.err)")
        #expect(result.err.contains("Choose another place with -o."))
      }
      try #expect(Files.bytes(folder + "/m_fp32.tflite") == first)
      try #expect(Files.bytes(folder + "/m.onnx") == onnx)
      try #expect(Files.bytes(folder + "/only.onnx") == onnx)
      try #expect(Files.names(folder) == ["m.onnx", "m_fp32.tflite", "only.onnx"])
    }
  }

  @Test func generatorsKeepTheModelThatGivesTheRanges() throws {
    try withFolder { folder in
      let line = ["fc", "--layers", "1", "--int8", "--no-onnx", "-o", folder]
      Harness.silently(line)
      let path = folder + "/" + (try #require(try Files.names(folder).first))
      let before = try Files.bytes(path)
      let result = Harness.modelgen(line + ["--seed", "5", "--ranges-from", path])
      #expect(result.status == 2 && result.err.contains("would replace the input"))
      try #expect(Files.bytes(path) == before)
    }
  }

  @Test func modelsOfOneNameAreNotWrittenOverEachOther() throws {
    try withFolder { folder in
      for place in ["a", "b"] {
        try FileManager.default.createDirectory(
          atPath: "\(folder)/\(place)", withIntermediateDirectories: true)
        try Fixture.write(try Fixture.network(), "\(folder)/\(place)/m.tflite")
      }
      let result = Harness.modelgen(
        ["convert", folder + "/a/m.tflite", folder + "/b/m.tflite", "--fp32", "-o", folder])
      #expect(result.status == 1 && result.err.contains("second model named m"))
      // The first is written all the same, and said so.
      #expect(result.out.contains("m_fp32.tflite"))
    }
  }

  @Test func namesAreKeptOnlyWhereAskedFor() throws {
    try withFolder { folder in
      try Fixture.write(try Fixture.network(), folder + "/m.tflite")
      for (place, options) in [("bare", []), ("named", ["--names"])] {
        Harness.silently(
          ["convert", folder + "/m.tflite", "--fp32", "-o", "\(folder)/\(place)"] + options)
      }
      let bare = try Harness.graph(folder + "/bare/m_fp32.tflite")
      let named = try Harness.graph(folder + "/named/m_fp32.tflite")
      #expect(bare.tensors.map(\.name).filter { !$0.isEmpty }.sorted() == ["class", "image"])
      #expect(named.tensors.contains { $0.name == "depthwise/weights" })
      #expect(bare.bytes.count < named.bytes.count)
    }
  }

  /// The file's name has 250 bytes; those of what is made of it would have more.
  @Test func longNamesAreCutInFileNames() throws {
    try withFolder { folder in
      let long = String(repeating: "é", count: 121)
      for (name, end) in [("a", "x"), ("b", "y")] {
        try FileManager.default.createDirectory(
          atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
        try Fixture.write(try Fixture.network(), "\(folder)/\(name)/\(long)\(end).tflite")
      }
      Harness.silently([
        "convert", "\(folder)/a/\(long)x.tflite", "\(folder)/b/\(long)y.tflite", "--fp32", "--cpp",
        "--costs", "-o", folder + "/out",
      ])
      let names = try Files.names(folder + "/out")
      #expect(names.count == 10 && names.allSatisfy { $0.utf8.count <= 143 }, "\(names)")
      #expect(names.filter { $0.hasSuffix("_fp32.tflite") }.count == 2)
      // What differs by case alone meets where file systems do not tell.
      try Fixture.write(try Fixture.network(), folder + "/m.tflite")
      try Fixture.write(try Fixture.network(), folder + "/M.tflite")
      let both = Harness.modelgen(
        ["convert", folder + "/m.tflite", folder + "/M.tflite", "--fp32", "-o", folder + "/two"])
      #expect(both.status == 1 && both.err.contains("upper and lower case taken as one"))
    }
  }

  @Test func costsAreParsedByOthers() throws {
    try withFolder { folder in
      try Fixture.write(try Fixture.network(), folder + "/m.tflite")
      Harness.silently(
        ["convert", folder + "/m.tflite", "--fp32", "--costs", "-o", folder + "/out"])
      let graph = try Harness.graph(folder + "/out/m_fp32.tflite")
      let document = try #require(
        JSONSerialization.jsonObject(
          with: Data(Files.bytes(folder + "/out/m_fp32_costs.json"))) as? [String: Any])
      #expect(document["macs"] as? UInt64 == Fixture.networkMACs)
      #expect(document["dtype"] as? String == "fp32" && document["model"] as? String == "m")
      #expect(document["crc32"] as? String == Format.hex(graph.crc32))
      let operators = try #require(document["operators"] as? [[String: Any]])
      #expect(operators.map { $0["kind"] as? String } == graph.costs.map(\.kind))
      let lines = try Files.text(folder + "/out/m_fp32_costs.csv").split(separator: "\r\n").map {
        $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      }
      let head = lines[0]
      #expect(lines.count == operators.count + 1 && lines.allSatisfy { $0.count == head.count })
      let macs = try #require(head.firstIndex(of: "macs"))
      #expect(
        lines.dropFirst().compactMap { UInt64($0[macs]) }.reduce(0, +) == Fixture.networkMACs)
    }
  }

  @Test func inspectShowsWhatRunComputes() throws {
    try withFolder { folder in
      let path = folder + "/m.tflite"
      try Fixture.write(try Fixture.network(), path)
      let text = Harness.silently(["inspect", path])
      #expect(text.out.contains("DEPTHWISE_CONV_2D") && text.out.contains("3,900"))
      let json = Harness.silently(["inspect", path, "--format", "json"]).out
      let document = try #require(
        JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
      #expect(document["macs"] as? UInt64 == Fixture.networkMACs)
      let samples = Fixture.samples(2 * 72, 0...1)
      try Files.write(littleEndian(samples), folder + "/in.bin")
      let run = Harness.silently(
        ["run", path, "-i", folder + "/in.bin", "-o", folder + "/out.bin"])
      #expect(run.out.hasPrefix("2 samples, 24 bytes in "))
      try #expect(Files.bytes(folder + "/out.bin").count == 24)
      try Files.write([0], folder + "/bad.bin")
      let bad = Harness.modelgen(["run", path, "-i", folder + "/bad.bin", "-o", folder + "/x"])
      #expect(bad.status == 1 && bad.err.contains("has 1 bytes; a sample has 288"))
    }
  }
}
