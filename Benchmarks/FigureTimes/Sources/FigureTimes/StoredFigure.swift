import Foundation
import Plots

/// What is drawn of a figure at once.
enum Form: CaseIterable {
  /// Light and wide.
  case svg
  /// Light and dark, wide and compact, as an HTML page holds them.
  case page
  /// Light, two pixels per point.
  case png
}

/// A chart read from the SVG that holds it.
struct StoredFigure {
  let path: String
  let chart: any Chart
  private let svg: String

  init(path: String) throws {
    self.path = path
    svg = try String(contentsOfFile: path, encoding: .utf8)
    chart = try Figures.chart(fromSVG: svg)
  }

  var name: String { chart.heading.name }

  /// Makes sure that what is timed gives what the report shows.
  func check() throws {
    guard try Self.svg(chart, .light) == svg else {
      throw Failure("\(path) is drawn otherwise than it is stored; make it again with analyze -o")
    }
  }

  func draw(_ form: Form) {
    do {
      let bytes = try Self.bytes(chart, form)
      precondition(bytes > 1_000, "\(name) is blank")
    } catch {
      preconditionFailure("\(name): \(error)")
    }
  }

  private static func bytes<C: Chart>(_ chart: C, _ form: Form) throws -> Int {
    switch form {
    case .svg: return try svg(chart, .light).utf8.count
    case .png: return try Figures.png(chart).count
    case .page:
      let compact = chart.laidOut(.compact)
      return try [Theme.light, .dark].reduce(0) { sum, theme in
        try sum + svg(chart, theme).utf8.count + svg(compact, theme).utf8.count
      }
    }
  }

  private static func svg(_ chart: some Chart, _ theme: Theme) throws -> String {
    try Figures.svg(chart, theme: theme)
  }
}
