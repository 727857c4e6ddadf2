import Core
import Foundation
import Testing

private func ofBytes<W: Word>(_ word: String) -> W? {
  let bytes = Array(word.utf8)
  return W(bytes.span)
}

/// All words of a type come back from their text and from their bytes, and nothing else does.
private func roundTrip<W: Word & LosslessStringConvertible & Comparable>(
  _ type: W.Type, _ words: [String]
) {
  #expect(W.allCases.map(\.description) == words)
  for (each, word) in zip(W.allCases, words) {
    #expect(W(word) == each)
    #expect(W(word[...]) == each)
    #expect(ofBytes(word) == each)
    #expect("\(each.word)" == word)
    for other in [word.uppercased(), word + " ", " " + word, String(word.dropLast()), word + "x"] {
      #expect(W(other) == nil && (ofBytes(other) as W?) == nil)
    }
  }
  #expect(W("") == nil && (ofBytes("") as W?) == nil)
  #expect(W.allCases.enumerated().allSatisfy { Int($1.rawValue) == $0 })
}

@Test func wordsComeBackFromTheirText() {
  roundTrip(Dtype.self, ["int8", "fp32", "int16", "mixed"])
  roundTrip(WeightsPlace.self, ["flash", "sram", "stream", "psram"])
  roundTrip(Origin.self, ["measured", "published", "simulated", "emulated", "predicted"])
  roundTrip(WeightsSource.self, ["real", "twin"])
  roundTrip(Arch.self, ["armv8-m", "riscv"])
}

@Test func wordsAreWrittenAsText() throws {
  let json = try JSONEncoder().encode([Dtype.int8, .fp32])
  #expect(String(decoding: json, as: UTF8.self) == #"["int8","fp32"]"#)
  #expect([Dtype.int8, .fp32].sorted() == [.fp32, .int8])
}
