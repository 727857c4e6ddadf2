import BenchLog
import TestSupport
import Testing

private func text(_ bytes: [UInt8]) -> [UInt8] {
  var encoder = LineEncoder(sink: Buffer())
  encoder.begin(.log)
  encoder.field("origin", text: bytes.span)
  encoder.end()
  return encoder.sink.bytes
}

@Test func encoderWritesTheseBytes() {
  var encoder = LineEncoder(sink: Buffer(), sequence: 41)
  encoder.begin(.inf)
  encoder.field("run", 1)
  encoder.field("i", 0)
  encoder.field("time", 8_842_512)
  encoder.end()
  #expect(encoder.sequence == 42)
  let head = "pb2 41 inf run=1 i=0 time=8842512"
  #expect(String(decoding: encoder.sink.bytes, as: UTF8.self) == sealed(head) + "\r\n")
}

@Test func textIsQuotedWhereItMustBe() {
  let cases: [(String, String)] = [
    ("measured", "measured"), ("", "\"\""), ("a b", "\"a b\""), ("a=b,c", "a=b,c"),
    ("say \"hi\"", #""say \"hi\"""#), (#"a\b"#, #""a\\b""#), ("~", "\"~\""),
    ("\u{1}\r\n", #""\x01\x0d\x0a""#), ("é", #""\xc3\xa9""#),
  ]
  for (value, written) in cases {
    let line = sealed("pb2 0 log origin=\(written)") + "\r\n"
    #expect(String(decoding: text(Array(value.utf8)), as: UTF8.self) == line)
  }
}

@Test func everyByteSurvivesAlone() throws {
  for byte in UInt8.min...UInt8.max {
    let line = lines(text([byte]))
    #expect(line.count == 1)
    #expect(try content(line[0]).fields == [.init(key: "origin", text: [byte])])
  }
}

@Test func numbersSurviveToTheirExtremes() throws {
  for value in awkwardNumbers {
    var encoder = LineEncoder(sink: Buffer(), sequence: .max)
    encoder.begin(.inf)
    encoder.field("run", value)
    encoder.field("i", value)
    encoder.field("time", value)
    encoder.end()
    #expect(encoder.sequence == 0, "the number wraps")
    let line = lines(encoder.sink.bytes)[0]
    let decoded = try LineDecoder.decode(line.span)
    #expect(decoded.sequence == .max)
    var i = decoded.fields.lowerBound
    while let field = try LineDecoder.nextField(line.span, &i, end: decoded.fields.upperBound) {
      let found = LineDecoder.whole(line.span, field)
      #expect(found == value)
    }
  }
}

/// Around every power of ten and two, and noughts in each group of nine digits.
private let awkwardNumbers: [UInt64] = {
  var all: [UInt64] = [.max, 1_000_000_000_000_000_001, 5_000_000_007_000_000_000]
  var power: UInt64 = 1
  for _ in 0..<20 {
    all += [power - 1, power, power + 1]
    power = power.multipliedReportingOverflow(by: 10).partialValue
  }
  for bit in 0..<64 { all += [(1 << UInt64(bit)) - 1, 1 << UInt64(bit)] }
  return all
}()

/// A number of any width is written as the standard library writes it.
@Test func decimalsAreThoseOfTheStandardLibrary() {
  var random = SplitMix(21)
  let numbers =
    awkwardNumbers
    + (0..<2000).map { _ in UInt64.random(in: 0 ... .max, using: &random) >> (random.next() & 63) }
  for number in numbers {
    #expect(written { $0.field("time", number) } == "time=\(number)")
    let word = UInt32(truncatingIfNeeded: number)
    #expect(written { $0.field("time", word) } == "time=\(word)")
    let byte = UInt8(truncatingIfNeeded: number)
    #expect(written { $0.field("time", byte) } == "time=\(byte)")
  }
}

/// What one call adds to a line, as text.
private func written(_ call: (inout LineEncoder<Buffer>) -> Void) -> String {
  var encoder = LineEncoder(sink: Buffer())
  encoder.begin(.inf)
  let before = encoder.sink.bytes.count + 1
  call(&encoder)
  return String(decoding: encoder.sink.bytes[before...], as: UTF8.self)
}

@Test func bytesAreWrittenInHexadecimal() {
  let bytes: [UInt8] = [0, 0x7F, 0x80, 0xFF]
  #expect(written { $0.field("data", hexBytes: bytes.span) } == "data=007f80ff")
  #expect(written { $0.field("data", hexBytes: bytes.span.extracting(0..<0)) } == "data=\"\"")
}

/// The longest `out` line: all numbers at their largest, and as many bytes as there is room for.
@Test func fourHundredBytesFitALine() {
  var encoder = LineEncoder(sink: Buffer(), sequence: .max)
  encoder.begin(.out)
  for key in ["run", "i", "output", "bytes", "offset", "same"] as [StaticString] {
    encoder.field(key, UInt64.max)
  }
  encoder.field("crc32", hex: .max)
  encoder.field("data", hexBytes: [UInt8](repeating: 0xAB, count: 400).span)
  encoder.end()
  #expect(problem(lines(encoder.sink.bytes)[0]) == nil)
}

@Test func textOfCHasAnEnd() {
  func cString(_ bytes: [UInt8]) -> String {
    let characters = bytes.map { CChar(bitPattern: $0) }
    return characters.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return "" }
      return written { $0.field("origin", cString: base) }
    }
  }
  #expect(cString([0]) == "origin=\"\"")
  #expect(cString(Array("pico2".utf8) + [0, 0x41]) == "origin=pico2")
  #expect(cString(Array("a b".utf8) + [0]) == "origin=\"a b\"")
  #expect(cString([0xC3, 0xA9, 0]) == "origin=\"\\xc3\\xa9\"")
  // Without an end among the first 256 bytes, those are all that is read.
  let long = [UInt8](repeating: 0x78, count: 256)
  #expect(cString(long) == "origin=" + String(repeating: "x", count: 256))
  #expect(cString(long + [0x78, 0]) == cString(long))
}

