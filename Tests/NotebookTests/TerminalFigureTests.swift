import Foundation
import Support
import Testing

@testable import Notebook

@Suite struct TerminalFigureTests {
  /// What kitty would put together from the pieces.
  @Test(arguments: [0, 1, 3071, 3072, 3073, 6144, 10_000]) func kittyPieces(count: Int) throws {
    let png = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let text = try #require(TerminalImage.sequence(png, .kitty, columns: 70))
    let pieces = text.split(separator: "\u{1B}\\", omittingEmptySubsequences: true)
    var data = ""
    for (index, piece) in pieces.enumerated() {
      let match = try #require(
        piece.wholeMatch(of: /\u{1B}_G([a-zT0-9=,]*);([A-Za-z0-9+\/=]*)/), "piece \(index)")
      let last = index == pieces.count - 1
      let keys = index == 0 ? "a=T,f=100,c=70,q=2,m=" : "q=2,m="
      #expect(match.output.1 == keys + (last ? "0" : "1"))
      #expect(match.output.2.utf8.count <= 4096)
      #expect(last || match.output.2.utf8.count % 4 == 0)
      data += match.output.2
    }
    #expect(Data(base64Encoded: data) == Data(png))
    #expect(pieces.count == max(1, (count + 3071) / 3072))
  }

  @Test func iTerm2Sequence() {
    #expect(
      TerminalImage.sequence([1, 2, 3], .iterm2, columns: 40)
        == "\u{1B}]1337;File=inline=1;size=3;width=40;height=auto;preserveAspectRatio=1:AQID\u{7}")
    let large = [UInt8](repeating: 0, count: 800_000)
    #expect(TerminalImage.sequence(large, .iterm2, columns: 40) == nil)
    let figure = Figure(
      name: "f",
      source: PreparedFigure(drawings: [.png(.light): large], texts: [TextDrawing(["text"])]),
      alternativeText: "")
    #expect(TerminalRenderer(images: .iterm2).render([.figure(figure)]) == "text\n")
  }

  @Test func imageStandsInPlaceOfTheCharacters() throws {
    let block = Block.figure(SampleDocument.fullFigure)
    func shown(_ isDark: Bool, width: Int) -> String {
      TerminalRenderer(width: width, images: .kitty, isDark: isDark).render([block])
    }
    let light = try #require(
      TerminalImage.sequence(Array("light png".utf8), .kitty, columns: 60))
    #expect(shown(false, width: 60) == light + "\nRain, 95 %\n")
    let dark = try #require(TerminalImage.sequence(Array("dark png".utf8), .kitty, columns: 100))
    #expect(shown(true, width: 200) == dark + "\nRain, 95 %\n")
    // Without a dark drawing the light one.
    let plain = TerminalRenderer(images: .kitty, isDark: true).render(
      [.figure(SampleDocument.figure)])
    #expect(plain.hasPrefix("\u{1B}_Ga=T"))
  }

  @Test func charactersFitTheWidth() {
    let source = PreparedFigure(texts: [TextDrawing(["0123456789"]), TextDrawing(["abcd"])])
    #expect((try? source.text(width: 10, unicode: true))??.width == 10)
    #expect((try? source.text(width: 9, unicode: true))??.width == 4)
    #expect((try? source.text(width: 3, unicode: true))?.map(\.width) == nil)
    struct TooWide: FigureSource {
      func drawing(_ form: FigureForm) throws(Diagnostic) -> [UInt8]? { nil }
      func text(width: Int, unicode: Bool) throws(Diagnostic) -> TextDrawing? {
        TextDrawing(lines: [[.init("日本語日本語日本語"), .init("x")], [.init("abc"), .init("日")]])
      }
    }
    let figure = Figure(name: "f", source: TooWide(), alternativeText: "")
    #expect(
      TerminalRenderer(width: 20).render([.figure(figure)]) == "日本語日本語日本語x\nabc日\n")
    let cut = Callout(.note, blocks: [.figure(figure)])
    #expect(
      TerminalRenderer(width: 20).render([.callout(cut)]).contains("▌ 日本語日本語日本語\n"))
  }

  @Test func coloursAreOnlyColours() {
    let block = Block.figure(SampleDocument.fullFigure)
    let coloured = TerminalRenderer(colour: true).render([block])
    #expect(coloured.contains("\u{1B}[34m   ▄█▄\u{1B}[0m"))
    let plain = TerminalRenderer(colour: false).render([block])
    #expect(!plain.contains("\u{1B}") && plain.contains("␛[2J"))
    #expect(coloured.replacing(/\u{1b}\[[0-9;]*m/, with: "") == plain)
  }

  @Test func drawingsInASCIIKeepTheirColumns() {
    #expect(
      ASCIIFallback.convertDrawing("├─┼─┤│ ≥3× ░▓█ ⠀⠁⣿ ▲● µ") == "+-+-+| >3x .## " + " .* ^@ u")
    for value in UInt32(0x2190)...0x2bff {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let text = "a\(scalar)b"
      let plain = ASCIIFallback.convertDrawing(text)
      #expect(plain.utf8.allSatisfy { (0x20..<0x7f).contains($0) })
      #expect(DisplayWidth.of(plain) == DisplayWidth.of(text), "\(value)")
    }
  }
}
