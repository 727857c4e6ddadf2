import Foundation
import TestSupport
import Testing

@testable import Plots

/// What CONTRIBUTING says of a new figure: a type among the charts, and one entry.
struct FigureListTests {
  @Test func everyChartIsInTheList() throws {
    let folder = Checkout.root.appendingPathComponent("Sources/Plots/Charts")
    let files = try #require(
      FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
    var charts: [String] = []
    for case let file as URL in files where file.pathExtension == "swift" {
      let text = try String(contentsOf: file, encoding: .utf8)
      charts += text.matches(of: /struct (\w+):[^{]*\bChart\b/).map { String($0.1) }
    }
    #expect(charts.sorted() == Figures.kinds.map { "\($0)" }.sorted())
  }

  @Test func everyKindHasANameOfItsOwn() {
    #expect(Set(Figures.kinds.map { $0.kind }).count == Figures.kinds.count)
  }
}
