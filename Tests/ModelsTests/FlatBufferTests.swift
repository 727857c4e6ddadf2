import Support
import TestSupport
import Testing

@testable import Models

/// The container's own rules, on files made wrong in one place.
struct FlatBufferTests {
  private enum Fields: Int, SchemaField { case first, second }

  /// A vtable at 8 with `entries`, the table at 16 with `size`, 8 bytes of fields.
  private func file(
    vtableSize: UInt16 = 8, size: UInt16 = 12, entries: [UInt16] = [4, 8], back: Int32 = 8,
    fields: [UInt32] = [1, 2]
  ) -> [UInt8] {
    littleEndian(UInt32(16)) + Array("TFL3".utf8) + littleEndian(vtableSize) + littleEndian(size)
      + entries.flatMap(littleEndian) + littleEndian(back) + fields.flatMap(littleEndian)
  }

  private func table(_ bytes: [UInt8]) throws(Diagnostic) -> FlatTable<Fields> {
    let buffer = FlatBuffer(bytes)
    return try FlatTable<Fields>(buffer, at: try buffer.target(at: 0, "the root table"))
  }

  private func rule(_ body: () throws -> Void) -> String? {
    do { try body() } catch { return (error as? Diagnostic)?.rule }
    return nil
  }

  @Test func aSoundTable() throws {
    let table = try table(file())
    #expect(try table.integer(.first, default: UInt32(9)) == 1)
    #expect(try table.integer(.second, default: UInt32(9)) == 2)
    let short = try self.table(file(vtableSize: 6))
    #expect(try short.integer(.second, default: UInt32(9)) == 9)
    let absent = try self.table(file(entries: [0, 8]))
    #expect(try absent.integer(.first, default: UInt32(9)) == 9)
  }

  @Test func vtables() {
    #expect(rule { _ = try table(file(back: 17)) } == "vtable")
    #expect(rule { _ = try table(file(back: -100)) } == "vtable")
    #expect(rule { _ = try table(file(back: .min)) } == "vtable")
    #expect(rule { _ = try table(file(back: .max)) } == "vtable")
    #expect(rule { _ = try table(file(back: 7)) } == "alignment")
    #expect(rule { _ = try table(file(vtableSize: 3)) } == "vtable")
    #expect(rule { _ = try table(file(vtableSize: 7)) } == "vtable")
    #expect(rule { _ = try table(file(vtableSize: 0)) } == "vtable")
    #expect(rule { _ = try table(file(vtableSize: 200)) } == "vtable")
    #expect(rule { _ = try table(file(size: 3)) } == "table")
    #expect(rule { _ = try table(file(size: 13)) } == "table")
    // A vtable that would begin in the last two bytes.
    #expect(rule { _ = try table(file(back: -10)) } == "out-of-range")
  }

  @Test func fields() throws {
    for offset: UInt16 in [1, 3, 9, 12, 0xFFFF] {
      let table = try table(file(entries: [offset, 8]))
      #expect(rule { let _: UInt32 = try table.integer(.first) } == "field")
    }
    let odd = try table(file(entries: [6, 8]))
    #expect(rule { let _: UInt32 = try odd.integer(.first) } == "alignment")
    let wide = try table(file(entries: [8, 8]))
    #expect(rule { let _: UInt64 = try wide.integer(.first) } == "field")
  }

  @Test func offsets() throws {
    for distance: UInt32 in [0, 8, .max, 0x8000_0000] {
      let table = try table(file(fields: [distance, 0]))
      #expect(rule { _ = try table.vector(.first, width: 4) } == "offset")
    }
    #expect(rule { _ = try FlatBuffer(file()).target(at: 26, "it") } == "out-of-range")
    #expect(rule { _ = try FlatBuffer(file()).target(at: -4, "it") } == "out-of-range")
    #expect(rule { _ = try FlatBuffer([]).target(at: 0, "it") } == "out-of-range")
  }

