import Models
import Support
import TestSupport
import Testing

@testable import ModelFormats

/// The container by itself.
struct HDF5Tests {
  private typealias Node = HDF5Writer.Node

  private func array(
    _ set: HDF5Writer.Dataset, isNew: Bool = false
  ) throws(Diagnostic) -> HDF5Dataset {
    let bytes = HDF5Writer.file(.group([], [("set", .dataset(set))]), isNew: isNew)
    let file = try HDF5File(bytes)
    let place = try file.find("set", from: file.superblock.root) ?? 0
    return try HDF5Dataset(file, at: place, name: "set")
  }

  @Test func datasetsAreSlicesOfTheFile() throws {
    let values = littleEndian((0..<24).map(Float.init))
    for layout in [HDF5Writer.Layout.contiguous, .compact] {
      for isNew in [false, true] {
        let set = HDF5Writer.Dataset(shape: [2, 3, 4], data: values, layout: layout)
        let found = try array(set, isNew: isNew)
        #expect(found.shape == [2, 3, 4] && Array(found.data) == values)
        #expect(found.datatype == .float(size: 4, isLittleEndian: true))
        #expect(found.data.startIndex > 0)
      }
    }
    let scalar = try array(HDF5Writer.Dataset(shape: [], data: littleEndian([7])))
    #expect(scalar.shape.isEmpty && Array(scalar.data) == littleEndian([7]))
    let empty = try array(HDF5Writer.Dataset(shape: [0, 5], data: [], layout: .unwritten))
    #expect(empty.shape == [0, 5] && empty.data.isEmpty)
  }

  @Test func datatypesAreTold() throws {
    for size in [2, 4, 8] {
      for isBig in [false, true] {
        let set = HDF5Writer.Dataset(
          shape: [1], data: Array(repeating: 0, count: size), floatSize: size, isBigEndian: isBig)
        #expect(try array(set).datatype == .float(size: size, isLittleEndian: !isBig))
      }
    }
    let integer = HDF5Writer.Dataset(shape: [1], data: [1, 0, 0, 0], floatSize: 0)
    #expect(
      try array(integer).datatype == .integer(size: 4, isSigned: true, isLittleEndian: true))
  }

  @Test func whatIsNotReadIsNamedWithARemedy() {
    let rules: [(HDF5Writer.Layout, String)] = [
      (.chunked, "hdf5-layout"), (.virtual, "hdf5-layout"), (.filtered, "hdf5-filtered"),
    ]
    for (layout, rule) in rules {
      let set = HDF5Writer.Dataset(shape: [2], data: littleEndian([1, 2]), layout: layout)
      let found = refusal { () throws(Diagnostic) in try array(set) }
      #expect(found?.rule == rule && found?.isHelpful == true)
      #expect(found?.remedy.contains("h5repack -l CONTI -f NONE") == true)
    }
    let lost = HDF5Writer.Dataset(shape: [2], data: littleEndian([1, 2]), layout: .unwritten)
    #expect(refusal { () throws(Diagnostic) in try array(lost) }?.rule == "hdf5-no-data")
  }

  @Test func shapesThatDataDoNotFillAreRefused() {
    let data = littleEndian([1, 2, 3])
    for shape in [[4], [Int.max], [1 << 40, 1 << 40], [Int.max, 2], [1 << 62]] {
      for layout in [HDF5Writer.Layout.contiguous, .compact] {
        let set = HDF5Writer.Dataset(shape: shape, data: data, layout: layout)
        let found = refusal { () throws(Diagnostic) in try array(set) }
        #expect(["hdf5-data-size", "hdf5-shape"].contains(found?.rule ?? ""))
      }
    }
  }

  @Test func attributesOfAllKindsAreRead() throws {
    let long = String(repeating: "model \u{e9} ", count: 5000)
    let attributes: [(String, HDF5Writer.Value)] = [
      ("one", .text(long)), ("some", .texts(["a", "", "long enough", "b"])),
      ("fixed", .fixedTexts(["dense", "dense_1", ""])), ("number", .number(3)),
      ("empty", .text("")),
      ("none", .fixedTexts([])),
    ]
    for isNew in [false, true] {
      for isContinued in [false, true] {
        let bytes = HDF5Writer.file(
          .group(attributes, []), isNew: isNew, isContinued: isContinued)
        let file = try HDF5File(bytes)
        let root = file.superblock.root
        #expect(try file.texts("one", of: root) == [long])
        #expect(try file.texts("some", of: root) == ["a", "", "long enough", "b"])
        #expect(try file.texts("fixed", of: root) == ["dense", "dense_1", ""])
        #expect(try file.texts("empty", of: root) == [""])
        #expect(try file.texts("none", of: root) == [])
        #expect(try file.texts("number", of: root) == nil)
        #expect(try file.texts("absent", of: root) == nil)
      }
    }
  }

  @Test func groupsOfManyNodesAreRead() throws {
    let names = (0..<200).map { "layer_\($0)" }
    let children = names.map { ($0, Node.group([("name", .text($0))], [])) }
    let file = try HDF5File(HDF5Writer.file(.group([], children), userBlock: 512))
    #expect(file.superblock.base == 512)
    let root = file.superblock.root
    #expect(Set(try file.links(at: root).keys) == Set(names))
    for name in names {
      let place = try #require(try file.find("./\(name)/", from: root))
      #expect(try file.texts("name", of: place) == [name])
    }
    #expect(try file.find("layer_200", from: root) == nil)
  }

  @Test func softLinksAreNamed() throws {
    let tree = Node.group([], [("a", .group([], [])), ("b", .soft("/a"))])
    let file = try HDF5File(HDF5Writer.file(tree))
    let found = refusal { () throws(Diagnostic) in
      try file.find("b", from: file.superblock.root)
    }
    #expect(found?.rule == "hdf5-link" && found?.message.contains("soft") == true)
    #expect(try file.find("a", from: file.superblock.root) != nil)
  }
}
