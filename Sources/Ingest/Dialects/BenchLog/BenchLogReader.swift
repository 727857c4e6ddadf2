import BenchLog
import Core
import Support

/// Reads the project's own log (`docs/log-format.md`); every line is checked on its own.
struct BenchLogReader: DialectReader {
  static let dialect = Dialect(rawValue: "pico2-benchmark log")
  static let readsAhead = true

  private let file: String
  private var sequence = BenchLogSequence()
  private var content: BenchLogContent
  private var saidNewer = false

  init(file: String) {
    self.file = file
    content = BenchLogContent(file: file)
  }

  static func evidence(_ line: Span<UInt8>) -> Evidence? {
    do throws(LineProblem) {
      _ = try LineDecoder.decode(line)
      return Evidence(16, "a line of the project's own format, its checksum right")
    } catch .newerVersion {
      return Evidence(16, "a line of a newer version of the project's own format")
    } catch .damaged {
      return Evidence(4, "a line of the project's own format, damaged", isAnchored: false)
    } catch {
      return nil
    }
  }

  mutating func read(_ line: Span<UInt8>, at place: TextPlace, into sink: inout Sink) -> LineFate {
    let decoded: DecodedLine
    do throws(LineProblem) {
      decoded = try LineDecoder.decode(line, crc32: CRC32.byEightBytes)
    } catch {
      return refuse(line, error, at: place, into: &sink)
    }
    switch sequence.take(decoded) {
    case .next:
      break
    case .restart(let lost):
      content.restart(at: place, into: &sink)
      if let lost { report(lost, at: place, into: &sink) }
    case .repeated:
      sink.report(
        .warning, at: place, rule: "repeated-line",
        "line number \(decoded.sequence) of the log came before; it is counted once",
        remedy: "Nothing is lost; look for an echo on the serial line.")
      return .diagnosed
    case .gap(let lost):
      report(lost, at: place, into: &sink)
    }
    return content.take(line, decoded, at: place, into: &sink) ? .read : .diagnosed
  }

  mutating func readAhead(
    _ bytes: Span<UInt8>, from start: Int, surveyed: Surveyed, at place: TextPlace,
    into sink: inout Sink
  ) -> LinesAhead? {
    var end = start
    var lines = 0
    while let line = TimedLine(bytes, at: end), sequence.isNext(line.sequence),
      content.take(line.measured, at: place.line + lines)
    {
      sequence.note(line.sequence, line.checksum)
      end += line.length
      lines += 1
    }
    guard lines > 0 else { return nil }
    var (read, taken) = (LineAccount(), LinesAhead())
    read.enter(.read)
    taken.add(bytes: end - start, times: lines, of: read)
    return taken
  }

  private func report(_ lost: ClosedRange<UInt32>, at place: TextPlace, into sink: inout Sink) {
    sink.report(
      .error, at: place, rule: "missing-lines",
      lost.count == 1
        ? "line number \(lost.lowerBound) of the log is missing"
        : "lines number \(lost.lowerBound) to \(lost.upperBound) of the log are missing",
      remedy: "What they held is left out; record again if it is needed.")
  }

  /// Says what a line is that cannot be used.
  private mutating func refuse(
    _ line: Span<UInt8>, _ problem: LineProblem, at place: TextPlace, into sink: inout Sink
  ) -> LineFate {
    switch problem {
    case .foreign:
      return .skipped(line[0] == UInt8(ascii: "#") ? .comment : .bootChatter)
    case .newerVersion(let version):
      if !saidNewer {
        saidNewer = true
        sink.report(
          .error, at: place, rule: "newer-format",
          "the log is written in version \(version) of the format; this analyze reads versions "
            + "up to \(Schema.version)",
          remedy: "Upgrade analyze, or record the log with older firmware.")
      }
    case .damaged(let column, let damage):
      sequence.damagedLine()
      sink.report(
        .error, at: place.advanced(by: column), rule: "damaged-line", damage.words,
        remedy: "The line is left out; the rest counts. Record again if it is needed.")
    }
    return .diagnosed
  }

  mutating func finish(into sink: inout Sink) {
    // The end of a newer log is among the lines that could not be read.
    content.close(expectingEnd: !saidNewer, into: &sink)
  }
}

extension Damage {
  /// The fact, as a sentence without its end.
  var words: String {
    switch self {
    case .noChecksum: "the line does not end in ' ~' and eight hexadecimal digits: it was cut off"
    case .wrongChecksum: "the checksum does not fit the line: it was damaged on its way"
    case .tooLong: "the line is longer than \(Schema.maximumLineLength) bytes"
    case .badSequence: "the line has no number behind its version"
    case .unknownRecord: "the line's kind is none that the format has"
    case .badField: "the line does not keep to 'key=value'"
    case .unknownKey: "the line has a key that the format does not have"
    case .repeatedKey: "a key stands twice in the line"
    case .badValue: "a value is not of the form its key asks for"
    case .missingKey: "the line lacks a key that it must have"
    }
  }
}
