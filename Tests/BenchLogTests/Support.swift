import BenchLog
import Core

/// What one line says.
struct Content: Equatable {
  var record: Record
  var sequence: UInt32
  var fields: [Entry]

  struct Entry: Equatable {
    var key: String
    var text: [UInt8]
  }
}

/// The content of a line given without its end.
func content(_ line: [UInt8]) throws(LineProblem) -> Content {
  let span = line.span
  let decoded = try LineDecoder.decode(span)
  var fields: [Content.Entry] = []
  var i = decoded.fields.lowerBound
  while let field = try LineDecoder.nextField(span, &i, end: decoded.fields.upperBound) {
    var text: [UInt8] = []
    LineDecoder.text(span, field) { text.append($0) }
    fields.append(.init(key: String(decoding: line[field.key], as: UTF8.self), text: text))
  }
  return Content(record: decoded.record, sequence: decoded.sequence, fields: fields)
}

/// What is wrong with a line; nil when nothing is.
func problem(_ line: String) -> LineProblem? { problem(Array(line.utf8)) }

func problem(_ line: [UInt8]) -> LineProblem? {
  do throws(LineProblem) {
    _ = try content(line)
    return nil
  } catch {
    return error
  }
}

/// A line with its checksum, of everything that stands before it.
func sealed(_ head: String) -> String {
  let hex = String(CRC32.of(Array(head.utf8).span), radix: 16)
  return head + " ~" + String(repeating: "0", count: 8 - hex.count) + hex
}

/// The lines that an encoder wrote, without their ends.
func lines(_ bytes: [UInt8]) -> [[UInt8]] {
  bytes.split(separator: 0x0A).map { Array($0.last == 0x0D ? $0.dropLast() : $0) }
}
