import BenchLog
import TestSupport
import Testing

@testable import Ingest

private func meter(_ bytes: [UInt8], pieces: Int = .max) -> CaptureMeter {
  var meter = CaptureMeter()
  var start = 0
  while start < bytes.count {
    let end = start + min(pieces, bytes.count - start)
    meter.take(bytes.span.extracting(start..<end))
    start = end
  }
  meter.finish()
  return meter
}

@Test(arguments: [Int.max, 1, 7, 64])
func captureCountsWhatALogHolds(pieces: Int) throws {
  let log = captureLog(inferences: 30)
  let progress = meter(log, pieces: pieces).progress
  #expect(progress.bytes == log.count)
  #expect(progress.lines == 36)
  #expect(progress.records == 36)
  #expect(progress.damaged == 0)
  #expect(progress.missing == 0)
  #expect(progress.runs == 1)
  #expect(progress.inferences == 30)
  #expect(progress.operators == 2)
  #expect(progress.ends == 1)
  #expect(progress.isAtEnd)
  #expect(!progress.startedLate)
  let run = try #require(progress.run)
  #expect(run.model == "kws int8")
  #expect(run.unit == "cycles")
  #expect(run.latency == 618_029)
  #expect(run.inferences == 30)
}

@Test func captureSeesTheEndOnlyWhenItsLineIsWhole() {
  let log = captureLog(inferences: 1)
  var meter = CaptureMeter()
  for (i, byte) in log.enumerated() {
    #expect(meter.progress.ends == 0, "byte \(i)")
    let one = [byte]
    // CR is followed by LF; either may be the byte that shows the end.
    if i >= log.count - 2 { break }
    meter.take(one.span)
  }
  meter.take(log.span.extracting(log.count - 2..<log.count))
  #expect(meter.progress.ends == 1)
}

@Test func aSecondBootIsCounted() {
  let first = captureLog(inferences: 3, end: false)
  let progress = meter(first + captureLog(inferences: 2)).progress
  #expect(progress.restarts == 1)
  #expect(progress.runs == 2)
  #expect(progress.inferences == 5)
  #expect(progress.damaged == 0)
  #expect(progress.missing == 0)
}

/// `stop` and `start` end a log and begin another; nothing boots.
@Test func aLogBehindAnEndLineIsNoBoot() {
  let log = captureLog(inferences: 2)
  let tail = log.split(separator: UInt8(ascii: "\n")).dropFirst(3)
    .flatMap { Array($0) + [UInt8(ascii: "\n")] }
  for first in [log, tail] {
    let progress = meter(first + log).progress
    #expect(progress.restarts == 0)
    #expect(progress.ends == 2)
    #expect(progress.runs == (first == log ? 2 : 1))
    #expect(progress.isAtEnd)
  }
  #expect(meter(log + captureLog(inferences: 2, end: false) + log).progress.restarts == 1)
}

@Test func aLogThatBeganBeforeTheRecordingIsToldFromALostLine() {
  let lines = captureLog(inferences: 5).split(separator: UInt8(ascii: "\n"))
    .map { Array($0) + [UInt8(ascii: "\n")] }
  let late = meter(Array(lines.dropFirst(2).joined())).progress
  #expect(late.startedLate)
  #expect(late.missing == 2)
  let lost = meter(Array((lines[..<4] + lines[5...]).joined())).progress
  #expect(!lost.startedLate)
  #expect(lost.missing == 1)
}

