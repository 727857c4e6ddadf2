import Support
import Testing

@Suite struct DiagnosticTests {
  private func headline(_ place: Place, file: String = "a.txt") -> String {
    Diagnostic(
      "r", "odd", remedy: "Even it.", place: place, file: file, severity: .warning
    ).headline
  }

  @Test func textsAreNamedByLineAndColumn() {
    #expect(headline(Place(line: 3, column: 4)) == "a.txt:3:4: warning: odd")
    #expect(headline(Place(line: 3, column: 0)) == "a.txt:3:1: warning: odd")
    #expect(headline(Place()) == "a.txt: warning: odd")
    #expect(headline(Place(), file: "") == "warning: odd")
  }

  @Test func binaryFilesAreNamedByTheirParts() {
    let place = Place(offset: 812, operatorIndex: 3, operatorKind: "CONV_2D", tensorIndex: 5)
    #expect(
      headline(place, file: "m.tflite")
        == "m.tflite: byte 812, operator 3 (CONV_2D), tensor 5: warning: odd")
    #expect(headline(Place(operatorIndex: 3), file: "") == "operator 3: warning: odd")
    #expect(Diagnostic("r", "odd", remedy: "", place: place).located == "\(place.parts): odd")
    #expect(Diagnostic("r", "odd", remedy: "", place: Place(line: 3, column: 4)).located == "odd")
  }

  @Test func placesAreCompletedFromOutside() {
    let inner = Diagnostic("r", "odd", remedy: "", place: Place(offset: 812, tensorIndex: 5))
    let outer = inner.within(Place(offset: 1, operatorIndex: 3, operatorKind: "ADD")).of("m.onnx")
    #expect(outer.headline == "m.onnx: byte 812, operator 3 (ADD), tensor 5: error: odd")
    let text = inner.within(Place(line: 2, column: 1))
    #expect((text.line, text.column, inner.line, inner.column) == (2, 1, 0, 0))
  }

  @Test func bothLinesAreShownAndEscaped() {
    let found = Diagnostic("r", "odd \u{1B}", remedy: "Even it.").within(file: "a.txt")
    #expect("\(found)" == "a.txt: error: odd \\u{1b}\n  Even it.")
    #expect("\(found.within(file: "b.txt").rated(.note))".hasPrefix("a.txt: note: odd"))
    #expect("\(Diagnostic("r", "odd", remedy: ""))" == "error: odd")
  }

  @Test func severitiesAreOrdered() {
    #expect([Severity.error, .note, .warning].sorted() == [.note, .warning, .error])
  }

  @Test func placesOfATextAreInTheOrderOfReading() {
    #expect(TextPlace(line: 2, column: 1) > TextPlace(line: 1, column: 9))
    #expect(TextPlace(line: 2, column: 1).advanced(by: 3) == TextPlace(line: 2, column: 4))
  }
}
