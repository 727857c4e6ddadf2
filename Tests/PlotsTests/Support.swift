import CCairo
import Foundation
import Testing

@testable import Plots

#if canImport(FoundationXML)
import FoundationXML
#endif

/// Whether a parser that knows nothing of SVG takes it.
func isWellFormedXML(_ text: String) -> Bool { XMLParser(data: Data(text.utf8)).parse() }

/// SplitMix64 (Steele, Lea, Flood 2014): the same seed gives the same test on every machine.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  mutating func double(_ range: ClosedRange<Double>) -> Double {
    Double.random(in: range, using: &self)
  }

  mutating func int(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

  mutating func chance(_ share: Double) -> Bool { double(0...1) < share }

  mutating func pick<T>(_ values: [T]) -> T { values[int(0...(values.count - 1))] }
}

/// Compares with a file in `Goldens`. UPDATE_GOLDENS=1 renews it; a mismatch leaves `NAME.got` beside
/// it to compare with.
func expectGolden(
  _ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Goldens")
  let golden = folder.appendingPathComponent(name)
  let got = folder.appendingPathComponent(name + ".got")
  if ProcessInfo.processInfo.environment["UPDATE_GOLDENS"] == "1" {
    try Data(text.utf8).write(to: golden)
  }
  if (try? Data(contentsOf: golden)) == Data(text.utf8) {
    try? FileManager.default.removeItem(at: got)
    return
  }
  try Data(text.utf8).write(to: got)
  Issue.record(
    "\(name) differs; compare it with \(name).got, renew it with UPDATE_GOLDENS=1",
    sourceLocation: sourceLocation)
}

/// Whether the machine has the very font and Cairo that golden figures were drawn with: a line of
/// DejaVu Sans 2.37 is this wide, and Cairo 1.17 began to write another SVG. No error otherwise.
let hasGoldenFont: Bool = {
  guard let font = try? CairoFont() else { return false }
  let text = CleanText("The quick brown fox: 0123456789 ≥ ×")
  let width = font.width(of: text, TextStyle(size: 100))
  return abs(width - 1_948.24) < 0.05 && cairo_version() < 11_700
}()
