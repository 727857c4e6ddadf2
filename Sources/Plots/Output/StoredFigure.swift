import Support

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A chart inside an SVG's `<metadata>`: JSON with sorted keys, escaped for XML.
struct StoredFigure {
  let chart: any Chart
  let theme: Theme.Name

  static let format = "pico2-benchmark.figure/1"
  /// Longest SVG that is looked at, in bytes.
  static let limit = 1 << 26

  private struct Header: Codable {
    var format: String
    var kind: String
    var theme: Theme.Name
  }

  private struct Envelope<C: Chart>: Codable {
    var format: String
    var kind: String
    var theme: Theme.Name
    var chart: C
  }

  /// JSON knows no infinity; a chart may hold one.
  private static let infinity = ("inf", "-inf", "nan")

  static func encode<C: Chart>(_ chart: C, theme: Theme.Name) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: infinity.0, negativeInfinity: infinity.1, nan: infinity.2)
    let envelope = Envelope(format: format, kind: C.kind, theme: theme, chart: chart)
    return JSONText.escaped(String(decoding: try encoder.encode(envelope), as: UTF8.self))
  }

  static func decode(_ svg: String) throws -> StoredFigure {
    guard svg.utf8.count <= limit else {
      throw Diagnostic.notAFigure("it is longer than \(limit) bytes")
    }
    guard let text = SVGWriter.metadata(of: svg) else {
      throw Diagnostic.notAFigure(
        "it has no <metadata> element; use an SVG written by this program")
    }
    let data = Data(text.utf8)
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: infinity.0, negativeInfinity: infinity.1, nan: infinity.2)
    guard let header = try? decoder.decode(Header.self, from: data) else {
      throw Diagnostic.notAFigure("its metadata is not a stored figure")
    }
    guard header.format == format else {
      throw Diagnostic.notAFigure(
        "its format is '\(CleanText(header.format).string.prefix(60))', this program reads '\(format)'"
      )
    }
    guard let kind = Figures.kinds.first(where: { $0.kind == header.kind }) else {
      let known = Figures.kinds.map { $0.kind }.joined(separator: ", ")
      throw Diagnostic.notAFigure(
        "unknown chart '\(CleanText(header.kind).string.prefix(60))'; known are \(known)")
    }
    return StoredFigure(chart: try decode(kind, data, decoder), theme: header.theme)
  }

  private static func decode<C: Chart>(
    _ type: C.Type, _ data: Data, _ decoder: JSONDecoder
  ) throws -> any Chart {
    do {
      let chart = try decoder.decode(Envelope<C>.self, from: data).chart
      try chart.validate()
      return chart
    } catch let error as DecodingError {
      throw Diagnostic.notAFigure("its \(C.kind) chart \(words(error))")
    }
  }

  private static func words(_ error: DecodingError) -> String {
    func path(_ context: DecodingError.Context) -> String {
      context.codingPath.dropFirst().map(\.stringValue).joined(separator: ".")
    }
    return switch error {
    case .keyNotFound(let key, let context): "lacks '\(key.stringValue)' in '\(path(context))'"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      "has a value of the wrong type at '\(path(context))'"
    case .dataCorrupted(let context): "has an impossible value at '\(path(context))'"
    @unknown default: "cannot be read"
    }
  }
}
