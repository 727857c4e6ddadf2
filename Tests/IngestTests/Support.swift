import BenchLog
import Support
import TestSupport

@testable import Ingest

/// A piece of a line as `LineReader` hands it over.
struct Piece: Equatable {
  var text: [UInt8]
  var place: TextPlace
  var cut: Bool
}

/// The pieces of a text that arrives in the given chunks.
func pieces(_ chunks: [[UInt8]]) -> [Piece] {
  var reader = LineReader()
  var result: [Piece] = []
  let take = { (text: Span<UInt8>, place: TextPlace, cut: Bool) in
    result.append(Piece(text: bytes(text), place: place, cut: cut))
  }
  for chunk in chunks { reader.feed(chunk.span, take) }
  reader.finish(take)
  return result
}

func bytes(_ span: Span<UInt8>) -> [UInt8] { span.withUnsafeBufferPointer { Array($0) } }

/// The bytes of a file among the fixtures.
func fixture(_ name: String) throws -> [UInt8] {
  try Checkout.bytes("Tests/IngestTests/Fixtures/\(name)")
}

/// The text of a file among the fixtures.
func fixtureText(_ name: String) throws -> String {
  String(decoding: try fixture(name), as: UTF8.self)
}

/// Reads a text as a file of that name.
func ingest(
  _ text: String, path: String = "log.txt",
  settings: [(key: ConfigurationKey, text: String)] = [], signatures: [ModelSignature] = []
) -> IngestedFile {
  Ingestor(settings: settings, signatures: signatures).ingest(bytes: Array(text.utf8), path: path)
}

extension IngestedFile {
  /// The rules of its diagnostics, in order.
  var rules: [String] { diagnostics.map(\.rule) }
}
