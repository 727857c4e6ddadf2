import Foundation
import Plots

/// Times the drawing of figures from the data stored in their SVGs.
///
///     FigureTimes FIGURE.svg...          table of medians; exit status 1 above the limit
///     FigureTimes --first FIGURE.svg...  ms of drawing each once, in a process that drew nothing yet
@main
enum Main {
  /// What all figures of the default report may take together, each as one SVG.
  static let limit = 150.0

  static func main() {
    do {
      let arguments = Array(CommandLine.arguments.dropFirst())
      if arguments.first == "--first" {
        let figures = try arguments.dropFirst().map { try StoredFigure(path: $0) }
        print(Stopwatch.milliseconds { for figure in figures { figure.draw(.svg) } })
      } else {
        guard !arguments.isEmpty else { throw Failure("name the SVGs to draw") }
        try report(try arguments.map { try StoredFigure(path: $0) })
      }
    } catch {
      FileHandle.standardError.write(Data("figures: \(error)\n".utf8))
      exit(1)
    }
  }

  private static func report(_ figures: [StoredFigure]) throws {
    for figure in figures { try figure.check() }
    print(
      "Medians of \(Stopwatch.repetitions) drawings in ms; 'first' in as many fresh processes each."
    )
    print(row("figure", "first SVG", "SVG", "SVG x4", "PNG"))
    for figure in figures {
      let times = Form.allCases.map { form in Stopwatch.median { figure.draw(form) } }
      let first = try FreshProcess.median([figure])
      print(row(figure.name, words(first), words(times[0]), words(times[1]), words(times[2])))
    }
    let times = Form.allCases.map { form in
      Stopwatch.median { for figure in figures { figure.draw(form) } }
    }
    let first = try FreshProcess.median(figures)
    print(row("together", words(first), words(times[0]), words(times[1]), words(times[2])))
    print(
      """
      first SVG: light and wide, with loading fonts. SVG: the same later. SVG x4: light and dark, wide
      and compact, as a page needs. PNG: light, 2 pixels per point.
      """)
    let isMet = first < limit && times[0] < limit
    print(
      "All \(figures.count) figures together take \(words(times[0])) ms as SVG, "
        + "\(words(first)) ms in a fresh process; the limit is \(words(limit)) ms: "
        + (isMet ? "met." : "NOT met."))
    if !isMet { exit(1) }
  }

  private static func words(_ milliseconds: Double) -> String {
    String(format: "%.1f", milliseconds)
  }

  private static func row(_ name: String, _ cells: String...) -> String {
    name.padding(toLength: 24, withPad: " ", startingAt: 0)
      + cells.map { String(repeating: " ", count: max(1, 11 - $0.count)) + $0 }.joined()
  }
}

struct Failure: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
