import Foundation
import TestSupport
import Testing

@testable import Capture

/// Captures over a pseudo-terminal. Every test compares the file with what was sent.
@Suite(.serialized) struct CaptureTests {
  /// A recording of `peer` into `folder`/log.txt, from when the port is open.
  private func recording(
    _ peer: Peer, _ folder: String, existing: CaptureFile.Existing = .refuse,
    _ change: (inout CaptureOptions) -> Void = { _ in }
  ) throws -> CaptureThread {
    var options = CaptureOptions(port: peer.path)
    options.ports = SerialPorts(folder: folder)
    change(&options)
    let file = try CaptureFile(path: folder + "/log.txt", existing: existing)
    let recording = try CaptureThread(options, into: file)
    try #require(recording.awaitsConnection())
    return recording
  }

  @Test func theEndLineStopsARecording() throws {
    try withFolder { folder in
      let peer = try Peer(path: folder + "/port")
      let recording = try recording(peer, folder)
      let log = captureLog(inferences: 500)
      peer.send(log)
      let result = try recording.result()
      #expect(result.reason == .endLine)
      #expect(result.progress.inferences == 500)
      #expect(result.progress.bytes == log.count)
      #expect(result.reconnects == 0)
      #expect(contents(of: folder + "/log.txt") == log)
    }
  }

  /// The rest of a log is kept; the recording goes on until a log came from its first line to its last.
  @Test func theEndOfALogThatBeganEarlierDoesNotStop() throws {
    try withFolder { folder in
      let peer = try Peer(path: folder + "/port")
      let recording = try recording(peer, folder)
      let log = captureLog(inferences: 20)
      let tail = Array(log.suffix(400))
      peer.send(tail)
      try #require(recording.awaitsBytes(tail.count))
      peer.send("# ready\r\n")
      try #require(recording.awaitsBytes(tail.count + 9))
      peer.send(log)
      let result = try recording.result()
      #expect(result.reason == .endLine)
      #expect(result.progress.ends == 2 && result.progress.wholeLogs == 1)
      #expect(contents(of: folder + "/log.txt") == tail + Array("# ready\r\n".utf8) + log)
    }
  }

  @Test func aSlowPeerIsWaitedFor() throws {
    try withFolder { folder in
      let peer = try Peer(path: folder + "/port")
      let recording = try recording(peer, folder)
      let log = captureLog(inferences: 4)
      // Each piece is sent when the last was recorded: no read sees more than one.
      for start in stride(from: 0, to: log.count - 60, by: 3) {
        peer.send(Array(log[start..<min(start + 3, log.count - 60)]))
        try #require(recording.awaitsBytes(min(start + 3, log.count - 60)))
      }
      peer.send(Array(log.suffix(60)))
      #expect(try recording.result().progress.records == 10)
      #expect(contents(of: folder + "/log.txt") == log)
    }
  }

  /// NULs, XON and XOFF, ctrl-C and ctrl-D, half lines: all of it is only bytes.
  @Test func aNoisyPeerIsRecordedByteForByte() throws {
    try withFolder { folder in
      let peer = try Peer(path: folder + "/port")
      let recording = try recording(peer, folder)
      var random = SplitMix(3)
      var noise = (0..<300_000).map { _ in UInt8.random(in: 0...255, using: &random) }
      noise += [0, 0x03, 0x04, 0x11, 0x13, 0x1A, 0x1C, 0x7F, 0xFF, 0x0D]
      noise += [UInt8](repeating: 0, count: 1 << 20)
      noise += [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20)
      let all = noise + [UInt8(ascii: "\n")] + captureLog(inferences: 3)
      peer.send(all)
      let result = try recording.result()
      #expect(result.reason == .endLine)
      #expect(result.progress.inferences == 3)
      #expect(contents(of: folder + "/log.txt") == all)
    }
  }

