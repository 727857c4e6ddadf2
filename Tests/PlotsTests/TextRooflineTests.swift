import TestSupport
import Testing

@testable import Plots

@Suite struct TextRooflineTests {
  @Test func `looks as it did`() throws {
    let wide = TextRoofline(Samples.board(), columns: 96).lines.joined(separator: "\n")
    try Golden.expect(wide + "\n", "roofline.txt")
    let ascii = TextRoofline(Samples.comparison(), columns: 60, ascii: true).lines
    try Golden.expect(ascii.joined(separator: "\n") + "\n", "roofline-ascii.txt")
  }

  @Test(arguments: [40, 57, 80, 120, 200], [true, false])
  func `no line is wider than the terminal`(columns: Int, ascii: Bool) {
    let lines = TextRoofline(Samples.board(), columns: columns, ascii: ascii).lines
    #expect(lines.allSatisfy { $0.count <= columns && !$0.hasSuffix(" ") })
    #expect(!ascii || lines.allSatisfy { $0.utf8.allSatisfy { $0 < 0x80 } })
  }

  @Test func `every point has a letter in the plot and in the key`() {
    let lines = TextRoofline(Samples.board(), columns: 100).lines
    let plot = lines.filter { $0.contains("│") }.joined()
    let key = lines.filter { $0.contains("operator ") }
    #expect(key.count == 10)
    for line in key {
      let letter = line.drop { $0 == " " }.prefix(1)
      #expect(plot.contains(letter))
    }
    #expect(key.contains { $0.contains("ABOVE ITS ROOF") })
    #expect(key.contains { $0.contains("≥ ") })
  }
}