@Test func registersSurviveToTheirExtremes() throws {
  for value: UInt32 in [0, 1, 0x8000_0000, 0xDEAD_BEEF, .max] {
    var encoder = LineEncoder(sink: Buffer())
    encoder.begin(.machine)
    encoder.field("id", 0)
    encoder.field("qmi_rcmd", hex: value)
    encoder.end()
    let line = lines(encoder.sink.bytes)[0]
    let decoded = try LineDecoder.decode(line.span)
    var i = decoded.fields.lowerBound
    var found: UInt64?
    while let field = try LineDecoder.nextField(line.span, &i, end: decoded.fields.upperBound) {
      if LineDecoder.isKey(line.span, field, "qmi_rcmd") {
        found = LineDecoder.hex(line.span, field)
        #expect(field.value.count == 8 && !field.isQuoted)
      }
    }
    #expect(found == UInt64(value))
  }
}

/// Random lines of every record, with random keys and values, come back as they were.
@Test(arguments: 0..<40)
func randomLinesSurvive(seed: UInt64) throws {
  var random = SplitMix(seed)
  var expected: [Content] = []
  let first = UInt32.random(in: 0..<1_000_000, using: &random)
  var encoder = LineEncoder(sink: Buffer(), sequence: first)
  for record in Record.allCases {
    let sequence = encoder.sequence
    var fields: [Content.Entry] = []
    encoder.begin(record)
    let rules = Schema.keys(of: record).filter { $0.required || Bool.random(using: &random) }
    for rule in rules.shuffled(using: &random) {
      var text: [UInt8]
      switch rule.form {
      case .whole:
        let value = UInt64.random(in: 0 ... .max, using: &random) >> (random.next() & 63)
        encoder.field(rule.key, value)
        text = Array(String(value).utf8)
      case .hex:
        let value = UInt32.random(in: 0 ... .max, using: &random) >> UInt32(random.next() & 31)
        encoder.field(rule.key, hex: value)
        let digits = String(value, radix: 16)
        text = Array((String(repeating: "0", count: 8 - digits.count) + digits).utf8)
      case .text:
        let alphabet: ClosedRange<UInt8> = Bool.random(using: &random) ? 0...255 : 0x20...0x7E
        text = (0..<Int.random(in: 0...15, using: &random)).map { _ in
          UInt8.random(in: alphabet, using: &random)
        }
        encoder.field(rule.key, text: text.span)
      }
      fields.append(.init(key: "\(rule.key)", text: text))
    }
    encoder.end()
    expected.append(Content(record: record, sequence: sequence, fields: fields))
  }
  #expect(encoder.sequence == first + UInt32(Record.allCases.count))
  let written = lines(encoder.sink.bytes)
  #expect(written.count == expected.count)
  for (line, content) in zip(written, expected) {
    #expect(line.allSatisfy { $0 >= 0x20 && $0 < 0x7F }, "a line is printable ASCII")
    #expect(try BenchLogTests.content(line) == content)
  }
}