  @Test func vectors() throws {
    for count: UInt32 in [1, 4, 0x4000_0000, 0x7FFF_FFFF, .max] {
      let table = try table(file(fields: [4, count]))
      #expect(rule { _ = try table.vector(.first, width: 4) } == "vector")
      #expect(rule { _ = try table.vector(.first, width: 8) } == "vector")
    }
    let empty = try table(file(fields: [4, 0]))
    #expect(try empty.vector(.first, width: 8)?.count == 0)
    // An empty text needs its final zero all the same.
    #expect(rule { _ = try empty.string(.first) } == "string")
    let text = try table(file(fields: [4, 2]) + Array("ab\u{0}\u{0}".utf8))
    #expect(try text.string(.first) == "ab")
    let endless = try table(file(fields: [4, 4]) + Array("abcd".utf8))
    #expect(rule { _ = try endless.string(.first) } == "string")
  }

  /// One name shared by few tensors is fine; a small file that says a lot is not.
  @Test func sharedParts() throws {
    let model = ModelSketch.network()
    var bytes = model.bytes
    // All tensors of the first subgraph are made the last one, which is forward from each.
    var sketch = model
    sketch.operators = []
    sketch.tensors = Array(repeating: .init(shape: [2], name: "same"), count: 40)
    sketch.outputs = []
    bytes = sketch.bytes
    let places = try tensorPlaces(bytes)
    let last = try #require(places.last)
    let target = last.offset + Int(last.distance)
    for place in places {
      bytes.replaceSubrange(
        place.offset..<place.offset + 4, with: littleEndian(UInt32(target - place.offset)))
    }
    #expect(
      try TFLiteReader.read(bytes: bytes).tensors.map(\.name) == Array(repeating: "same", count: 40)
    )
  }

  /// 60,000 tensors that are one, with a name of 60,000 bytes: 3.6 GB of text in a file of 300 KB.
  @Test func amplification() throws {
    var sketch = ModelSketch()
    sketch.tensors = Array(repeating: .init(shape: [1], name: "n"), count: 60_000)
    sketch.tensors[59_999].name = String(repeating: "x", count: 60_000)
    var bytes = sketch.bytes
    let places = try tensorPlaces(bytes)
    let last = try #require(places.last)
    let target = last.offset + Int(last.distance)
    for place in places {
      bytes.replaceSubrange(
        place.offset..<place.offset + 4, with: littleEndian(UInt32(target - place.offset)))
    }
    let failure = refusal(bytes)
    #expect(failure?.rule == "work-limit" && failure?.isPlacedAndHelpful == true)
  }

  /// 20,000 custom operators of one code whose name has 60,000 bytes: neither copied nor hashed.
  @Test func longSharedKind() throws {
    var sketch = ModelSketch()
    sketch.operators = Array(
      repeating: .init(code: 0, inputs: [], outputs: [], codeIndex: 0), count: 20_000)
    sketch.operators[0].code = 32
    sketch.operators[0].customName = String(repeating: "x", count: 60_000)
    let bytes = sketch.bytes
    let clock = ContinuousClock()
    var graph: Graph?
    let time = try clock.measure { graph = try TFLiteReader.read(bytes: bytes) }
    #expect(graph?.costs.last?.kind.utf8.count == 60_007)
    #expect(time < .seconds(30))
  }

  @Test func tooManyParts() throws {
    // A vector of 300,000 offsets, all to one table.
    var bytes = FlatWriter.file(
      .table([0: .uint32(3), 1: .bytes(Array(repeating: 0, count: 1_200_000))]))
    let table = try FlatTable<TFLiteSchema.Model>(
      FlatBuffer(bytes), at: Int(bytes[0]) | Int(bytes[1]) << 8)
    let start = try #require(try table.target(.operatorCodes))
    bytes.replaceSubrange(start..<start + 4, with: littleEndian(UInt32(300_000)))
    #expect(refusal(bytes)?.rule == "too-many")
  }

  private func tensorPlaces(_ bytes: [UInt8]) throws -> [(offset: Int, distance: UInt32)] {
    let buffer = FlatBuffer(bytes)
    let model = try FlatTable<TFLiteSchema.Model>(buffer, at: try buffer.target(at: 0, "root"))
    let subgraphs = try #require(try model.vector(.subgraphs, width: 4))
    let subgraph = try subgraphs.table(0, as: TFLiteSchema.SubGraph.self)
    let tensors = try #require(try subgraph.vector(.tensors, width: 4))
    return try (0..<tensors.count).map {
      let place = tensors.range.lowerBound + 4 * $0
      return (place, try buffer.integer(UInt32.self, at: place, "offset"))
    }
  }
}
