import BenchLog
import Quantiles
import Support
import TestSupport
import Testing

@testable import Ingest

/// Makes a long log as it is read: chatter, inferences with ever new times, damaged lines.
private struct EndlessLog {
  let limit: Int
  private(set) var made = 0
  private(set) var inferences = 0
  private var number: UInt32 = 0
  private var pending: [UInt8] = []
  private let chatter = Array(
    (String(repeating: "some words that a device prints while it is busy ", count: 80) + "\r\n")
      .utf8)

  init(limit: Int) { self.limit = limit }

  mutating func fill(_ buffer: inout [UInt8]) -> Int {
    while pending.count < buffer.count, made < limit { add() }
    let n = min(buffer.count, pending.count)
    for i in 0..<n { buffer[i] = pending[i] }
    pending.removeFirst(n)
    return n
  }

  private mutating func add() {
    let start = pending.count
    if number < 2 {
      line(number == 0 ? "log origin=measured" : "run id=1 unit=cycles")
    } else {
      for _ in 0..<6 {
        line("inf run=1 i=\(inferences) time=\(1_000_000 + inferences * 7)")
        inferences += 1
      }
      pending += Array("pb1 9 inf run=1 i=0 time=5 ~00000000\n".utf8)
      pending += chatter
    }
    made += pending.count - start
  }

  private mutating func line(_ record: String) {
    pending += Array((benchLine(record, number: number) + "\n").utf8)
    number += 1
  }
}

/// Many megabytes through a source that never holds more than a chunk: what is kept stays bounded.
@Test func memoryDoesNotGrowWithTheLog() throws {
  var source = EndlessLog(limit: 6 << 20)
  let file = Ingestor().read(path: "endless.txt") { source.fill(&$0) }
  let run = try #require(file.runs.first)
  let samples = try #require(run.latency?.samples)
  #expect(file.bytes > 6 << 20 && source.inferences > 2 * Samples.distinctLimit)
  #expect(run.latency?.inferences == UInt64(source.inferences))
  #expect(samples.count == UInt64(source.inferences))
  #expect(!samples.isExact && samples.sorted.count < Samples.distinctLimit)
  #expect(samples.minimum == 1_000_000)
  #expect(samples.maximum == Double(1_000_000 + (source.inferences - 1) * 7))
  // Every damaged line is counted; only so many diagnostics are kept.
  let groups = source.inferences / 6
  let most = DiagnosticList.most
  #expect(groups > most)
  #expect(file.diagnostics.count <= most + 2, "of one rule, their sum, and the missing end")
  #expect(
    file.diagnostics.reduce(0) { $0 + ($1.more ?? 1) } == groups + 1, "and the missing end")
  #expect(file.account.diagnosed == groups)
  #expect(file.account.read == source.inferences + 2)
  #expect(file.account.skipped == [.bootChatter: groups])
  #expect(file.runs.count == 1 && run.observations.count == 0)
}
