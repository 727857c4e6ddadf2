import CCairo
import Foundation
import Testing

@testable import Plots

#if canImport(FoundationXML)
import FoundationXML
#endif

/// Whether a parser that knows nothing of SVG takes it.
func isWellFormedXML(_ text: String) -> Bool { XMLParser(data: Data(text.utf8)).parse() }

/// Whether the machine has the very font and Cairo that golden figures were drawn with: a line of
/// DejaVu Sans 2.37 is this wide, and Cairo 1.17 began to write another SVG. No error otherwise.
let hasGoldenFont: Bool = {
  guard let font = try? CairoFont() else { return false }
  let text = CleanText("The quick brown fox: 0123456789 ≥ ×")
  let width = font.width(of: text, TextStyle(size: 100))
  return abs(width - 1_948.24) < 0.05 && cairo_version() < 11_700
}()
