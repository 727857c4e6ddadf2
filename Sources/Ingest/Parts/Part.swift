import Support

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// What was read of some logs, as a file: lines of JSON behind a header with a checksum. Several in a row are
/// a part, too. `docs/parts.md` describes it.
package enum Part {
  /// The part that holds these readings, written by `program`.
  package static func text(of readings: [LogReading], program: String) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    var body = ""
    for reading in readings {
      try PartRecord.forEach(of: reading) {
        body += JSONText.escaped(String(decoding: try encoder.encode($0), as: UTF8.self)) + "\n"
      }
    }
    // In place, for the body of a million runs is a gigabyte.
    body.insert(contentsOf: PartHeader(program: program, body: body).text, at: body.startIndex)
    return body
  }

  /// Whether a plain file begins like a part.
  package static func isPart(_ path: String) -> Bool {
    guard OutputFiles.kind(of: path) == .file, let source = try? LogSource.only(path: path).bytes
    else {
      return false
    }
    var head = [UInt8](repeating: 0, count: PartHeader.longest)
    let count = (try? source.read(into: &head, at: 0)) ?? 0
    return PartHeader.begins(head.prefix(count))
  }

  /// The readings of a file, and which other programs than `program` wrote it.
  package static func read(
    path: String, program: String
  ) throws(Diagnostic) -> (readings: [LogReading], warnings: [Diagnostic]) {
    let source: any ReadableBytes
    do throws(Diagnostic) {
      source = try LogSource.only(path: path).bytes
    } catch {
      throw error.of(path)
    }
    return try read(source, path: path, program: program)
  }

  /// The same of bytes that come from elsewhere.
  static func read(
    _ source: some ReadableBytes, path: String, program: String
  ) throws(Diagnostic) -> (readings: [LogReading], warnings: [Diagnostic]) {
    do throws(Diagnostic) {
      var input = Input(source: source)
      var readings: [LogReading] = []
      var programs: [String] = []
      repeat {
        let header = try PartHeader.read(try input.next(upTo: PartHeader.longest))
        input.position += header.text.utf8.count
        let body = try input.next(upTo: header.length)
        guard body.count == header.length else {
          throw PartRule.cutOff.broken(
            "ends too early, after \(Format.grouped(UInt64(body.count))) of "
              + "\(Format.grouped(UInt64(header.length))) bytes; nothing of it is used",
            remedy: PartHeader.copyAgain)
        }
        guard header.fits(body), let new = decoded(body) else { throw PartHeader.damaged }
        readings += new
        programs.append(header.program)
        input.position += header.length
      } while try !input.next(upTo: 1).isEmpty
      let warnings = programs.uniqued().filter { $0 != program }.map {
        PartRule.otherProgram.broken(
          "was written by \($0); \(program) may read its logs otherwise",
          remedy: "Reduce its logs again to be sure."
        ).of(path).rated(.warning)
      }
      return (readings, warnings)
    } catch {
      throw error.of(path)
    }
  }

  /// The readings of a body; nil where there are none that could be stored so.
  private static func decoded(_ body: ArraySlice<UInt8>) -> [LogReading]? {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    var readings: [LogReading] = []
    for line in body.split(separator: UInt8(ascii: "\n")) {
      guard let record = try? decoder.decode(PartRecord.self, from: Data(line)),
        record.append(to: &readings)
      else { return nil }
    }
    // Another name needs the file that it is a name of.
    var contents: Set<UInt64> = []
    for reading in readings {
      if reading.file != nil { contents.insert(reading.contentHash) }
      guard contents.contains(reading.contentHash) else { return nil }
    }
    return readings
  }

  /// Bytes of which no more are read than were asked for.
  private struct Input<Source: ReadableBytes> {
    let source: Source
    var bytes: [UInt8] = []
    var position = 0

    /// The next bytes, fewer at the end.
    mutating func next(upTo count: Int) throws(Diagnostic) -> ArraySlice<UInt8> {
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      while bytes.count - position < count {
        let read = try source.read(into: &buffer, at: bytes.count)
        guard read > 0 else { break }
        bytes += buffer.prefix(read)
      }
      return bytes[position...].prefix(count)
    }
  }
}
