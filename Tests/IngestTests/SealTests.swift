import Quantiles
import TestSupport
import Testing

@testable import Ingest

private let draft = """
  # A draft.
  log origin=published citation="somebody, 2020"

    machine id=1 board=pico2
  run id=1 machine=1 unit=us latency=58950
  """

@Test func sealedDraftReads() throws {
  let sealed = BenchLogSeal.seal(draft: draft, file: "draft.txt")
  #expect(sealed.diagnostics.isEmpty)
  let lines = sealed.text.split(separator: "\n", omittingEmptySubsequences: false)
  #expect(lines.count == 7 && lines[0] == "# A draft." && lines[2] == "" && lines[6] == "")
  #expect(lines[1].hasPrefix("pb1 0 log origin=published citation=\"somebody, 2020\" ~"))
  #expect(lines[5].hasPrefix("pb1 3 end lines=4 runs=1 ~"))
  let file = ingest(sealed.text)
  #expect(file.diagnostics.isEmpty && file.recognition.dialect == BenchLogReader.dialect)
  let run = try #require(file.runs.first)
  #expect(run.latency?.samples == Samples([0.05895]) && run.latency?.kind == .published)
  #expect(run.configuration.text(.citation) == "somebody, 2020")
}

/// Line ends of Windows make no difference, nor does a missing or a doubled last one.
@Test func lineEndsOfADraftMakeNoDifference() {
  let expected = BenchLogSeal.seal(draft: draft, file: "d").text
  let windows = draft.split(separator: "\n", omittingEmptySubsequences: false)
    .joined(separator: "\r\n")
  #expect(BenchLogSeal.seal(draft: windows, file: "d").text == expected)
  #expect(BenchLogSeal.seal(draft: windows + "\r\n\r\n", file: "d").text == expected)
}

@Test func mistakesOfADraftHaveTheirPlace() {
  let bad =
    "log origin=published\n  run id=1 unit=us speed=3\nend lines=3 runs=0\ninf run=1\nhello\n"
  let sealed = BenchLogSeal.seal(draft: bad, file: "draft.txt")
  #expect(
    sealed.diagnostics.map(\.headline) == [
      "draft.txt:2:20: error: the line has a key that the format does not have",
      "draft.txt:3:1: error: the draft has an end line of its own",
      "draft.txt:4:4: error: the line lacks a key that it must have",
      "draft.txt:5:1: error: the line's kind is none that the format has",
    ])
  #expect(ingest(sealed.text).diagnostics.isEmpty, "what is left is still a whole log")
}

/// What version 1 can say is sealed as version 1; a key or record of version 2 makes the whole log one.
@Test func draftIsSealedInTheOldestVersionThatHasIt() {
  func versions(_ draft: String) -> Set<String> {
    let sealed = BenchLogSeal.seal(draft: draft, file: "d")
    #expect(sealed.diagnostics.isEmpty)
    return Set(
      sealed.text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { String($0.prefix(4)) })
  }
  #expect(versions(draft) == ["pb1 "])
  #expect(versions(draft + " input=ramp") == ["pb2 "])
  #expect(versions(draft + "\nsum run=1 n=2 min=1 max=3 total=4") == ["pb2 "])
  // With a mistake in it, what is left is still one log.
  let mixed = BenchLogSeal.seal(
    draft: draft + "\ninf run=2 speed=3\nlog origin=a plan=b", file: "d")
  #expect(mixed.diagnostics.map(\.line) == [6])
}
