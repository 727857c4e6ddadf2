import Foundation
import Interpreter
import Models
import Support
import TestSupport
import Testing

@testable import ModelFormats

/// The files with which Scripts/fuzz begins are what is written here, and are read.
struct KerasSeedTests {
  private static let stacks: [(name: String, seed: UInt64, style: KerasFixture.Style)] = [
    ("functional", 3, .functional), ("sequential", 7, .sequential), ("keras3", 2, .keras3),
  ]

  @Test func seedsAreCurrent() throws {
    for (name, seed, style) in Self.stacks {
      let fixture = RandomStack(seed: seed, style: style).fixture
      for isNew in [false, true] {
        let file = "keras/\(name)\(isNew ? "_new" : "").h5"
        let found = try FuzzingSeed.current(file, fixture.h5(isNew: isNew, smallestHeap: 0))
        _ = try Lowering.lower(KerasH5Reader.read(bytes: found).draft)
      }
      var folder = SavedModelFixture(fixture)
      folder.isSeparate = style == .keras3
      guard style != .keras3 else { continue }
      try check(folder, "savedmodel/\(name).folder")
    }
    let json = try FuzzingSeed.current("keras/pooling.json", Array(Self.pooling.config.utf8))
    #expect(json.first == UInt8(ascii: "{"))
    var separate = SavedModelFixture(RandomStack(seed: 5, style: .functional).fixture)
    separate.isSeparate = true
    try check(separate, "savedmodel/separate.folder")
  }

  /// What Scripts/fuzz does for hours, for a second: files in memory, checksums ignored.
  @Test(arguments: [false, true])
  func mutationsAreWrittenOrRefused(isSeparate: Bool) throws {
    var folder = SavedModelFixture(RandomStack(seed: 5, style: .functional).fixture)
    folder.isSeparate = isSeparate
    let files = try folder.files()
    var random = SplitMix(50)
    var written = 0
    for _ in 0..<400 {
      var changed = files
      let name = try #require(files.keys.sorted().randomElement(using: &random))
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let place = Int.random(in: 0..<(files[name]?.count ?? 1), using: &random)
        changed[name]?[place] = [0, 1, 0x7F, 0xFF, 0x22].randomElement(using: &random) ?? 0
      }
      let files = SavedModelFiles(verifiesChecksums: false, memory: changed)
      let found = refusal { () throws(Diagnostic) in
        let graph = try Lowering.lower(SavedModelReader.read("", in: files).draft).graph
        _ = try ArenaPlanner.plan(graph)
        _ = try Plan(graph)
        written += try TFLiteWriter.bytes(of: graph).isEmpty ? 0 : 1
      }
      #expect(found?.isHelpful != false, "\(String(describing: found))")
    }
    #expect(written > 0 && written < 400)
  }

  /// Layers without weights, as the fuzzer of configurations has none.
  private static let pooling = KerasFixture(
    inputShape: [6, 7, 2],
    layers: [
      ("ZeroPadding2D", #""padding": [[0, 1], [1, 0]]"#),
      ("MaxPooling2D", #""pool_size": [2, 2], "strides": [2, 2], "padding": "same""#),
      ("AveragePooling2D", #""pool_size": [2, 3], "padding": "valid""#),
      ("ReLU", #""max_value": 6.0"#), ("Reshape", #""target_shape": [2, -1]"#),
      ("Flatten", ""), ("Softmax", ""),
    ].enumerated().map { index, layer in
      FixtureLayer(
        className: layer.0, name: "layer_\(index)", config: layer.1,
        inputs: [index == 0 ? "input_1" : "layer_\(index - 1)"])
    })

  private func check(_ folder: SavedModelFixture, _ name: String) throws {
    let files = try folder.files()
    let names = [
      "saved_model.pb", "variables/variables.index", "variables/variables.data-00000-of-00001",
      "keras_metadata.pb",
    ]
    // As Fuzzing/Sources/Fuzz/ImportTargets.swift takes it apart: `0` ignores checksums.
    let separator = Array("|\u{1}FILE\u{2}|".utf8)
    let parts = names.compactMap { files[$0] }
    let found = try FuzzingSeed.current(
      name, [UInt8(ascii: "0")] + Array(parts.joined(separator: separator)))
    #expect(!found.isEmpty)
    let read = try SavedModelReader.read("", in: SavedModelFiles(memory: files))
    _ = try Lowering.lower(read.draft)
  }
}