  @Test func whatFollowsTheEndLineInOneBreathIsKept() throws {
    try withFolder { folder in
      let peer = try Peer(path: folder + "/port")
      let recording = try recording(peer, folder)
      let all = captureLog(inferences: 1) + Array("ready\r\n> ".utf8)
      peer.send(all)
      #expect(try recording.result().reason == .endLine)
      #expect(contents(of: folder + "/log.txt") == all)
    }
  }

  @Test func aPortThatGoesIsAwaited() throws {
    try withFolder { folder in
      let peer = try Peer(path: folder + "/port")
      let recording = try recording(peer, folder)
      let first = Array(captureLog(inferences: 20).prefix(700))
      peer.send(first)
      try #require(recording.awaitsBytes(first.count))
      var all = first
      for time in 2...4 {
        peer.unplug()
        try #require(
          recording.awaits { events in
            events.count { if case .waiting = $0 { true } else { false } } >= time - 1
          })
        try peer.plugIn()
        try #require(recording.awaitsConnection(time))
        let part = Array("boot \(time)".utf8)
        peer.send(part)
        all += Array("\n".utf8) + part
        try #require(recording.awaitsBytes(all.count - (time - 1)))
      }
      let rest = Array("\n".utf8) + captureLog(inferences: 2)
      peer.send(rest)
      let result = try recording.result()
      #expect(result.reason == .endLine)
      #expect(result.reconnects == 3)
      #expect(result.progress.restarts == 1)
      #expect(result.progress.inferences > 2)
      // A line break where the stream broke off; nothing else was added, nothing lost.
      #expect(contents(of: folder + "/log.txt") == all + rest)
      #expect(result.progress.bytes == all.count + rest.count - 3)
      #expect(recording.events.contains(.lost(peer.path)))
    }
  }

  @Test func aPortThatIsNotThereYetIsAwaited() throws {
    try withFolder { folder in
      let peer = try Peer(path: folder + "/port")
      peer.unplug()
      let options = CaptureOptions(port: peer.path)
      let file = try CaptureFile(path: folder + "/log.txt", existing: .refuse)
      let recording = try CaptureThread(options, into: file)
      try #require(recording.awaits { !$0.isEmpty })
      guard case .waiting(let failure) = recording.events[0] else {
        Issue.record("\(recording.events)")
        return
      }
      #expect(failure.rule == CaptureRule.absent.rawValue)
      try peer.plugIn()
      try #require(recording.awaitsConnection())
      peer.send(captureLog(inferences: 1))
      #expect(try recording.result().reconnects == 0)
      // One message, however often it was tried.
      #expect(recording.events.count { if case .waiting = $0 { true } else { false } } == 1)
    }
  }

  /// udev names a board by what it is; it comes back under that name with another number.
  @Test func aBoardIsFoundUnderItsNextNumber() throws {
    try withFolder { folder in
      let links = folder + "/serial/by-id"
      try FileManager.default.createDirectory(atPath: links, withIntermediateDirectories: true)
      let name = links + "/usb-Raspberry_Pi_Pico_E66-if00"
      let peer = try Peer(path: folder + "/ttyACM0")
      try FileManager.default.createSymbolicLink(
        atPath: name, withDestinationPath: "../../ttyACM0")
      let recording = try recording(peer, folder)
      peer.send("one\n")
      try #require(recording.awaitsBytes(4))
      let next = try Peer(path: folder + "/ttyACM1")
      unlink(name)
      try FileManager.default.createSymbolicLink(
        atPath: name, withDestinationPath: "../../ttyACM1")
      peer.unplug()
      try #require(recording.awaitsConnection(2))
      #expect(recording.events.contains(.connected(name)))
      let log = captureLog(inferences: 1)
      next.send(log)
      #expect(try recording.result().reconnects == 1)
      #expect(contents(of: folder + "/log.txt") == Array("one\n".utf8) + log)
    }
  }

  @Test func theStopSignalStopsAndKeepsWhatCame() throws {
    try withFolder { folder in
      let peer = try Peer(path: folder + "/port")
      let recording = try recording(peer, folder) { $0.stopsAtEnd = false }
      let log = captureLog(inferences: 10)
      peer.send(log + log)
      try #require(recording.awaitsBytes(2 * log.count))
      recording.stop.give()
      let result = try recording.result()
      #expect(result.reason == .stopSignal)
      #expect(result.progress.ends == 2)
      #expect(result.progress.restarts == 0)
      #expect(contents(of: folder + "/log.txt") == log + log)
    }
  }

  @Test func theStopSignalEndsWaitingToo() throws {
    try withFolder { folder in
      let file = try CaptureFile(path: folder + "/log.txt", existing: .refuse)
      let recording = try CaptureThread(CaptureOptions(port: folder + "/none"), into: file)
      try #require(recording.awaits { !$0.isEmpty })
      recording.stop.give()
      #expect(try recording.result().reason == .stopSignal)
      // Nothing came: no empty file is left behind.
      #expect(!FileManager.default.fileExists(atPath: folder + "/log.txt"))
    }
  }

  @Test func aTimeoutGivesUp() throws {
    try withFolder { folder in
      let peer = try Peer(path: folder + "/port")
      let recording = try recording(peer, folder) { $0.timeout = .milliseconds(30) }
      #expect(try recording.result().reason == .timeout)
      var options = CaptureOptions(port: folder + "/none")
      options.timeout = .milliseconds(30)
      let file = try CaptureFile(path: folder + "/log.txt", existing: .refuse)
      #expect(try CaptureThread(options, into: file).result().reason == .timeout)
    }
  }

  @Test func commandsAreSentOnce() throws {
    try withFolder { folder in
      let peer = try Peer(path: folder + "/port")
      let greeting = Array("plan default\nstart\n".utf8)
      let recording = try recording(peer, folder) { $0.greeting = greeting }
      #expect(peer.receive(greeting.count) == greeting)
      peer.unplug()
      try peer.plugIn()
      try #require(recording.awaitsConnection(2))
      peer.send(captureLog(inferences: 1))
      #expect(try recording.result().unsent == 0)
      var list = pollfd(fd: peer.master, events: Int16(POLLIN), revents: 0)
      #expect(poll(&list, 1, 0) == 0 || list.revents & Int16(POLLIN) == 0)
    }
  }

  @Test(arguments: [9600, 115_200, 230_400])
  func theSpeedIsSetAndTheLineIsRaw(baud: Int) throws {
    try withFolder { folder in
      let peer = try Peer(path: folder + "/port")
      let recording = try recording(peer, folder) { $0.baud = BaudRate(baud) ?? .standard }
      var settings = peer.settings
      let code = try #require(BaudRate(baud)).code
      #expect(cfgetospeed(&settings) == code)
      #expect(cfgetispeed(&settings) == code)
      #expect(settings.c_lflag & tcflag_t(ICANON | ECHO | ISIG | IEXTEN) == 0)
      #expect(settings.c_iflag & tcflag_t(IXON | IXOFF | ICRNL | INLCR | IGNCR | ISTRIP) == 0)
      #expect(settings.c_oflag & tcflag_t(OPOST) == 0)
      #expect(settings.c_cflag & tcflag_t(CSIZE) == tcflag_t(CS8))
      #expect(settings.c_cflag & (tcflag_t(PARENB | CSTOPB) | tcflag_t(CRTSCTS)) == 0)
      recording.stop.give()
      _ = try recording.result()
    }
  }

  @Test func onlySpeedsThatTheSystemKnows() {
    #expect(BaudRate.standard == BaudRate(115_200))
    #expect(BaudRate(115_201) == nil)
    #expect(BaudRate(0) == nil)
    #expect(BaudRate(-9600) == nil)
    let all = BaudRate.all.map(\.bitsPerSecond)
    #expect(all == all.sorted())
  }
}
