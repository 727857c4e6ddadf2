import Models
import Support
import TestSupport
import Testing

@testable import ModelFormats

struct WeightTests {
  private let dense = KerasFixture(
    inputShape: [2],
    layers: [
      FixtureLayer(
        className: "Dense", name: "dense", config: #""units": 3"#,
        weights: [
          ("kernel", [2, 3], [1, -2, 0.5, 4, 0.25, 6]), ("bias", [3], [0, 1, -0.125]),
        ], inputs: ["input_1"])
    ])

  private func draft(_ tree: HDF5Writer.Node) throws(Diagnostic) -> GraphDraft {
    try KerasH5Reader.read(bytes: HDF5Writer.file(tree)).draft
  }

  private func constant(_ name: String, _ draft: GraphDraft) -> Tensor? {
    draft.tensors.first { $0.name == name }
  }

  @Test func kernelsAreTransposedAndBiasesShared() throws {
    let bytes = dense.h5()
    let result = try KerasH5Reader.read(bytes: bytes).draft
    let kernel = try #require(constant("dense/kernel", result))
    #expect(kernel.shape == [3, 2] && kernel.floatValues == [1, 4, -2, 0.25, 0.5, 6])
    let bias = try #require(constant("dense/bias", result)?.constant)
    // A part of the file, at the place where it stands there.
    #expect(bias.startIndex > 96 && bytes[bias.indices].elementsEqual(bias))
  }

  /// The values have few bits, so that each format holds them.
  @Test func otherFormatsBecomeFloat32() throws {
    for isBig in [false, true] {
      for size in [2, 4, 8] {
        let tree = dense.tree { set in
          let floats = stride(from: 0, to: set.data.count, by: 4).map { start in
            Float(bitPattern: (0..<4).reduce(0) { $0 | UInt32(set.data[start + $1]) << (8 * $1) })
          }
          set.data = floats.flatMap { value -> [UInt8] in
            let bytes: [UInt8]
            switch size {
            case 2: bytes = HDF5Writer.le(Int(half(value)), 2)
            case 4: bytes = littleEndian([value])
            default: bytes = HDF5Writer.le(Int(bitPattern: UInt(Double(value).bitPattern)), 8)
            }
            return isBig ? bytes.reversed() : bytes
          }
          set.floatSize = size
          set.isBigEndian = isBig
        }
        let result = try draft(tree)
        #expect(constant("dense/kernel", result)?.floatValues == [1, 4, -2, 0.25, 0.5, 6])
        #expect(constant("dense/bias", result)?.floatValues == [0, 1, -0.125])
      }
    }
    let integers = dense.tree { $0.floatSize = 0 }
    let found = refusal { () throws(Diagnostic) in try draft(integers) }
    #expect(found?.rule == "keras-weights" && found?.message.contains("int32") == true)
  }

  /// Of a normal number that a half holds exactly.
  private func half(_ value: Float) -> UInt16 {
    let bits = value.bitPattern
    if value == 0 { return 0 }
    let exponent = Int(bits >> 23 & 0xFF) - 127 + 15
    return UInt16(bits >> 31) << 15 | UInt16(exponent) << 10 | UInt16(bits >> 13 & 0x3FF)
  }

  @Test func halvesAreThoseOfTheStandard() {
    let cases: [(UInt16, Float)] = [
      (0x0000, 0), (0x0001, 0x1p-24), (0x03FF, 0x1.FF8p-15), (0x0400, 0x1p-14), (0x3C00, 1),
      (0x3555, 0x1.554p-2), (0x7BFF, 65504), (0x7C00, .infinity), (0xC000, -2),
      (0xFC00, -.infinity),
    ]
    for (bits, value) in cases { #expect(HalfFloat.float(bits) == value) }
    #expect(HalfFloat.float(0x7E00).isNaN)
    #expect(HalfFloat.float(0x8000).sign == .minus)
    for bits in UInt16.min...UInt16.max where bits & 0x7C00 != 0 && bits & 0x7C00 != 0x7C00 {
      #expect(half(HalfFloat.float(bits)) == bits)
    }
  }

  @Test func weightsMustBeThereAndFit() {
    var missing = dense
    missing.layers[0].weights.removeLast()
    var wrong = dense
    wrong.layers[0].weights[0].shape = [3, 2]
    var twice = dense
    twice.layers[0].weights.append(("kernel", [2, 3], [1, 2, 3, 4, 5, 6]))
    var none = dense
    none.layers[0].weights = []
    for fixture in [missing, wrong, twice, none] {
      let found = refusal { () throws(Diagnostic) in try draft(fixture.tree()) }
      #expect(found?.rule == "keras-weights" && found?.isHelpful == true)
      #expect(found?.message.contains("dense") == true)
    }
    let empty = HDF5Writer.Node.group([("model_config", .text(dense.config))], [])
    #expect(refusal { () throws(Diagnostic) in try draft(empty) }?.rule == "keras-weights")
    let other = HDF5Writer.Node.group([("title", .text("no model"))], [])
    #expect(refusal { () throws(Diagnostic) in try draft(other) }?.rule == "keras-no-model")
  }

  /// Lists above 64 KiB are split over several attributes.
  @Test func splitListsAreRead() throws {
    let sets = dense.layers[0].weights.map { weight in
      let set = HDF5Writer.Dataset(shape: weight.shape, data: littleEndian(weight.values))
      return (weight.role + ":0", HDF5Writer.Node.dataset(set))
    }
    let layer = HDF5Writer.Node.group(
      [
        ("weight_names0", .fixedTexts(["dense/kernel:0"])),
        ("weight_names1", .fixedTexts(["dense/bias:0"])),
      ], [("dense", .group([], sets))])
    let tree = HDF5Writer.Node.group(
      [("model_config", .text(dense.config))], [("model_weights", .group([], [("dense", layer)]))])
    #expect(try draft(tree).operators == draft(dense.tree()).operators)
  }

  @Test func statisticsMustGiveFiniteFactors() {
    for variance in [Float.nan, -1, -0.001] {
      var model = KerasFixture(inputShape: [1], layers: [])
      model.layers = [
        FixtureLayer(
          className: "BatchNormalization", name: "b",
          config: #""axis": -1, "scale": false, "center": false, "epsilon": 0.0"#,
          weights: [("moving_mean", [1], [0]), ("moving_variance", [1], [variance])],
          inputs: ["input_1"])
      ]
      let found = refusal { () throws(Diagnostic) in try draft(model.tree()) }
      #expect(found?.rule == "keras-weights" && found?.message.contains("channel 0") == true)
    }
  }
}