@Test func aLogIsWholeWhenItsFirstLineCame() {
  let log = captureLog(inferences: 5)
  let lines = log.split(separator: UInt8(ascii: "\n")).map { Array($0) + [UInt8(ascii: "\n")] }
  let tail = Array(lines.dropFirst(2).joined())
  #expect(meter(log).progress.wholeLogs == 1)
  #expect(meter(tail).progress.wholeLogs == 0)
  #expect(meter(tail).progress.ends == 1)
  #expect(meter(tail + log).progress.wholeLogs == 1)
  #expect(meter(tail + log + log).progress.wholeLogs == 2)
  // A first line that came damaged did come; one of a later boot that did not come is missing.
  var damaged = log
  damaged[20] ^= 1
  #expect(meter(damaged).progress.wholeLogs == 1)
  let earlier = captureLog(inferences: 20, end: false)
  #expect(meter(earlier + tail).progress.wholeLogs == 0)
  // A line that is missing in the middle, where the beginning was seen.
  #expect(meter(Array((lines[..<4] + lines[5...]).joined())).progress.wholeLogs == 1)
}

@Test func anUnfinishedLineIsClosedWhereTheStreamBrokeOff() {
  let log = captureLog(inferences: 2)
  var meter = CaptureMeter()
  meter.take(log.span.extracting(0..<100))
  #expect(meter.breakOff() == [UInt8(ascii: "\n")])
  #expect(meter.breakOff() == [])
  meter.take(log.span)
  meter.finish()
  #expect(meter.progress.bytes == 100 + UInt64(log.count))
  #expect(meter.progress.damaged == 1)
  #expect(meter.progress.restarts == 1)
  #expect(meter.progress.ends == 1)
  var fresh = CaptureMeter()
  #expect(fresh.breakOff() == [])
}

@Test func inferencesWithoutLinesCountWhenTheirRunIsDone() {
  let log = benchLog([
    "log origin=emulated", "bench id=1 name=int8_smlad unit=cycles time=5",
    "refused weights=sram reason=memory", "run id=1 unit=us", "inf run=1 i=0 time=7",
    "inf run=1 i=10 time=8", "sum run=1 n=20 min=7 max=9 total=160", "out run=1 i=0 crc32=01",
    "done run=1 inferences=20 printed=2", "run id=2 unit=us", "inf run=2 i=0 time=9",
    "done run=2 inferences=18446744073709551615", "inf run=2 i=1 time=9",
  ])
  let progress = meter(Array(log.utf8)).progress
  #expect(progress.damaged == 0)
  #expect(progress.benches == 1)
  #expect(progress.refused == 1)
  #expect(progress.outputs == 1)
  #expect(progress.inferences == .max)
  let first = log.split(separator: "\n").prefix(9).joined(separator: "\n")
  #expect(meter(Array(first.utf8)).progress.inferences == 20)
}

/// What the meter counts as damaged is what `analyze` reports later.
@Test(arguments: 0..<60)
func damageIsCountedAsTheReaderCountsIt(seed: UInt64) {
  var random = SplitMix(seed)
  var log = captureLog(inferences: 40)
  for _ in 0..<Int.random(in: 1...12, using: &random) {
    let at = Int.random(in: 0..<log.count, using: &random)
    switch Int.random(in: 0..<4, using: &random) {
    case 0: log[at] = UInt8.random(in: 0...255, using: &random)
    case 1: log.remove(at: at)
    case 2: log.insert(0, at: at)
    default:
      let end = min(at + Int.random(in: 1...200, using: &random), log.count)
      log.removeSubrange(at..<end)
    }
  }
  let progress = meter(log, pieces: Int.random(in: 1...300, using: &random)).progress
  let file = Ingestor().ingest(bytes: log, path: "log.txt")
  #expect(progress.damaged == file.diagnostics.count { $0.rule == "damaged-line" })
  #expect(progress.lines == file.account.total)
}

@Test func anythingAtAllKeepsTheMeterSmall() {
  var random = SplitMix(7)
  let noise = (0..<200_000).map { _ in UInt8.random(in: 0...255, using: &random) }
  let progress = meter(noise, pieces: 4096).progress
  #expect(progress.bytes == 200_000)
  #expect(progress.ends == 0)
  let endless = meter([UInt8](repeating: 0, count: 1 << 20), pieces: 8192).progress
  #expect(endless.bytes == 1 << 20)
  #expect(endless.records == 0)
}
