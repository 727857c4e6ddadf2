import BenchLog
import Support

/// The `out` lines of a run, put together.
struct BenchLogOutputs {
  /// A log may be of any length, what is kept of it may not.
  static let limit = 65_536

  private struct Key: Hashable {
    var sample: UInt64
    var output: UInt64
    var crc32: UInt32
  }

  private struct Offset: Hashable {
    var key: Key
    var offset: UInt64
  }

  private(set) var outputs: [RunOutput] = []
  private var positions: [Key: Int] = [:]
  private var places: [TextPlace] = []
  /// Where in the pieces of its output the one at an offset stands.
  private var offsets: [Offset: Int] = [:]
  private var lines = 0

  /// What is wrong with the line; nil when it was taken.
  mutating func take(_ values: BenchLogValues, at place: TextPlace) -> Diagnostic? {
    lines += 1
    guard lines <= Self.limit else {
      return Diagnostic(
        "too-many-outputs", "the run has more than \(Self.limit) lines of outputs",
        remedy: "The line is left out; record fewer samples in one run.")
    }
    guard let crc32 = values.hex("crc32").flatMap({ UInt32(exactly: $0) }) else {
      return mistake("has a checksum of more than 32 bits")
    }
    guard let bytes = Self.bytes(values.text("data") ?? "") else {
      return mistake("has data that are not pairs of hexadecimal digits")
    }
    let size = values.whole("bytes")
    let offset = values.whole("offset") ?? 0
    let (end, overflow) = offset.addingReportingOverflow(UInt64(bytes.count))
    guard !overflow, size.map({ end <= $0 }) ?? true else {
      return mistake("has data behind the output's end")
    }
    let key = Key(
      sample: values.whole("i") ?? 0, output: values.whole("output") ?? 0, crc32: crc32)
    let at = positions[key] ?? outputs.count
    if at == outputs.count {
      outputs.append(
        RunOutput(sample: key.sample, output: key.output, crc32: crc32, pieces: []))
      places.append(place)
      positions[key] = at
    } else if let held = outputs[at].byteCount, let size, held != size {
      return mistake("says \(size) bytes where a line before said \(held)")
    }
    if let seen = offsets[Offset(key: key, offset: offset)],
      !bytes.isEmpty, outputs[at].pieces[seen].bytes != bytes
    {
      return mistake("gives other bytes than a line before, with the same checksum")
    }
    // Each line at the start of an output is of other inferences; the pieces behind repeat it.
    if let same = values.whole("same"), offset == 0 || outputs[at].inferences == nil {
      let (sum, overflow) = (outputs[at].inferences ?? 0).addingReportingOverflow(same)
      guard !overflow else { return mistake("counts more inferences than can be") }
      outputs[at].inferences = sum
    }
    outputs[at].byteCount = outputs[at].byteCount ?? size
    if !bytes.isEmpty, offsets[Offset(key: key, offset: offset)] == nil {
      offsets[Offset(key: key, offset: offset)] = outputs[at].pieces.count
      outputs[at].pieces.append(.init(offset: offset, bytes: bytes))
    }
    return nil
  }

  /// The outputs in the order of their samples; those whose bytes are not those of their checksum
  /// are reported, and kept without their bytes.
  func finished(into sink: inout Sink) -> [RunOutput] {
    var outputs = outputs
    for i in outputs.indices {
      outputs[i].pieces.sort { $0.offset < $1.offset }
      guard !outputs[i].fitsItsChecksum else { continue }
      sink.report(
        .error, at: places[i], rule: "output-contradicts-checksum",
        "the bytes of output \(outputs[i].output) of sample \(outputs[i].sample) are not those of "
          + "their checksum",
        remedy: "The checksum counts; this is a mistake of the program that wrote the log.")
      outputs[i].pieces = []
    }
    // By sample and output; what gave different bytes stays in the order of the log.
    return outputs.enumerated().sorted { a, b in
      (a.element.sample, a.element.output, a.offset)
        < (b.element.sample, b.element.output, b.offset)
    }.map(\.element)
  }

  private func mistake(_ words: String) -> Diagnostic {
    Diagnostic(
      "bad-output", "the line \(words)",
      remedy: "The line is left out; this is a mistake of the program that wrote it.")
  }

  /// The bytes that pairs of hexadecimal digits write; nil when they do not.
  private static func bytes(_ text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    var high: UInt8?
    for character in text.utf8 {
      guard let digit = Character(Unicode.Scalar(character)).hexDigitValue.map(UInt8.init) else {
        return nil
      }
      if let first = high {
        bytes.append(first << 4 | digit)
        high = nil
      } else {
        high = digit
      }
    }
    return high == nil ? bytes : nil
  }
}
