import Support
import TestSupport
import Testing

@testable import Models

/// Damaged files: never a crash, never a hang, always a message with a place.
struct HostileTests {
  private let model = ModelSketch.network().bytes

  /// Reads `bytes`; true where they are a model. What can be asked of a graph is asked.
  @discardableResult
  private func survives(
    _ bytes: [UInt8], _ what: @autoclosure () -> String,
    _ location: SourceLocation = #_sourceLocation
  ) -> Bool {
    do throws(Diagnostic) {
      let graph = try TFLiteReader.read(bytes: bytes)
      let isSound =
        graph.costs.count == graph.operators.count
        && graph.tensors.allSatisfy { $0.constant.map { $0.endIndex <= bytes.count } ?? true }
        && !graph.types.description.isEmpty && graph.remarks.allSatisfy { $0.isPlacedAndHelpful }
      #expect(isSound, "\(what())", sourceLocation: location)
      return true
    } catch {
      if !error.isPlacedAndHelpful {
        Issue.record("\(what()): \(error.headline)", sourceLocation: location)
      }
      return false
    }
  }

  @Test func cutAtEveryByte() {
    for count in 0..<model.count {
      let isModel = survives(Array(model.prefix(count)), "cut at \(count)")
      // The last bytes are the bias' neighbour: nothing may be missing.
      #expect(!isModel, "\(count) of \(model.count) bytes are accepted")
    }
    #expect(survives(model, "the whole"))
  }

  @Test func everyBitFlipped() {
    var accepted = 0
    for index in model.indices {
      var bytes = model
      for bit in 0..<8 {
        bytes[index] = model[index] ^ (1 << UInt8(bit))
        if survives(bytes, "bit \(bit) of byte \(index)") { accepted += 1 }
      }
      for value: UInt8 in [0, 0x7F, 0x80, 0xFF] where value != model[index] {
        bytes[index] = value
        survives(bytes, "byte \(index) is \(value)")
      }
    }
    // Weights, names and padding may hold anything.
    #expect(accepted > 0 && accepted < 8 * model.count)
  }

  @Test func randomDamage() {
    var generator = SplitMix(2350)
    for round in 0..<6000 {
      var bytes = model
      for _ in 0..<Int.random(in: 1...8, using: &generator) {
        let index = Int.random(in: bytes.indices, using: &generator)
        switch Int.random(in: 0..<5, using: &generator) {
        case 0: bytes[index] = UInt8.random(in: 0...255, using: &generator)
        case 1:
          let word = littleEndian(UInt32.random(in: 0...(.max), using: &generator))
          let place = index / 4 * 4
          for i in 0..<4 where place + i < bytes.count { bytes[place + i] = word[i] }
        case 2: bytes.insert(contentsOf: bytes[index...].prefix(16), at: index)
        case 3: bytes.removeSubrange(index..<min(bytes.count, index + 4))
        default:
          // Small offsets lead to other valid places.
          let place = index / 4 * 4
          for (i, byte) in littleEndian(UInt32(4 * Int.random(in: 0..<64, using: &generator)))
            .enumerated() where place + i < bytes.count
          { bytes[place + i] = byte }
        }
      }
      survives(bytes, "round \(round)")
    }
  }

  @Test func noise() {
    var generator = SplitMix(1)
    for round in 0..<2000 {
      let count = Int.random(in: 8..<400, using: &generator)
      var bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
      bytes.replaceSubrange(
        0..<8, with: littleEndian(UInt32(8 + 4 * (round % 20))) + Array("TFL3".utf8))
      survives(bytes, "noise \(round)")
    }
  }

  /// Each 32-bit word as a length or an offset that is extreme.
  @Test func everyWordExtreme() {
    for place in stride(from: 0, to: model.count - 3, by: 4) {
      for value: UInt32 in [0, 1, 4, .max, .max - 3, 0x7FFF_FFFF, 0x8000_0000, UInt32(model.count)]
      {
        var bytes = model
        bytes.replaceSubrange(place..<place + 4, with: littleEndian(value))
        survives(bytes, "word at \(place) is \(value)")
      }
    }
  }
}
