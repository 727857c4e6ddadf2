import BenchLog
import Support

/// The fields of one line, out of the line's buffer. Refilled for the next line, it allocates nothing.
struct BenchLogValues {
  private var bytes: [UInt8] = []
  private var fields: [Field] = []

  /// Takes the fields of `line` in place of those of the line before.
  mutating func fill(_ line: Span<UInt8>, _ decoded: DecodedLine) {
    bytes.removeAll(keepingCapacity: true)
    fields.removeAll(keepingCapacity: true)
    for i in 0..<decoded.fields.upperBound { bytes.append(line[i]) }
    var i = decoded.fields.lowerBound
    // The line was checked when it was decoded, so a field that cannot be read ends the loop.
    while let field = (try? LineDecoder.nextField(line, &i, end: decoded.fields.upperBound)) ?? nil
    {
      fields.append(field)
    }
  }

  private func field(_ key: StaticString) -> Field? {
    fields.first { LineDecoder.isKey(bytes.span, $0, key) }
  }

  /// The text of `key`.
  func text(_ key: StaticString) -> String? {
    field(key).map { field in
      var text: [UInt8] = []
      LineDecoder.text(bytes.span, field) { text.append($0) }
      return String(decoding: text, as: UTF8.self)
    }
  }

  /// The whole number of `key`.
  func whole(_ key: StaticString) -> UInt64? {
    field(key).flatMap { LineDecoder.whole(bytes.span, $0) }
  }

  /// The number that the hexadecimal digits of `key` write.
  func hex(_ key: StaticString) -> UInt64? {
    field(key).flatMap { LineDecoder.hex(bytes.span, $0) }
  }

  /// What an `inf` or `opt` line measured; nil of another.
  var measuredTime: MeasuredTime? {
    guard let run = whole("run"), let inference = whole("i"), let time = whole("time") else {
      return nil
    }
    return MeasuredTime(
      run: run, inference: inference, op: whole("op"), time: time, accesses: whole("access"),
      misses: whole("miss"))
  }

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
