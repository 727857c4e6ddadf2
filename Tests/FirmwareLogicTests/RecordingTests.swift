import Capture
import Foundation
import Ingest
import TestSupport
import Testing

@testable import FirmwareLogic

/// A board and `analyze capture` at the two ends of a serial line.
@Suite(.serialized) struct RecordingTests {
  /// Boots a board that runs `commands` at the start and then takes what comes, records it, and gives the
  /// recording.
  private func record(
    sending greeting: String, from line: SerialLine, at start: String
  ) throws -> (result: CaptureResult, file: [UInt8]) {
    let folder = try ScratchFolder()
    defer { withExtendedLifetime(folder) {} }

    let hasEnded = DispatchSemaphore(value: 0)
    let board = Thread {
      let board = FakeBoard()
      board.line = line
      let bench = Bench(board, models: [.small], engines: 1)
      bench.session.greet()
      for byte in start.utf8 { bench.session.take(byte) }
      line.start()
      while !line.hasEnded {
        if let byte = board.get() { bench.session.take(byte) } else { usleep(100) }
      }
      hasEnded.signal()
    }
    board.start()
    defer {
      line.end()
      hasEnded.wait()
    }
    var options = CaptureOptions(port: line.port)
    options.greeting = Array(greeting.utf8)
    options.timeout = .seconds(20)
    let path = folder.url.path + "/log.txt"
    let result = try Capture.run(
      options, into: try CaptureFile(path: path, existing: .refuse), until: try StopSignal()
    ) { event in
      if case .connected = event { line.connect() }
    }
    return (result, [UInt8](FileManager.default.contents(atPath: path) ?? Data()))
  }

  /// The order of README: the board has power long before anybody listens.
  @Test func aBoardThatWaitsIsRecordedWhole() throws {
    let line = try SerialLine(expecting: 6)
    let (result, file) = try record(sending: "start\n", from: line, at: "plan default\n")
    #expect(result.reason == .endLine)
    #expect(result.progress.wholeLogs == 1 && !result.progress.startedLate)
    let log = Ingestor(settings: [], signatures: []).ingest(bytes: file, path: "log.txt")
    #expect(log.diagnostics.isEmpty, "\(log.diagnostics)")
    #expect(log.runs.count == 2)
  }

  /// A board that began by itself is stopped and begins again: the log that counts is the second.
  @Test func aBoardThatRunsAlreadyIsStartedAgain() throws {
    let line = try SerialLine(losing: 1500, expecting: 11)
    let (result, file) = try record(
      sending: "stop\nstart\n", from: line, at: "plan default\nstart\n")
    #expect(result.reason == .endLine)
    #expect(result.progress.startedLate && result.progress.ends == 2)
    #expect(result.progress.wholeLogs == 1)
    let text = String(decoding: file, as: UTF8.self)
    let second = try #require(text.range(of: "# stopped\r\n"))
    let log = Ingestor(settings: [], signatures: [])
      .ingest(bytes: Array(text[second.upperBound...].utf8), path: "log.txt")
    #expect(log.diagnostics.isEmpty, "\(log.diagnostics)")
    #expect(log.runs.count == 2 && log.runs.allSatisfy { $0.latency?.inferences == 10 })
  }
}
