import Foundation
import Models
import Testing

@testable import ModelFormats

struct JSONTests {
  private func parse(_ text: String) -> JSON? {
    try? JSONParser.parse(text, "it")
  }

  @Test func valuesAreThoseOfTheStandard() throws {
    let value = try #require(
      parse(
        #" {"a": [1, -2.5e3, true, false, null], "b\n": "\u00e9\ud83d\ude00\"\\\/\t", "c": {}} "#))
    #expect(
      value["a"] == .array([.number(1), .number(-2500), .bool(true), .bool(false), .null]))
    #expect(value["b\n"].text == "\u{e9}\u{1F600}\"\\/\t")
    #expect(value["c"] == .object([:]) && value["d"].isNull)
    #expect(parse("[Infinity, -Infinity]") == .array([.number(.infinity), .number(-.infinity)]))
    #expect(parse("NaN")?.number?.isNaN == true)
    #expect(parse(#""\ud800x""#)?.text == "\u{FFFD}x")
    #expect(parse(#"{"class_name": "__tuple__", "items": [1, 2]}"#)?.array?.count == 2)
  }

  @Test func whatIsNoJSONIsRefused() {
    let wrong = [
      "", "{", "}", "[1,]", "{\"a\":}", "{\"a\" 1}", "{a: 1}", "tru", "nul", "1 2", "\"open",
      "\"\\x\"", "\"\\u12\"", "\"\\u+123\"", "--1", "1e", "[", "[1", "+", ".", "'a'",
      String(repeating: "1", count: 65),
    ]
    for text in wrong { #expect(parse(text) == nil, "\(text)") }
    #expect(parse(String(repeating: "[", count: 100_000)) == nil)
    let deep = String(repeating: "[", count: 60) + String(repeating: "]", count: 60)
    #expect(parse(deep) != nil)
    #expect(parse("[" + deep + "]".appending(deep)) == nil)
  }

  /// Foundation reads the same.
  @Test func configurationsAreWhatFoundationReads() throws {
    for seed in 0..<UInt64(20) {
      let config = RandomStack(seed: seed, style: .keras3).fixture.config
      let data = try JSONSerialization.jsonObject(with: Data(config.utf8))
      #expect(same(try #require(parse(config)), data))
    }
  }

  private func same(_ json: JSON, _ other: Any) -> Bool {
    switch json {
    case .null: other is NSNull
    case .bool(let value): (other as? NSNumber)?.boolValue == value
    case .number(let value): (other as? NSNumber)?.doubleValue == value
    case .text(let value): (other as? String) == value
    case .array(let values):
      (other as? [Any]).map { list in
        list.count == values.count && zip(values, list).allSatisfy(same)
      } ?? false
    case .object(let values):
      (other as? [String: Any]).map { object in
        object.count == values.count && values.allSatisfy { same($1, object[$0] ?? NSNull()) }
      } ?? false
    }
  }
}
