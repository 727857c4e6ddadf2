import BenchLog
import Support

/// The fields of one line, out of the line's buffer.
struct BenchLogValues {
  private var texts: [(key: String, text: String)] = []

  init(_ line: Span<UInt8>, _ decoded: DecodedLine) {
    var i = decoded.fields.lowerBound
    // The line was checked when it was decoded, so a field that cannot be read ends the loop.
    while let field = (try? LineDecoder.nextField(line, &i, end: decoded.fields.upperBound)) ?? nil
    {
      var bytes: [UInt8] = []
      LineDecoder.text(line, field) { bytes.append($0) }
      texts.append((Scan.string(line, field.key), String(decoding: bytes, as: UTF8.self)))
    }
  }

  /// The text of `key`.
  func text(_ key: StaticString) -> String? {
    let name = "\(key)"
    return texts.first { $0.key == name }?.text
  }

  /// The whole number of `key`.
  func whole(_ key: StaticString) -> UInt64? { text(key).flatMap { UInt64($0) } }

  /// The number that the hexadecimal digits of `key` write.
  func hex(_ key: StaticString) -> UInt64? { text(key).flatMap { UInt64($0, radix: 16) } }

  /// The configuration that `keys` give, canonical; a value that a key does not accept is reported.
  func entries(
    _ keys: [(StaticString, ConfigurationKey)], _ file: String, _ place: TextPlace,
    _ sink: inout Sink
  ) -> [(ConfigurationKey, String)] {
    var result: [(ConfigurationKey, String)] = []
    for (word, key) in keys {
      // A writer that does not know a text may leave it empty.
      guard let text = text(word), !(text.isEmpty && key.choices == nil) else { continue }
      do throws(Diagnostic) {
        result.append((key, try key.canonical(text)))
      } catch {
        sink.report(error.within(Place(place)))
      }
    }
    return result
  }
}
