import BenchLog
import Foundation
import Support
import TestSupport

@testable import Capture

/// The board's end of a serial line: the master of a pseudo-terminal behind a link, so that the port
/// can disappear and come back under its name.
final class Peer {
  let path: String
  private(set) var master: Int32 = -1
  /// How often it was plugged in.
  private(set) var times = 0

  /// A board that is plugged in.
  init(path: String) throws {
    self.path = path
    try plugIn()
  }

  deinit { unplug() }

  func plugIn() throws {
    var slave: Int32 = -1
    guard openpty(&master, &slave, nil, nil, nil) == 0, let name = ttyname(slave) else {
      throw POSIXError(.ENODEV)
    }
    // What a real port does by itself: no echo, nothing changed, before anybody has opened it.
    var settings = termios()
    tcgetattr(slave, &settings)
    cfmakeraw(&settings)
    cfsetspeed(&settings, speed_t(B9600))
    tcsetattr(slave, TCSANOW, &settings)
    unlink(path)
    guard symlink(String(cString: name), path) == 0 else { throw POSIXError(.EEXIST) }
    close(slave)
    times += 1
  }

  func unplug() {
    guard master >= 0 else { return }
    unlink(path)
    close(master)
    master = -1
  }

  /// Sends everything, in pieces of so many bytes.
  func send(_ bytes: [UInt8], pieces: Int = .max) {
    var start = 0
    while start < bytes.count {
      let count = bytes.withUnsafeBytes {
        write(master, $0.baseAddress.map { $0 + start }, min(pieces, bytes.count - start))
      }
      if count > 0 { start += count } else if errno != EINTR { return }
    }
  }

  func send(_ text: String) { send(Array(text.utf8)) }

  /// Takes exactly so many bytes; fewer when they do not come within 20 s.
  func receive(_ count: Int) -> [UInt8] {
    var result: [UInt8] = []
    while result.count < count {
      var list = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
      guard poll(&list, 1, 20_000) > 0 else { break }
      var buffer = [UInt8](repeating: 0, count: count - result.count)
      let n = read(master, &buffer, buffer.count)
      guard n > 0 else { break }
      result += buffer.prefix(n)
    }
    return result
  }

  /// What the port is set to.
  var settings: termios {
    var result = termios()
    tcgetattr(master, &result)
    return result
  }
}

/// A capture that runs on a thread of its own.
final class CaptureThread: @unchecked Sendable {
  private let condition = NSCondition()
  private var kept: [CaptureEvent] = []
  private var outcome: Result<CaptureResult, Diagnostic>?
  let stop: StopSignal

  init(_ options: CaptureOptions, into file: CaptureFile) throws {
    stop = try StopSignal()
    nonisolated(unsafe) let file = file
    Thread { [self] in
      let result = Result { () throws(Diagnostic) in
        try Capture.run(options, into: file, until: stop) { note($0) }
      }
      condition.withLock {
        outcome = result
        condition.broadcast()
      }
    }.start()
  }

  private func note(_ event: CaptureEvent) {
    condition.withLock {
      kept.append(event)
      condition.broadcast()
    }
  }

  /// Waits until the events so far fulfil `wish`; false when they do not within 20 s.
  func awaits(_ wish: ([CaptureEvent]) -> Bool) -> Bool {
    let limit = Date(timeIntervalSinceNow: 20)
    return condition.withLock {
      while !wish(kept) {
        if outcome != nil || !condition.wait(until: limit) { return wish(kept) }
      }
      return true
    }
  }

  func awaitsConnection(_ count: Int = 1) -> Bool {
    awaits { $0.count { if case .connected = $0 { true } else { false } } >= count }
  }

  func awaitsBytes(_ count: Int) -> Bool {
    awaits {
      $0.contains {
        if case .progress(let progress) = $0 { progress.bytes >= count } else { false }
      }
    }
  }

  var events: [CaptureEvent] { condition.withLock { kept } }

  /// The end of the recording; gives the stop signal when it does not end within 20 s.
  func result() throws -> CaptureResult {
    let limit = Date(timeIntervalSinceNow: 20)
    condition.lock()
    defer { condition.unlock() }
    while outcome == nil, condition.wait(until: limit) {}
    if outcome == nil { stop.give() }
    while true {
      if let outcome { return try outcome.get() }
      condition.wait()
    }
  }
}

/// A log as the firmware prints it: a run of two operators and so many inferences.
func captureLog(inferences: Int, end: Bool = true) -> [UInt8] {
  var encoder = LineEncoder(sink: Buffer())
  encoder.begin(.log)
  encoder.field("origin", text: "measured")
  encoder.end()
  encoder.begin(.model)
  encoder.field("id", 1)
  encoder.field("name", text: "kws")
  encoder.field("dtype", text: "int8")
  encoder.end()
  encoder.begin(.run)
  encoder.field("id", 1)
  encoder.field("model", 1)
  encoder.field("unit", text: "cycles")
  encoder.end()
  for index in 0..<2 {
    encoder.begin(.op)
    encoder.field("run", 1)
    encoder.field("index", UInt64(index))
    encoder.field("kind", text: "TANH")
    encoder.end()
  }
  for i in 0..<inferences {
    encoder.begin(.inf)
    encoder.field("run", 1)
    encoder.field("i", UInt64(i))
    encoder.field("time", UInt64(618_000 + i))
    encoder.end()
  }
  if end {
    encoder.begin(.end)
    encoder.field("lines", UInt64(encoder.sequence) + 1)
    encoder.field("runs", 1)
    encoder.end()
  }
  return encoder.sink.bytes
}

func contents(of path: String) -> [UInt8] {
  FileManager.default.contents(atPath: path).map { [UInt8]($0) } ?? []
}
