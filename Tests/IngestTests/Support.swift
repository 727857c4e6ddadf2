import BenchLog

@testable import Ingest

/// SplitMix64 (Steele, Lea, Flood 2014): the same seed gives the same test on every machine.
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}

/// A piece of a line as `LineReader` hands it over.
struct Piece: Equatable {
  var text: [UInt8]
  var place: Place
  var cut: Bool
}

/// The pieces of a text that arrives in the given chunks.
func pieces(_ chunks: [[UInt8]]) -> [Piece] {
  var reader = LineReader()
  var result: [Piece] = []
  let take = { (text: Span<UInt8>, place: Place, cut: Bool) in
    result.append(Piece(text: bytes(text), place: place, cut: cut))
  }
  for chunk in chunks { reader.feed(chunk.span, take) }
  reader.finish(take)
  return result
}

func bytes(_ span: Span<UInt8>) -> [UInt8] { span.withUnsafeBufferPointer { Array($0) } }

/// Reads a text as a file of that name.
func ingest(
  _ text: String, path: String = "log.txt",
  settings: [(key: ConfigurationKey, text: String)] = [], signatures: [ModelSignature] = []
) -> IngestedFile {
  Ingestor(settings: settings, signatures: signatures).ingest(bytes: Array(text.utf8), path: path)
}

/// A log of the project's own format, from its records without numbers and checksums.
func benchLog(_ records: [String], from first: UInt32 = 0) -> String {
  var number = first
  var text = ""
  for record in records {
    text += benchLine(record, number: number) + "\n"
    number += 1
  }
  return text
}

/// One line of the project's own format.
func benchLine(_ record: String, number: UInt32, version: UInt32 = Schema.version) -> String {
  let head = "pb\(version) \(number) \(record)"
  let hex = String(CRC32.of(Array(head.utf8).span), radix: 16)
  return head + " ~" + String(repeating: "0", count: 8 - hex.count) + hex
}

extension IngestedFile {
  /// The rules of its diagnostics, in order.
  var rules: [String] { diagnostics.map(\.rule) }
}
