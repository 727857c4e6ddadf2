import Models
import Support
import TestSupport
import Testing

@testable import Quantizer

@Suite("NPZ files")
struct NpzTests {
  static let samples = NpySketch.bytes("<f4", [2, 3], littleEndian([1, 2, 3, 4, 5, 6]))
  static let labels = NpySketch.bytes("<i4", [2], [1, 0, 0, 0, 2, 0, 0, 0])
  static let archive = ZipSketch(members: [
    ("x.npy", samples, true), ("labels.npy", labels, false),
  ]).bytes()

  func read(
    _ bytes: [UInt8], _ member: String? = nil
  ) throws(Diagnostic) -> (NumberArray, SampleShape) {
    try SampleSet.array(bytes, member, path: "a.npz", input: [1, 3], options: SampleOptions())
  }

  @Test("The member that fits is found, or the one that is named")
  func members() throws {
    let found = try read(Self.archive)
    #expect(found.0.floats(0..<6) == [1, 2, 3, 4, 5, 6])
    #expect(found.1.count == 2)
    #expect(try read(Self.archive, "x").0.shape == [2, 3])
    let missing = try #require(
      refusal { () throws(Diagnostic) in try read(Self.archive, "y") })
    #expect(missing.rule == "npz-member" && missing.message.contains("x.npy, labels.npy"))
    let twice = ZipSketch(members: [("a.npy", Self.samples, false), ("b.npy", Self.samples, true)])
    let several = try #require(refusal { () throws(Diagnostic) in try read(twice.bytes()) })
    #expect(several.rule == "npz-member" && several.message.contains("a.npy, b.npy"))
  }

  @Test("Labels are whole numbers")
  func labels() throws {
    try withFile("a.npz", Self.archive) { path in
      let found = try SampleSet.labels(path: path)
      let named = try SampleSet.labels(path: path + ":labels")
      #expect(found == [1, 2] && named == found)
    }
    let halves = NpySketch.bytes("<f4", [1], littleEndian([0.5]))
    try withFile("b.npy", halves) { path in
      let refused = refusal { () throws(Diagnostic) in try SampleSet.labels(path: path) }
      #expect(refused?.rule == "labels")
    }
  }

  @Test("What cannot be unpacked is refused by name")
  func refusals() throws {
    func rule(_ bytes: [UInt8]) -> String? {
      refusal { () throws(Diagnostic) in try read(bytes) }?.rule
    }
    let one = [("x.npy", Self.samples, true)]
    #expect(rule(ZipSketch(members: one, claimedLength: 1 << 31).bytes()) == "zip-size")
    #expect(rule(ZipSketch(members: one, claimedLength: 1 << 29).bytes()) == "zip-damaged")
    #expect(rule(ZipSketch(members: one, claimedLength: 100).bytes()) == "zip-damaged")
    #expect(rule(ZipSketch(members: one, claimedLength: 0xFFFF_FFFF).bytes()) == "zip-damaged")
    #expect(rule(ZipSketch(members: one, flags: 1).bytes()) == "zip-encrypted")
    #expect(rule(ZipSketch(members: one, method: 97).bytes()) == "zip-method")
    #expect(rule(ZipSketch().bytes()) == "npz-member")
    var wrong = ZipSketch(members: [("x.npy", Self.samples, false)]).bytes()
    wrong[30 + 5 + 4 + Self.samples.count - 1] ^= 1
    #expect(rule(wrong) == "zip-damaged")
  }

  @Test("Members are bounded together, as several may claim the same bytes")
  func together() throws {
    let total = Self.samples.count + Self.labels.count
    func find(_ largest: Int) throws(Diagnostic) -> SampleShape {
      try NpzMember.find(in: Self.archive, named: nil, largest: largest) {
        array throws(Diagnostic) in
        try SampleShape.fit(array.shape, input: [1, 3], layout: .nhwc)
      }.1
    }
    #expect(try find(total).count == 2)
    let refused = refusal { () throws(Diagnostic) in try find(total - 1) }
    #expect(refused?.rule == "zip-size")
  }

  @Test("An archive cut anywhere is refused")
  func truncation() {
    for length in 0..<Self.archive.count {
      let refused = refusal { () throws(Diagnostic) in
        try read(Array(Self.archive[..<length]))
      }
      #expect(refused?.isHelpful == true, "\(length) bytes")
    }
  }

  @Test("Damaged archives are read or refused, never more")
  func mutations() {
    var generator = SplitMix(5)
    for _ in 0..<3000 {
      var damaged = Self.archive
      for _ in 0...Int(generator.next() % 3) {
        damaged[Int(generator.next() % UInt64(damaged.count))] = UInt8(generator.next() & 0xFF)
      }
      if let refused = refusal({ () throws(Diagnostic) in try read(damaged) }) {
        #expect(refused.isHelpful)
      }
    }
  }
}
