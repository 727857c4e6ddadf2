import Foundation
import Models
import Support
import TestSupport
import Testing

@testable import ModelFormats

struct SavedModelTests {
  private func files(
    shards: Int = 1, isSeparate: Bool = false,
    _ change: @escaping (inout SavedModelFixture.Parts) -> Void = { _ in }
  ) throws -> [String: [UInt8]] {
    var fixture = SavedModelFixture(RandomStack(seed: 4, style: .functional).fixture)
    fixture.shards = shards
    fixture.isSeparate = isSeparate
    fixture.change = change
    return try fixture.files()
  }

  private func outcome(of files: [String: [UInt8]]) throws -> Diagnostic? {
    let folder = try ScratchFolder()
    try SavedModelFixture.write(files, to: folder.url)
    return refusal { () throws(Diagnostic) in try SavedModelReader.read(path: folder.url.path)
    }
  }

  @Test func randomStacksGiveWhatKerasDefines() throws {
    for seed in 0..<UInt64(24) {
      let stack = RandomStack(seed: 1000 + seed, style: seed % 4 == 3 ? .sequential : .functional)
      var fixture = SavedModelFixture(stack.fixture)
      fixture.isSeparate = seed % 2 == 1
      fixture.shards = seed % 3 == 2 ? 3 : 1
      let folder = try ScratchFolder()
      try SavedModelFixture.write(try fixture.files(), to: folder.url)
      let path = folder.url.path + (seed % 3 == 0 ? "/" : seed % 3 == 1 ? "/saved_model.pb" : "")
      let result = try SavedModelReader.read(path: path)
      try StackTests.compare(result.draft, stack, "\(seed)")
      #expect(try KerasH5Reader.read(bytes: stack.fixture.h5()).draft == result.draft)
    }
  }

  @Test func linksAreFollowed() throws {
    let folder = try ScratchFolder()
    try SavedModelFixture.write(try files(), to: folder.url.appendingPathComponent("real"))
    let link = folder.url.appendingPathComponent("link")
    try FileManager.default.createSymbolicLink(
      at: link, withDestinationURL: folder.url.appendingPathComponent("real"))
    _ = try SavedModelReader.read(path: link.path)
  }

  @Test func aMissingFileIsNamed() throws {
    let all = try files()
    for name in all.keys.sorted() {
      var rest = all
      rest[name] = nil
      let found = try #require(try outcome(of: rest))
      #expect(found.rule == "saved-model-file" && found.file.hasSuffix("/" + name), "\(found)")
      #expect(found.isHelpful)
    }
    let absent = refusal { () throws(Diagnostic) in try SavedModelReader.read(path: "no/such")
    }
    #expect(absent?.rule == "unreadable" && absent?.file == "no/such")
    let file = refusal { () throws(Diagnostic) in try SavedModelReader.read(path: #filePath) }
    #expect(file?.rule == "folder")
  }

  @Test func refusalsNameTheRule() throws {
    let cases: [(String, (inout SavedModelFixture.Parts) -> Void)] = [
      ("leveldb-compressed", { $0.compression = 1 }),
      ("bundle-endianness", { $0.header.endianness = 1 }),
      ("bundle", { $0.header.numShards = 0 }),
      ("bundle", { for key in $0.entries.keys { $0.entries[key]?.shardID = 7 } }),
      ("bundle-range", { for key in $0.entries.keys { $0.entries[key]?.offset = .max } }),
      ("bundle-range", { for key in $0.entries.keys { $0.entries[key]?.size = -1 } }),
      ("bundle-checksum", { for key in $0.entries.keys { $0.entries[key]?.crc32C ^= 1 } }),
      ("bundle-partitioned", { for key in $0.entries.keys { $0.entries[key]?.slices = [Data()] } }),
      ("bundle", { $0.entries["_CHECKPOINTABLE_OBJECT_GRAPH"] = nil }),
      ("bundle-type", { Self.change(&$0) { $0.dtype = 9 } }),
      ("bundle", { Self.change(&$0) { $0.shape.dim.append(.with { $0.size = 2 }) } }),
      ("bundle", { Self.change(&$0) { $0.shape.dim.append(.with { $0.size = .max }) } }),
      ("bundle", { Self.change(&$0) { $0.shape.unknownRank = true } }),
      ("saved-model-objects", { $0.model.metaGraphs = [] }),
      (
        "saved-model-keras",
        { $0.model.metaGraphs[0].objectGraphDef.nodes[0].userObject.identifier = "_generic" }
      ),
      (
        "keras-json",
        { $0.model.metaGraphs[0].objectGraphDef.nodes[0].userObject.metadata.removeLast() }
      ),
      (
        "keras-weights",
        { $0.model.metaGraphs[0].objectGraphDef.nodes[0].children = [] }
      ),
    ]
    for (rule, change) in cases {
      let found = try #require(try outcome(of: try files(change)), "\(rule)")
      #expect(found.rule == rule && found.isHelpful && !found.file.isEmpty, "\(rule): \(found)")
    }
  }

  /// Changes all entries of weights.
  private static func change(
    _ parts: inout SavedModelFixture.Parts,
    _ body: (inout Pico2Benchmark_SavedModel_BundleEntry) -> Void
  ) {
    for (key, var entry) in parts.entries where entry.dtype == 1 {
      body(&entry)
      parts.entries[key] = entry
    }
  }

  @Test func everyTruncationIsRefused() throws {
    let all = try files()
    for (name, bytes) in all.sorted(by: { $0.key < $1.key }) {
      let folder = try ScratchFolder()
      try SavedModelFixture.write(all, to: folder.url)
      for count in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 60)) {
        try Data(bytes.prefix(count)).write(to: folder.url.appendingPathComponent(name))
        let found = refusal { () throws(Diagnostic) in
          try SavedModelReader.read(path: folder.url.path)
        }
        #expect(found?.isHelpful == true, "\(name) cut to \(count)")
      }
    }
  }

