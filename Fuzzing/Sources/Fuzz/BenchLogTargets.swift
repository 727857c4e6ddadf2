import BenchLog
import Core
@testable import Ingest

extension Target {
  /// Lines of the project's own log, also with their checksums made right: chance never does that.
  static let benchLog = Target(name: "benchlog") { bytes in
    var log: [UInt8] = []
    for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      roundTrip(Array(line))
      let sealed = withChecksum(line)
      roundTrip(sealed)
      log += sealed + [0x0A]
    }
    let file = Ingestor().ingest(bytes: log, path: "-")
    RunCheck.check(file, lines: lineCount(log))
  }

  /// A hand-written draft becomes a log that is read without complaint about its lines.
  static let seal = Target(name: "seal") { bytes in
    let draft = String(decoding: bytes, as: UTF8.self)
    let sealed = BenchLogSeal.seal(draft: draft, file: "-")
    let rows = lineCount(Array(draft.utf8))
    for diagnostic in sealed.diagnostics { RunCheck.check(diagnostic, lines: rows + 1) }
    let log = Array(sealed.text.utf8)
    let file = Ingestor().ingest(bytes: log, path: "-")
    RunCheck.check(file, lines: lineCount(log))
    require(
      !file.diagnostics.contains {
        ["damaged-line", "missing-lines", "repeated-line", "newer-format", "overlong-line"]
          .contains($0.rule)
      }, "the sealed log is damaged: \(file.diagnostics)")
  }
}

/// The line with the checksum of what stands before ` ~`, or before its end.
private func withChecksum(_ line: ArraySlice<UInt8>) -> [UInt8] {
  var body = Array(line)
  if body.last == 0x0D { body.removeLast() }
  if body.count >= 10, body[body.count - 10] == 0x20, body[body.count - 9] == 0x7E {
    body.removeLast(10)
  }
  let hex = String(CRC32.of(body.span), radix: 16)
  return body + Array((" ~" + String(repeating: "0", count: 8 - hex.count) + hex).utf8)
}

private struct Buffer: ByteSink {
  var bytes: [UInt8] = []
  mutating func put(_ byte: UInt8) { bytes.append(byte) }
}

/// What a field means, however it is written.
private enum Value: Equatable {
  case number(UInt64)
  case text([UInt8])
}

/// A line that decodes is encoded again; that line must decode to the same.
private func roundTrip(_ line: [UInt8]) {
  guard let decoded = try? LineDecoder.decode(line.span) else { return }
  let values = fields(line, decoded)
  var encoder = LineEncoder(sink: Buffer(), sequence: decoded.sequence)
  encoder.begin(decoded.record)
  for (rule, value) in values {
    switch value {
    case .number(let number):
      if rule.form == .hex, let word = UInt32(exactly: number) {
        encoder.field(rule.key, hex: word)
      } else if rule.form == .hex {
        encoder.field(rule.key, text: Array(String(number, radix: 16).utf8).span)
      } else {
        encoder.field(rule.key, number)
      }
    case .text(let text): encoder.field(rule.key, text: text.span)
    }
  }
  encoder.end()
  var again = encoder.sink.bytes
  require(again.suffix(2) == [0x0D, 0x0A], "an encoded line does not end in CRLF")
  again.removeLast(2)
  // Escapes take more room than the bytes they stand for.
  if again.count > Schema.maximumLineLength { return }
  do throws(LineProblem) {
    let second = try LineDecoder.decode(again.span)
    require(
      second.record == decoded.record && second.sequence == decoded.sequence,
      "\(decoded) became \(second)")
    let others = fields(again, second)
    require(
      others.count == values.count
        && zip(others, values).allSatisfy {
          $0.value == $1.value && "\($0.rule.key)" == "\($1.rule.key)"
        },
      "\(values.map(\.value)) became \(others.map(\.value))")
  } catch {
    require(false, "\(String(decoding: again, as: UTF8.self)) does not decode: \(error)")
  }
}

private func fields(_ line: [UInt8], _ decoded: DecodedLine) -> [(rule: KeyRule, value: Value)] {
  var result: [(rule: KeyRule, value: Value)] = []
  let rules = Schema.keys(of: decoded.record)
  var i = decoded.fields.lowerBound
  do throws(LineProblem) {
    while let field = try LineDecoder.nextField(line.span, &i, end: decoded.fields.upperBound) {
      let rule = rules.first { LineDecoder.isKey(line.span, field, $0.key) }
      guard let rule else {
        require(false, "a decoded line has a key that its record does not have")
        continue
      }
      switch rule.form {
      case .whole, .hex:
        let number =
          rule.form == .hex
          ? LineDecoder.hex(line.span, field) : LineDecoder.whole(line.span, field)
        require(number != nil, "\(rule.key) of a decoded line is no number")
        result.append((rule, .number(number ?? 0)))
      case .text:
        var bytes: [UInt8] = []
        LineDecoder.text(line.span, field) { bytes.append($0) }
        result.append((rule, .text(bytes)))
      }
    }
  } catch {
    require(false, "the fields of a decoded line cannot be read: \(error)")
  }
  return result
}
