import Models
import Support

/// A walk over the bytes of a file before they are decoded: lengths stay inside, and the parts are so
/// few that what they become fits into memory, as an empty part takes two bytes of the file and some
/// hundred decoded.
///
/// Encoding: https://protobuf.dev/programming-guides/encoding.
struct WireScan {
  /// Parts that repeat, as nodes, names and attributes do. A large network has some ten thousand.
  static let largestCount = 1 << 20

  /// Messages of the schema.
  private enum Kind {
    case model, graph, node, attribute, tensor, value, type, tensorType, shape, leaf

    /// What a field holds that is walked into; nil for numbers, text, bytes and what is not read.
    func part(_ field: UInt64) -> Kind? {
      switch (self, field) {
      case (.model, 7): .graph
      case (.model, 8), (.tensor, 13), (.shape, 1): .leaf
      case (.graph, 1): .node
      case (.graph, 5), (.attribute, 5): .tensor
      case (.graph, 11), (.graph, 12): .value
      case (.node, 5): .attribute
      case (.value, 2): .type
      case (.type, 1): .tensorType
      case (.tensorType, 2): .shape
      default: nil
      }
    }
  }

  private let bytes: [UInt8]
  private var count = 0

  /// Throws where a part ends outside of the one around it, or there are too many.
  static func check(_ bytes: [UInt8]) throws(Diagnostic) {
    var scan = WireScan(bytes: bytes)
    try scan.walk(.model, 0..<bytes.count)
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  /// Parts nest as deep as `Kind` allows, so the recursion ends.
  private mutating func walk(_ kind: Kind, _ range: Range<Int>) throws(Diagnostic) {
    var place = range.lowerBound
    while place < range.upperBound {
      let start = place
      let key = try number(&place, before: range.upperBound)
      switch key & 7 {
      case 0: _ = try number(&place, before: range.upperBound)
      case 1, 5:
        place += key & 7 == 1 ? 8 : 4
        guard place <= range.upperBound else { throw Self.cutOff(start) }
      case 2:
        let length = try number(&place, before: range.upperBound)
        guard length <= UInt64(range.upperBound - place) else { throw Self.cutOff(start) }
        let end = place + Int(length)
        count += 1
        guard count <= Self.largestCount else {
          throw Diagnostic(
            "file-size", "there are more than \(Self.largestCount) nodes, names and attributes",
            remedy: "No network is that large: export the model again.",
            place: Place(offset: start))
        }
        if let part = kind.part(key >> 3) { try walk(part, place..<end) }
        place = end
      default: throw Self.damaged(start)
      }
    }
  }

  private func number(_ place: inout Int, before end: Int) throws(Diagnostic) -> UInt64 {
    var result: UInt64 = 0
    for (step, position) in (place..<min(place + 10, end)).enumerated() {
      result |= UInt64(bytes[position] & 0x7F) << UInt64(7 * step)
      if bytes[position] < 0x80 {
        place = position + 1
        return result
      }
    }
    throw end - place < 10 ? Self.cutOff(place) : Self.damaged(place)
  }

  private static func cutOff(_ offset: Int) -> Diagnostic {
    Diagnostic(
      "not-onnx", "the file is cut off or damaged: what starts here does not end in its bounds",
      remedy: "Copy or export the model again.", place: Place(offset: offset))
  }

  private static func damaged(_ offset: Int) -> Diagnostic {
    Diagnostic(
      "not-onnx", "the file is damaged, or no ONNX file: what starts here is no field",
      remedy: "Copy or export the model again.", place: Place(offset: offset))
  }
}
