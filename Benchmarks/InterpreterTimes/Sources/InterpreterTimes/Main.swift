import Foundation
import Interpreter
import Models
import Support

/// Times models given as .tflite files: preparing them, and one inference on seeded inputs.
@main
enum Main {
  private static let repetitions = 31
  private static let warmUp = 3

  static func main() {
    print(
      column("model", 34), column("dtype", 6), "      MACs", " prepare ms", "   run ms", " MAC/ns")
    var status: Int32 = 0
    for path in CommandLine.arguments.dropFirst() {
      do {
        try time(path)
      } catch let error as Diagnostic {
        FileHandle.standardError.write(Data("\(error.headline)\n\(error.remedy)\n".utf8))
        status = 1
      } catch {
        FileHandle.standardError.write(Data("\(path): \(error)\n".utf8))
        status = 1
      }
    }
    exit(status)
  }

  private static func time(_ path: String) throws {
    let graph = try TFLiteReader.read(path: path)
    let prepare = try median { _ = try Plan(graph) }
    let interpreter = try Interpreter(graph)
    var seed: UInt32 = 1
    let inputs = graph.inputs.map { index in
      (0..<(graph.tensors[index].elementCount ?? 0)).map { _ in
        // Numerical Recipes, section 7.1: the quick and dirty generator.
        seed = seed &* 1_664_525 &+ 1_013_904_223
        return Float(seed >> 8) * 0x1p-24
      }
    }
    let run = try median { _ = try interpreter.run(floats: inputs) }
    let name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
    print(
      column(name, 34), column("\(graph.types)", 6), right("\(graph.macs)", 10),
      right(String(format: "%.3f", prepare), 11), right(String(format: "%.3f", run), 9),
      right(String(format: "%.2f", Double(graph.macs) / run / 1e6), 7))
  }

  /// The median wall time in ms, by the monotonic clock, after a warm-up.
  private static func median(_ work: () throws -> Void) rethrows -> Double {
    for _ in 0..<warmUp { try work() }
    let clock = ContinuousClock()
    let times = try (0..<repetitions).map { _ in
      try clock.measure(work) / .milliseconds(1)
    }
    return times.sorted()[repetitions / 2]
  }

  private static func column(_ text: String, _ width: Int) -> String {
    text.padding(toLength: max(width, text.count), withPad: " ", startingAt: 0)
  }

  private static func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}
