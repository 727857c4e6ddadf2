import TestSupport
import Testing

@testable import Plots

@Suite struct SVGRewriterTests {
  private func rewrite(_ text: String) -> String {
    var rewriter = SVGRewriter(prefix: "p-")
    var out: [UInt8] = []
    rewriter.rewrite(Array(text.utf8)[...], into: &out)
    return String(decoding: out, as: UTF8.self)
  }

  @Test(arguments: [
    (" d=\"M 1.234567 -0.001 L 10 20.999 Z \"", " d=\"M1.23-0L10 21Z\""),
    (" d=\"M 3.36 -0.002 0.5 L -1.005 2\"", " d=\"M3.36-0 0.5L-1.01 2\""),
    (" x=\"0.125000\" y=\"-7\"", " x=\"0.13\" y=\"-7\""),
    ("matrix(0.123456,0,0,1,0,0)", "matrix(0.123456,0,0,1,0,0)"),
    ("stroke:rgb(100%,0%,50.196078%);", "stroke:#ff0080;"),
    (
      "<g id=\"surface17\"><use xlink:href=\"#glyph0-1\"/>",
      "<g id=\"p-0\"><use xlink:href=\"#p-1\"/>"
    ),
    ("clip-path=\"url(#clip1)\" id=\"clip1\"", "clip-path=\"url(#p-0)\" id=\"p-0\""),
    ("a:b;stroke-opacity:1;stroke-opacity:0.5;", "a:b;stroke-opacity:0.5;"),
    ("", ""), ("9", "9"), ("1.", "1."), (" d=\"", " d=\""), ("rgb(", "rgb("), ("id", "id"),
  ])
  func `rewrites`(before: String, after: String) {
    #expect(rewrite(before) == after)
  }

  /// Whatever comes, it ends, and what is no number, id or path stays.
  @Test(arguments: 0..<200 as Range<UInt64>)
  func `any bytes are taken`(seed: UInt64) {
    var random = SplitMix(seed)
    let pieces = [
      "id=\"", " id=\"", "#", "\"#", "(#", "rgb(", "%", ",", ")", " d=\"", "\"", ".", "-", "1",
      "99999999999999",
      " ", "matrix(", ";stroke-linecap:butt;", "e", "\u{e9}",
    ]
    let text = (0..<random.int(0...60)).map { _ in random.pick(pieces) }.joined()
    let first = rewrite(text)
    #expect(first == rewrite(text))
  }
}
