import BenchLog
import Quantiles
import Support
import Synchronization
import TestSupport
import Testing

@testable import Ingest

/// Makes a long log as it is read: chatter, inferences with ever new times, damaged lines.
private final class EndlessLog: ReadableBytes {
  private struct State {
    var made = 0
    var inferences = 0
    var number: UInt32 = 0
    var pending: [UInt8] = []
  }

  private let limit: Int
  private let state = Mutex(State())
  var size: Int? { nil }
  var inferences: Int { state.withLock { $0.inferences } }
  private let chatter = Array(
    (String(repeating: "some words that a device prints while it is busy ", count: 80) + "\r\n")
      .utf8)

  init(limit: Int) { self.limit = limit }

  /// Never more than a chunk is in memory.
  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) -> Int {
    state.withLock { state in
      let wanted = min(buffer.count, 1 << 18)
      while state.pending.count < wanted, state.made < limit { add(to: &state) }
      let part = state.pending.prefix(wanted)
      buffer.copyBytes(from: part)
      state.pending.removeFirst(part.count)
      return part.count
    }
  }

  private func add(to state: inout State) {
    let start = state.pending.count
    if state.number < 2 {
      line(state.number == 0 ? "log origin=measured" : "run id=1 unit=cycles", &state)
    } else {
      for _ in 0..<6 {
        line(
          "inf run=1 i=\(state.inferences) time=\(1_000_000 + state.inferences * 7)", &state)
        state.inferences += 1
      }
      state.pending += Array("pb1 9 inf run=1 i=0 time=5 ~00000000\n".utf8)
      state.pending += chatter
    }
    state.made += state.pending.count - start
  }

  private func line(_ record: String, _ state: inout State) {
    state.pending += Array((benchLine(record, number: state.number) + "\n").utf8)
    state.number += 1
  }
}

/// Many megabytes through a source that never holds more than a chunk: what is kept stays bounded.
@Test func memoryDoesNotGrowWithTheLog() throws {
  let source = EndlessLog(limit: 6 << 20)
  let file = LogRead(path: "endless.txt").read(source)
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
