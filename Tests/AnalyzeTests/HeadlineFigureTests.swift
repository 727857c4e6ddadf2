import Foundation
import TestSupport
import Testing

@testable import analyze

/// The figures that README and documents show are those that the program draws.
@Suite(.serialized) struct HeadlineFigureTests {
  private static let names = [
    "roofline-rp2350.svg", "roofline-rp2350-dark.svg", "crossover-cnn.svg",
    "crossover-cnn-dark.svg",
  ]

  @Test func figuresOfTheDocumentsAreCurrent() throws {
    let scratch = try ScratchFolder()
    defer { withExtendedLifetime(scratch) {} }
    let folder = scratch.url.appendingPathComponent("report")
    #expect(Harness.analyze(Harness.logs + ["-o", folder.path]).status == 0)
    for name in Self.names {
      let drawn = try Data(contentsOf: folder.appendingPathComponent("plots/\(name)"))
      let kept = Checkout.root.appendingPathComponent("docs/figures/\(name)")
      if Golden.isRenewed {
        try FileManager.default.createDirectory(
          at: kept.deletingLastPathComponent(), withIntermediateDirectories: true)
        try drawn.write(to: kept)
        continue
      }
      let old = try String(contentsOf: kept, encoding: .utf8)
      let new = String(decoding: drawn, as: UTF8.self)
      // The numbers must agree everywhere; the outlines of letters depend on font and Cairo.
      #expect(
        Self.data(of: old) == Self.data(of: new), "\(name): Scripts/renew-goldens draws it anew")
    }
  }

  private static func data(of svg: String) -> Substring? {
    guard let start = svg.range(of: "<metadata>"), let end = svg.range(of: "</metadata>") else {
      return nil
    }
    return svg[start.upperBound..<end.lowerBound]
  }
}
