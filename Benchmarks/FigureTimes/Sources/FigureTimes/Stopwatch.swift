import Foundation

/// Wall times in ms by the monotonic clock.
enum Stopwatch {
  static let repetitions = 31
  private static let warmUp = 5

  static func milliseconds(_ work: () -> Void) -> Double {
    ContinuousClock().measure(work) / .milliseconds(1)
  }

  /// The median of the repetitions after a warm-up.
  static func median(_ work: () -> Void) -> Double {
    for _ in 0..<warmUp { work() }
    return middle((0..<repetitions).map { _ in milliseconds(work) })
  }

  /// The middle of an odd number of times.
  static func middle(_ times: [Double]) -> Double { times.sorted()[times.count / 2] }
}

/// Drawing in processes that drew nothing before.
enum FreshProcess {
  /// The median over processes of drawing the figures once, without reading their files.
  static func median(_ figures: [StoredFigure]) throws -> Double {
    Stopwatch.middle(try (0..<Stopwatch.repetitions).map { _ in try first(figures) })
  }

  private static func first(_ figures: [StoredFigure]) throws -> Double {
    let process = Process()
    process.executableURL = Bundle.main.executableURL
    process.arguments = ["--first"] + figures.map(\.path)
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    let text = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    guard process.terminationStatus == 0, let time = Double(text) else {
      throw Failure("a fresh process failed")
    }
    return time
  }
}