  /// Checksums find a changed byte of the index; in the protocol buffers some have no meaning.
  @Test func mutationsNeverCrash() throws {
    let all = try files()
    var random = SplitMix(5)
    let folder = try ScratchFolder()
    for (name, bytes) in all.sorted(by: { $0.key < $1.key }) {
      try SavedModelFixture.write(all, to: folder.url)
      for _ in 0..<80 {
        var changed = bytes
        for _ in 0..<Int.random(in: 1...4, using: &random) {
          changed[Int.random(in: 0..<bytes.count, using: &random)] = UInt8(
            truncatingIfNeeded: random.next())
        }
        try Data(changed).write(to: folder.url.appendingPathComponent(name))
        let found = refusal { () throws(Diagnostic) in
          _ = try SavedModelReader.read(path: folder.url.path).draft.graph()
        }
        #expect(found?.isHelpful != false, "\(String(describing: found))")
      }
    }
  }

  /// Each key repeats the one before and adds a byte, so that keys would take the square of the size.
  @Test func growingKeysAreRefused() throws {
    var block: [UInt8] = []
    for length in 0..<6000 {
      block += LevelDBWriter.varint(length) + [1, 0, 0x61]
    }
    block += LevelDBWriter.fixed(0, 4) + LevelDBWriter.fixed(1, 4)
    let whole = block + [0]
    var bytes = whole + LevelDBWriter.fixed(CRC32C.masked(CRC32C.of(whole[...])), 4)
    let handle = LevelDBWriter.varint(0) + LevelDBWriter.varint(block.count)
    let footer = [0, 0] + handle
    bytes += footer + [UInt8](repeating: 0, count: 40 - footer.count)
    bytes += LevelDBWriter.fixed(LevelDBTable.magic, 8)
    let found = refusal { () throws(Diagnostic) in try LevelDBTable(bytes) }
    #expect(
      ["leveldb-block", "leveldb-work"].contains(found?.rule ?? ""), "\(String(describing: found))")
  }

  /// RFC 3720, appendix B.4.
  @Test func checksumsAreThoseOfTheStandard() {
    #expect(CRC32C.of(Array(repeating: 0, count: 32)[...]) == 0x8A91_36AA)
    #expect(CRC32C.of(Array(repeating: 0xFF, count: 32)[...]) == 0x62A8_AB43)
    #expect(CRC32C.of(Array(0..<32)[...]) == 0x46DD_794E)
    #expect(CRC32C.of([][...]) == 0)
  }
}
