import BenchLog
import TestSupport
import Testing

/// What is read of a line at once is what the decoder finds in it.
@Suite struct TimedLineTests {
  private func measured(_ line: [UInt8]) throws -> MeasuredTime {
    let content = try content(line)
    func number(_ key: String) -> UInt64? {
      content.fields.first { $0.key == key }.flatMap {
        UInt64(String(decoding: $0.text, as: UTF8.self))
      }
    }
    return MeasuredTime(
      run: try #require(number("run")), inference: try #require(number("i")), op: number("op"),
      time: try #require(number("time")), accesses: number("access"), misses: number("miss"))
  }

  private func scan(_ bytes: [UInt8], at start: Int = 0) -> TimedLine? {
    TimedLine(bytes.span, at: start)
  }

  /// Checks a line that the decoder takes, or not, with the bytes of the next one behind it.
  private func check(_ line: [UInt8], end: [UInt8] = [0x0A]) throws {
    let before = Array("noise\n".utf8)
    let bytes = before + line + end + Array("pb2 0 log".utf8)
    guard let timed = scan(bytes, at: before.count) else { return }
    let decoded = try LineDecoder.decode(line.span)
    #expect(decoded.record == (timed.measured.op == nil ? .inf : .opt))
    #expect(decoded.sequence == timed.sequence && decoded.checksum == timed.checksum)
    #expect(try measured(line) == timed.measured)
    #expect(timed.length == line.count + end.count)
  }

  private func number(_ random: inout SplitMix) -> UInt64 {
    let length = random.below(20)
    return random.next() % (0..<length).reduce(UInt64(1)) { power, _ in power * 10 }
  }

  private func line(_ random: inout SplitMix) -> [UInt8] {
    var encoder = LineEncoder(sink: Buffer(), sequence: UInt32(truncatingIfNeeded: number(&random)))
    let isOperator = random.chance(0.8)
    encoder.begin(isOperator ? .opt : .inf)
    encoder.field("run", number(&random))
    encoder.field("i", number(&random))
    if isOperator { encoder.field("op", number(&random)) }
    encoder.field("time", number(&random))
    if isOperator, random.chance(0.7) { encoder.field("access", number(&random)) }
    if isOperator, random.chance(0.7) { encoder.field("miss", number(&random)) }
    encoder.end()
    return lines(encoder.sink.bytes)[0]
  }

  @Test func whatTheEncoderWritesIsRead() throws {
    var random = SplitMix(5)
    for _ in 0..<5_000 {
      let line = line(&random)
      for end: [UInt8] in [[0x0A], [0x0D, 0x0A]] {
        let bytes = line + end
        let timed = try #require(scan(bytes))
        #expect(timed.length == bytes.count)
        try check(line, end: end)
      }
    }
  }

  @Test func aLineWithoutItsEndIsLeft() {
    var random = SplitMix(6)
    for _ in 0..<50 {
      let bytes = line(&random) + [0x0D, 0x0A]
      for count in 0..<bytes.count {
        #expect(scan(Array(bytes[..<count])) == nil)
      }
      // A CR alone ends no line that is read at once.
      #expect(scan(bytes.dropLast() + Array("pb2 1 inf".utf8)) == nil)
    }
  }

  @Test func damageIsLeftToTheDecoder() throws {
    var random = SplitMix(7)
    for _ in 0..<20_000 {
      var line = line(&random)
      let at = random.below(line.count)
      let byte = UInt8(random.below(256))
      guard line[at] != byte else { continue }
      line[at] = byte
      #expect(scan(line + [0x0A]) == nil)
    }
  }

  /// Lines whose checksum fits, whatever they say.
  @Test func otherLinesAreTheDecoders() throws {
    var random = SplitMix(8)
    let heads = ["pb2 ", "pb1 ", "pb2 00", "pb2  ", "pb3 ", "pb02 "]
    let words = [
      "inf", "opt", "out", " run=1", " run=07", " i=3", " op=4", " op=", " time=9", " time=-9",
      " time=\"9\"", " access=18446744073709551615", " access=18446744073709551616", " miss=1",
      "  ",
      " time=99999999999999999999", " access=12345678", " miss=123456789012",
    ]
    var read = 0
    for _ in 0..<40_000 {
      var head = heads[random.chance(0.8) ? 0 : random.below(heads.count)] + "\(random.below(300)) "
      if random.chance(0.7) {
        let isOperator = random.chance(0.5)
        head +=
          (isOperator ? "opt" : "inf") + " run=1 i=3" + (isOperator ? " op=4" : "") + " time=9"
      }
      for _ in 0..<random.below(4) { head += words[random.below(words.count)] }
      let line = Array(sealed(head).utf8)
      if scan(line + [0x0A]) != nil { read += 1 }
      try check(line)
      try check(Array((head + sealed(head).suffix(10).uppercased()).utf8))
    }
    #expect(read > 1_000)
  }
}
