import Core
import Foundation
import Ingest
import MachineModel
import ModelFormats
import Models
import Performance
import Reference
import Support
import TestSupport
import Testing

@testable import analyze

/// `--models`: costs of models that are not bundled.
@Suite(.serialized) struct ModelFilesTests {
  /// MACs and weights of `ModelSketch.network`, counted by hand: 36 outputs x 18, 36 x 4, 4 x 6.
  static let networkMACs = 36 * 18 + 36 * 4 + 24
  static let networkWeights = 54 + 24 + 24

  /// A chain of FULLY_CONNECTED with those sizes.
  static func chain(_ sizes: [Int], _ type: ElementType = .int8) -> ModelSketch {
    var sketch = ModelSketch()
    let width = type == .int8 ? 1 : 4
    sketch.tensors = [.init(shape: [1, Int32(sizes[0])], type: type)]
    for (input, output) in zip(sizes, sizes.dropFirst()) {
      let start = Int32(sketch.tensors.count)
      sketch.tensors += [
        .init(
          shape: [Int32(output), Int32(input)], type: type,
          data: [UInt8](repeating: 1, count: input * output * width)),
        .init(
          shape: [Int32(output)], type: type == .int8 ? .int32 : type,
          data: [UInt8](repeating: 0, count: output * 4)),
        .init(shape: [1, Int32(output)], type: type),
      ]
      sketch.operators.append(
        .init(
          code: 9, version: 4, inputs: [start - 1, start, start + 1], outputs: [start + 2],
          optionsType: 8, options: [0: .int8(0)]))
    }
    sketch.inputs = [0]
    sketch.outputs = [Int32(sketch.tensors.count - 1)]
    return sketch
  }

  /// The models in a folder, by file name, and a log in it.
  static func with<T>(
    _ models: [String: ModelSketch], log: String = "name=my_model dtype=int8",
    _ body: (_ folder: String, _ log: String) throws -> T
  ) throws -> T {
    try withFolder { folder in
      for (name, sketch) in models { try write(sketch.bytes, folder + "/" + name) }
      return try body(folder, try write(log: log, folder + "/log.txt"))
    }
  }

