import Foundation
import Support
import TestSupport
import Testing

@testable import MachineModel

/// The table of `docs/machine-model.md` against the numbers it shows.
@Suite struct LadderDocumentTests {
  @Test func theTableIsComputed() throws {
    let text = try Checkout.text("docs/machine-model.md")
    for (name, variant) in MachineModelVariant.ladder {
      let model = try Published.model(variant)
      let errors = try #require(model.heldOutErrors)
      let rms = try #require(model.heldOutRootMeanSquare)
      let numbers =
        [
          Format.fixed(model.cyclesPerInstruction.value, places: 3),
          Format.fixed(model.cyclesPerLine.value, places: 1),
        ] + [errors.worst, errors.median, rms].map { Format.fixed($0 * 100, places: 2) + " %" }
      let isStandard = variant == .standard
      let line = try #require(
        text.split(separator: "\n").first {
          $0.hasPrefix("| \(isStandard ? "**" : "")\(name)")
        }, "no row begins with '\(name)'")
      let cells = line.split(separator: "|").dropFirst().map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      #expect(cells == numbers, "\(name)")
    }
  }
}
