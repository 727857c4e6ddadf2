import Foundation
import Testing

@testable import Support

/// What is printed of results, and what is not.
struct FieldsTests {
  private struct Part: FieldsEncodable {
    var size: Outcome<Int>
    var fields: Fields { ["size": size, "shape": [1, 2], "name": "a\"\n\u{7F}ä"] }
  }

  private static var fields: Fields {
    var fields: Fields = [
      "seconds": 0.5, "none": nil as Int?, "there": Optional(3),
      "cycles": Outcome<Double>.missing(reason: "no clock"), "ticks": Outcome.known(4.0),
      "nested": Outcome<Int?>.known(nil), "kind": nil as Outcome<String>?,
      "parts": [Part(size: .known(1)), Part(size: .missing(reason: "not said"))],
      "object": ["is_exact": true, "none": nil as Int?] as Fields,
    ]
    fields.explain("parts", "two are missing")
    fields.explain("object", nil)
    return fields
  }

  @Test func missingNumbersStayOutAndGiveTheirReason() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    encoder.keyEncodingStrategy = .convertToSnakeCase
    let text = String(decoding: try encoder.encode(Self.fields), as: UTF8.self)
    let name = #""name":"a\"\n\u007fä""#.replacing(#"\u007f"#, with: "\u{7F}")
    #expect(
      text == #"{"object":{"is_exact":true},"parts":[{\#(name),"shape":[1,2],"size":1},"#
        + #"{\#(name),"reasons":{"size":"not said"},"shape":[1,2]}],"#
        + #""reasons":{"cycles":"no clock","parts":"two are missing"},"seconds":0.5,"there":3,"ticks":4}"#
    )
  }

  @Test func theDocumentKeepsTheOrder() {
    #expect(
      Self.fields.document == #"""
        {
          "seconds": 0.5,
          "there": 3,
          "ticks": 4.0,
          "parts": [
            {"size": 1, "shape": [1, 2], "name": "a\"\n\u007fä"},
            {"shape": [1, 2], "name": "a\"\n\u007fä", "reasons": {"size": "not said"}}
          ],
          "object": {
            "is_exact": true
          },
          "reasons": {"cycles": "no clock", "parts": "two are missing"}
        }

        """#)
  }

  @Test func fieldsAddUp() {
    let sum = (["a": 1, "b": Outcome<Int>.missing(reason: "x")] as Fields) + ["c": 2]
    #expect(sum.all.map(\.key) == ["a", "c", "reasons"])
  }
}
