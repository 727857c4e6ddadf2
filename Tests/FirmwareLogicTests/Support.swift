import BenchLog
import Ingest

@testable import FirmwareLogic

/// A session on a fake board, and what it printed.
final class Bench {
  let board: FakeBoard
  let runner: FakeRunner
  private let memory: UnsafeMutableRawBufferPointer
  var session: Session<FakeBoard, FakeRunner, FakeBenchmarks>

  init(_ board: FakeBoard = FakeBoard(), models: [FakeModel] = [.small, .large], engines: Int = 2) {
    self.board = board
    runner = FakeRunner(board, models: models, engineCount: engines)
    memory = .allocate(
      byteCount: Session<FakeBoard, FakeRunner, FakeBenchmarks>.workspaceBytes, alignment: 16)
    session = Session(
      board: board, runner: runner, benchmarks: FakeBenchmarks(board: board),
      build: BuildDescription(
        compiler: Text("swiftc 6.3"), flags: Text("-O -mcpu=cortex-m33"), revision: Text("abc123"),
        code: .flash),
      workspace: memory)
  }

  deinit { memory.deallocate() }

  /// Types lines, one after the other, and gives what was printed for them.
  @discardableResult
  func type(_ lines: String...) -> String {
    let first = board.sent.count
    for line in lines {
      for byte in Array(line.utf8) + [0x0A] { session.take(byte) }
    }
    return String(decoding: board.sent[first...], as: UTF8.self)
  }

  /// What the program's main loop does: takes what the host has sent, and gives what was printed for it.
  func takeTyped() -> String {
    let first = board.sent.count
    while let byte = board.get() { session.take(byte) }
    return String(decoding: board.sent[first...], as: UTF8.self)
  }

  func ingest() -> IngestedFile {
    Ingestor(settings: [], signatures: []).ingest(bytes: board.sent, path: "log.txt")
  }
}

/// A line of the log, taken apart.
struct LogLine: Equatable {
  var record: String
  var fields: [String: String]

  subscript(key: String) -> String? { fields[key] }
}

/// The lines of a log, each of which must be whole.
func logLines(_ text: String) -> [LogLine] {
  var lines: [LogLine] = []
  for row in text.split(separator: "\r\n") where row.hasPrefix("pb") {
    let bytes = Array(row.utf8)
    guard let decoded = try? LineDecoder.decode(bytes.span) else {
      lines.append(LogLine(record: "damaged", fields: ["line": String(row)]))
      continue
    }
    var fields: [String: String] = [:]
    var i = decoded.fields.lowerBound
    while let field = try? LineDecoder.nextField(bytes.span, &i, end: decoded.fields.upperBound) {
      var value: [UInt8] = []
      LineDecoder.text(bytes.span, field) { value.append($0) }
      fields[String(decoding: bytes[field.key], as: UTF8.self)] = String(
        decoding: value, as: UTF8.self)
    }
    lines.append(LogLine(record: "\(decoded.record.word)", fields: fields))
  }
  return lines
}