  static func write(_ bytes: [UInt8], _ path: String) throws {
    let url = URL(fileURLWithPath: path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
  }

  /// A log of one run from flash on an RP2350; `model` is the rest of its model line.
  static func write(log model: String, _ path: String) throws -> String {
    let draft = """
      log origin=measured
      machine id=1 board=pico2 mcu=rp2350 clock_hz=150000000 cores=1
      build id=1 runtime=tflm kernels=cmsis-nn
      model id=1 \(model)
      run id=1 machine=1 build=1 model=1 weights=flash unit=us
      inf run=1 i=0 time=900
      inf run=1 i=1 time=901
      """
    try Data(draft.utf8).write(to: URL(fileURLWithPath: path + ".draft"))
    let sealed = Harness.analyze("seal", path + ".draft")
    #expect(sealed.status == 0, "\(sealed.err)")
    try Data(sealed.out.utf8).write(to: URL(fileURLWithPath: path))
    return path
  }

  static func crc32(_ sketch: ModelSketch) throws -> String {
    let digits = String(try TFLiteReader.read(bytes: sketch.bytes).crc32, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }

  static func document(_ arguments: [String]) throws -> [String: Any] {
    let out = Harness.analyze(arguments + ["--format", "json"]).out
    return try #require(try JSONSerialization.jsonObject(with: Data(out.utf8)) as? [String: Any])
  }

  static func run(_ arguments: [String]) throws -> [String: Any] {
    try #require((try document(arguments)["runs"] as? [[String: Any]])?.first)
  }

  // MARK: costs

  @Test func fileGivesTheCosts() throws {
    try Self.with(["My_Model_int8.tflite": .network()], log: "dtype=int8") { folder, log in
      let arguments = [
        log, "--set", "model=my_model", "--models", folder + "/My_Model_int8.tflite",
      ]
      let run = try Self.run(arguments)
      #expect(run["macs"] as? Int == Self.networkMACs)
      #expect(run["weight_bytes"] as? Int == Self.networkWeights)
      let result = Harness.analyze(arguments)
      #expect(result.status == 0)
      #expect(result.err.isEmpty, "\(result.err)")
      // Without the file nobody knows.
      try #expect(Self.run([log, "--set", "model=my_model"])["macs"] == nil)
    }
  }

  @Test func rooflineAndMachineModelWork() throws {
    for (type, dtype) in [(ElementType.int8, Dtype.int8), (.float32, .fp32)] {
      let model = "name=my_model dtype=\(dtype)"
      try Self.with(["my_model.tflite": .network(type)], log: model) { folder, log in
        let document = try Self.document([log, "--models", folder])
        let points = (document["roofline"] as? [String: Any])?["points"] as? [[String: Any]]
        #expect(points?.contains { ($0["run"] as? String)?.contains("my_model") == true } == true)
        let analysis = try Self.analysis([log, "--models", folder])
        let machine = try #require(analysis.machine.model.value)
        let cost = try #require(analysis.reference.cost(model: "my_model", dtype: dtype))
        let outcome = machine.predict(cost, Scenario(dtype: dtype, weights: .sram))
        if dtype == .int8 {
          // Its depthwise operator has several outputs per input channel.
          #expect(outcome.reason?.contains("arm_depthwise_conv_s8") == true)
          #expect(analysis.machine.unexplained.map(\.reason) == [outcome.reason])
          return
        }
        #expect(analysis.machine.unexplained.isEmpty, "\(analysis.machine.unexplained)")
        let one = try #require(analysis.machine.explanations.first)
        #expect(one.parts.instructions > Double(Self.networkMACs) / 4)
        #expect(!one.isFitted)
        // No emulator counted them, and the prediction says so.
        let prediction = try #require(outcome.value)
        guard case .estimated = prediction.instructionSource else {
          Issue.record("not estimated")
          return
        }
        #expect(prediction.caveats.contains { $0.contains("estimated") })
      }
    }
  }

  static func analysis(_ arguments: [String]) throws -> Analysis {
    var console = Console(environment: Environment())
    return try Session(try InputOptions.parse(arguments), console: &console).analysis(
      AnalysisOptions())
  }

  // MARK: folders and paths

  @Test func foldersAreReadSortedAndLoopsEnd() throws {
    try Self.with([
      "b/my_model.tflite": .network(), "z_int8.TFLITE": .network(), ".hidden/no.tflite": .network(),
      "1/2/3/4/deep.tflite": .network(), "1/2/3/4/5/deeper.tflite": .network(),
    ]) { folder, log in
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/b/again", withDestinationPath: folder)
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/nowhere.tflite", withDestinationPath: folder + "/none")
      let found = try ModelFiles.paths([folder + "/", folder])
      let names = [
        "1/2/3/4/deep.tflite", "b/my_model.tflite", "z_int8.TFLITE",
      ].map { folder + "/" + $0 }
      #expect(Array(found.prefix(3)) == names, "\(found)")
      #expect(!found.contains { $0.contains("deeper") || $0.contains("again") })
      try #expect(Self.run([log, "--models", folder])["macs"] as? Int == Self.networkMACs)
    }
  }

  @Test func whatIsNotThereIsRefused() throws {
    try Self.with([:]) { folder, log in
      let cases = [
        (folder + "/none.tflite", "there is no file or folder"),
        ("-", "there is no file or folder"),
        (folder, "holds no .tflite file"),
      ]
      for (path, fact) in cases {
        let result = Harness.analyze("runs", log, "--models", path)
        #expect(result.status == 2)
        #expect(result.err.contains(fact), "\(result.err)")
        #expect(result.err.contains("Name a .tflite file"), "\(result.err)")
        #expect(result.out.isEmpty)
      }
    }
  }

  @Test func modelFileAsALogIsExplained() {
    let result = Harness.analyze("runs", "--models", "a.tflite", "b.tflite", "x.txt")
    #expect(result.status == 2)
    #expect(result.err.contains("'b.tflite' is a model file, not a log"))
    #expect(result.err.contains("Write --models before each"))
  }

  // MARK: files that cannot be used

  @Test func damagedFileIsADiagnosticAndTheRestCounts() throws {
    var broken = ModelSketch.network()
    broken.operators[0].inputs[0] = 99
    try Self.with(["a.tflite": broken, "my_model.tflite": .network()]) { folder, log in
      try Self.write(Array("no model at all".utf8), folder + "/text.tflite")
      let result = Harness.analyze("runs", log, "--models", folder)
      #expect(result.status == 1)
      #expect(
        result.err.contains(/a\.tflite: (byte \d+, )?operator 0 \(CONV_2D\).*: error: .+\n  \S+/),
        "\(result.err)")
      #expect(result.err.contains("text.tflite: "))
      let document = try Self.document([log, "--models", folder])
      let run = (document["runs"] as? [[String: Any]])?.first
      #expect(run?["macs"] as? Int == Self.networkMACs)
      let diagnostic = (document["diagnostics"] as? [[String: Any]])?.first
      #expect(diagnostic?["file"] as? String == folder + "/a.tflite")
      #expect((diagnostic?["message"] as? String)?.contains("operator 0 (CONV_2D)") == true)
    }
  }

  /// Whatever is cut off or turned over ends in costs or in a diagnostic, and the log is read.
  @Test func damageNeverStopsTheAnalysis() throws {
    let bytes = ModelSketch.network().bytes
    let bundled = try ReferenceData.bundled()
    var generator = SplitMix(7)
    var used = 0
    try Self.with([:]) { folder, log in
      let path = folder + "/my_model.tflite"
      for round in 0..<400 {
        var damaged = bytes
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
          damaged[Int.random(in: 0..<damaged.count, using: &generator)] =
            UInt8.random(in: 0...255, using: &generator)
        }
        if round % 4 == 0 {
          damaged.removeLast(Int.random(in: 1..<damaged.count, using: &generator))
        }
        try Self.write(damaged, path)
        let models = try ModelFiles([path], progress: Progress(enabled: false))
        let problems =
          models.problems
          + MatchedModels(ModelClaims(models.models), with: [], over: bundled, doubts: true)
          .problems
        #expect(problems.allSatisfy { !$0.remedy.isEmpty && $0.file == path })
        #expect(
          models.models.count == 1 || problems.contains { $0.severity >= .warning })
        used += models.models.count
        guard round % 50 == 0 else { continue }
        let result = Harness.analyze("runs", log, "--models", path)
        #expect(result.out.contains("rp2350-my_model-int8-flash"))
      }
    }
    #expect((1..<400).contains(used))
  }

  @Test func hybridModelIsNamedAndNotUsed() throws {
    var hybrid = ModelSketch.network(.float32)
    hybrid.tensors[9].type = .int8
    hybrid.tensors[9].data = [UInt8](repeating: 1, count: 24)
    try Self.with(["my_model.tflite": hybrid]) { folder, log in
      let result = Harness.analyze("runs", log, "--models", folder)
      #expect(result.status == 0)
      #expect(
        result.err.contains("warning: model 'my_model' computes in neither int8 nor fp32 (hybrid"))
      try #expect(Self.run([log, "--models", folder])["macs"] == nil)
    }
  }

  @Test func whatCannotBeCountedIsNotUsed() throws {
    var svdf = ModelSketch.network()
    svdf.operators.append(.init(code: 27, inputs: [11], outputs: [12]))
    svdf.tensors.append(.init(shape: [1, 4]))
    var large = Self.chain([4, 4])
    large.tensors[0].shape = [1 << 23, 4]
    large.tensors[3].shape = [1 << 23, 4]
    for (sketch, fact) in [(svdf, "cannot be counted"), (large, "too large")] {
      try Self.with(["my_model.tflite": sketch]) { folder, log in
        let result = Harness.analyze("runs", log, "--models", folder)
        #expect(result.status == 0)
        #expect(result.err.contains(fact), "\(result.err)")
        try #expect(Self.run([log, "--models", folder])["macs"] == nil)
      }
    }
  }

  @Test func nameThatLiesAboutTheDtypeIsSaid() throws {
    let log = "name=my_model dtype=fp32"
    try Self.with(["my_model_int8.tflite": .network(.float32)], log: log) { folder, log in
      let result = Harness.analyze("runs", log, "--models", folder)
      #expect(result.err.contains("warning: is named int8, but computes in fp32"))
      try #expect(Self.run([log, "--models", folder])["macs"] as? Int == Self.networkMACs)
    }
  }

  @Test func hostileFileNameCannotDriveTheTerminal() throws {
    try Self.with(["\u{1B}[31mevil.tflite": Self.chain([4, 4])]) { folder, log in
      try Self.write([1, 2, 3], folder + "/\u{1B}[2J.tflite")
      let result = Harness.analyze(log, "--set", "model=\u{1B}[31mevil", "--models", folder)
      #expect(!(result.err + result.out).contains("\u{1B}"))
    }
  }

  // MARK: names

  @Test func fileNamesLeadToModels() {
    let names = [
      ("m/KWS_int8.tflite", "kws", "int8"), ("vww_96_float.tflite", "vww", "fp32"),
      ("pretrainedResnet_quant.tflite", "ic", nil), ("My-Net-f32.tflite", "my-net", "fp32"),
      ("cnn_l4_c8_k5_m4915200_fp32.tflite", "cnn_l4_c8_k5_m4915200", "fp32"),
      ("_int8.tflite", "_int8", nil), ("ad01_int8.tflite", "ad", "int8"),
      ("str_ww_ref_model_float32.tflite", "sww", "fp32"), ("v1.2_int8.tflite", "v1.2", "int8"),
    ]
    for (path, model, dtype) in names {
      let name = ModelFileName(path)
      #expect(ModelName.canonical(name.stem) == model)
      #expect(name.dtype?.description == dtype)
    }
  }

  @Test func secondFileOfANameIsAnError() throws {
    try Self.with(["a/my_model.tflite": .network(), "b/my_model.tflite": Self.chain([8, 4])]) {
      folder, log in
      let result = Harness.analyze("runs", log, "--models", folder)
      #expect(result.status == 1)
      #expect(
        result.err.contains(
          "b/my_model.tflite: error: is another 'my_model' in int8 than \(folder)/a/"))
      try #expect(Self.run([log, "--models", folder])["macs"] as? Int == Self.networkMACs)
      // In the other order the other counts.
      let swapped = try Self.run([log, "--models", folder + "/b", "--models", folder + "/a"])
      #expect(swapped["macs"] as? Int == 32)
    }
    try Self.with(["a/my_model.tflite": .network(), "b/my_model.tflite": .network()]) {
      folder, log in
      #expect(Harness.analyze("runs", log, "--models", folder).status == 0)
    }
  }

  @Test func modelOfNoFileIsNoted() throws {
    try Self.with(["my_modle.tflite": .network()]) { folder, log in
      let result = Harness.analyze("runs", log, "--models", folder)
      #expect(result.status == 0)
      #expect(result.err.contains("log.txt:5:1: note: no file of --models is the model 'my_model'"))
      #expect(result.err.contains("Did you mean 'my_modle'?"))
      try #expect(Self.run([log, "--models", folder])["macs"] == nil)
    }
  }
}
