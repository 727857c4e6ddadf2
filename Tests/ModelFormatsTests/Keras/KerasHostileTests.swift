import Foundation
import Models
import Support
import TestSupport
import Testing

@testable import ModelFormats

/// Damaged and made-up .h5 files: refused in time, never a crash.
struct KerasHostileTests {
  private static let small = KerasFixture(
    inputShape: [2],
    layers: [
      FixtureLayer(
        className: "Dense", name: "dense", config: #""units": 2"#,
        weights: [("kernel", [2, 2], [1, 2, 3, 4]), ("bias", [2], [5, 6])], inputs: ["input_1"])
    ])

  private func read(_ bytes: [UInt8]) -> Diagnostic? {
    refusal { () throws(Diagnostic) in
      _ = try KerasH5Reader.read(bytes: bytes, path: "m.h5").draft.graph()
    }
  }

  @Test(arguments: [false, true])
  func everyTruncationIsRefused(_ isNew: Bool) throws {
    let bytes = Self.small.h5(isNew: isNew, smallestHeap: 0)
    #expect(read(bytes) == nil)
    // The last object written is the root group, which is needed.
    for count in 0..<bytes.count - 8 {
      let found = read(Array(bytes[..<count]))
      #expect(found?.isHelpful == true && found?.file == "m.h5", "cut to \(count)")
    }
  }

  @Test(arguments: [false, true])
  func everyByteMayBeAnything(_ isNew: Bool) {
    let bytes = Self.small.h5(isNew: isNew, smallestHeap: 0)
    for place in bytes.indices where bytes[place] != 0 || place % 16 == 0 {
      let values = [0, 0xFF, bytes[place] ^ 1, bytes[place] &+ 8].filter { $0 != bytes[place] }
      var changed = bytes
      changed[place] = values[place % values.count]
      #expect(read(changed)?.isHelpful != false, "byte \(place) is \(changed[place])")
    }
  }

  @Test func mutationsNeverCrash() {
    var random = SplitMix(11)
    for seed in 0..<UInt64(12) {
      let bytes = RandomStack(seed: seed, style: .functional).fixture.h5(isNew: seed % 2 == 1)
      for _ in 0..<25 {
        var changed = bytes
        for _ in 0..<Int.random(in: 1...8, using: &random) {
          let place = Int.random(in: 0..<bytes.count, using: &random)
          // Sizes and addresses: whole fields, as small or large numbers.
          let field = HDF5Writer.le(
            [0, -1, Int.max, bytes.count, place, 8].randomElement(using: &random) ?? 0, 8)
          let width = [1, 2, 4, 8].randomElement(using: &random) ?? 1
          for i in 0..<width where place + i < bytes.count { changed[place + i] = field[i] }
        }
        #expect(read(changed)?.isHelpful != false)
      }
    }
  }

  /// A group that is its own child, and a B-tree node that is its own.
  @Test func cyclesEnd() throws {
    var bytes = HDF5Writer.file(.group([], [("model_weights", .group([], []))]))
    let file = try HDF5File(bytes)
    let child = try #require(try file.find("model_weights", from: file.superblock.root))
    let places = bytes.indices.dropLast(8).filter {
      Array(bytes[$0..<$0 + 8]) == HDF5Writer.le(child, 8)
    }
    for place in places {
      bytes.replaceSubrange(place..<place + 8, with: HDF5Writer.le(file.superblock.root, 8))
    }
    let own = try HDF5File(bytes)
    let path = Array(repeating: "model_weights", count: 1000).joined(separator: "/")
    #expect(try own.find(path, from: own.superblock.root) == own.superblock.root)

    let trees = bytes.indices.dropLast(4).filter { bytes[$0..<$0 + 4].elementsEqual("TREE".utf8) }
    let tree = try #require(trees.last)
    bytes[tree + 5] = 1
    bytes.replaceSubrange(tree + 32..<tree + 40, with: HDF5Writer.le(tree, 8))
    let found = refusal { () throws(Diagnostic) in
      let file = try HDF5File(bytes)
      return try file.links(at: file.superblock.root)
    }
    #expect(found?.rule == "hdf5-cycle")
  }

  /// Many layers that share the bytes of one array would take far more memory than the file has.
  @Test func overlappingDataAreRefused() throws {
    let side = 64
    let layers = (0..<120).map { index in
      FixtureLayer(
        className: "Dense", name: "dense_\(index)", config: #""units": 64, "use_bias": false"#,
        weights: [
          ("kernel", [side, side], Array(repeating: 1, count: index == 0 ? side * side : 1))
        ],
        inputs: [index == 0 ? "input_1" : "dense_\(index - 1)"])
    }
    let fixture = KerasFixture(inputShape: [side], layers: layers)
    // All other datasets are given the address and size of the first's data.
    var bytes = fixture.h5()
    let file = try HDF5File(bytes)
    let root = file.superblock.root
    let first = try #require(
      try file.find("model_weights/dense_0/dense_0/kernel:0", from: root))
    let data = try HDF5Dataset(file, at: first, name: "").data
    for index in 1..<layers.count {
      let name = "model_weights/dense_\(index)/dense_\(index)/kernel:0"
      let place = try #require(try file.find(name, from: root))
      let layout = try #require(try file.header(at: place).first(.layout)).place.lowerBound
      bytes.replaceSubrange(
        layout + 2..<layout + 18,
        with: HDF5Writer.le(data.startIndex, 8) + HDF5Writer.le(data.count, 8))
    }
    let found = read(bytes)
    #expect(found?.rule == "hdf5-work" && found?.isHelpful == true, "\(String(describing: found))")
  }

  /// Structures that are kept do not keep their file.
  @Test(arguments: [false, true])
  func filesAreForgottenOnceRead(_ isNew: Bool) throws {
    weak var forgotten: HDF5File?
    func read() throws {
      let file = try HDF5File(Self.small.h5(isNew: isNew))
      forgotten = file
      #expect(try H5Weights(file).arrays(of: "dense").count == 2)
      #expect(try file.texts("model_config", of: file.superblock.root) != nil)
    }
    try read()
    #expect(forgotten == nil)
  }

  @Test func otherFilesAreNotTakenForModels() {
    #expect(read([])?.rule == "hdf5-signature")
    #expect(read(Array("PK\u{3}\u{4} and more".utf8))?.rule == "keras-archive")
    #expect(read(Array(repeating: 0x89, count: 5000))?.rule == "hdf5-signature")
    let signature = HDF5Superblock.signature
    #expect(read(signature)?.rule == "hdf5-signature")
    #expect(read(signature + [9] + Array(repeating: 0, count: 90))?.rule == "hdf5-version")
    let folder = refusal { () throws(Diagnostic) in
      try KerasH5Reader.read(path: FileManager.default.temporaryDirectory.path)
    }
    #expect(folder?.rule == "folder")
    let absent = refusal { () throws(Diagnostic) in try KerasH5Reader.read(path: "no/such.h5")
    }
    #expect(absent?.rule == "unreadable" && absent?.file == "no/such.h5")
  }
}
