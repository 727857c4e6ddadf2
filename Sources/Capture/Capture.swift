// Records a serial port byte for byte, with reconnects. What the bytes mean is Ingest's
// business.

import Ingest
import Support

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// What shall be recorded, and how long.
public struct CaptureOptions: Sendable {
  /// The port's device; `-` is standard input.
  public var port: String
  /// Speed of the line.
  public var baud = BaudRate.standard
  /// Stop behind the end line of a log that came from its first line on.
  public var stopsAtEnd = true
  /// Give up when nothing came for so long.
  public var timeout: Duration?
  /// Tell the progress also when nothing came for so long.
  public var tick: Duration?
  /// Sent to the board once, when the port is open for the first time.
  public var greeting: [UInt8] = []
  /// The ports of this machine.
  public var ports = SerialPorts()

  /// Records `port` at the usual speed until the end line.
  public init(port: String) { self.port = port }
}

/// What happens while a log is recorded.
public enum CaptureEvent: Sendable, Equatable {
  /// The port is open, under this name.
  case connected(String)
  /// The port that was open is gone.
  case lost(String)
  /// The port cannot be opened, for this reason; it is tried again and again.
  case waiting(Diagnostic)
  /// Bytes came, or the tick passed.
  case progress(CaptureProgress)
}

/// How a recording ended.
public struct CaptureResult: Sendable, Equatable {
  /// Why a recording stops.
  public enum Reason: Sendable {
    case endLine, stopSignal, timeout, endOfInput
  }

  /// Why it stopped.
  public var reason: Reason
  /// What was recorded.
  public var progress: CaptureProgress
  /// Times the port came back.
  public var reconnects: Int
  /// Bytes of the greeting that the board did not take.
  public var unsent: Int

  /// A recording that ended.
  public init(reason: Reason, progress: CaptureProgress, reconnects: Int, unsent: Int) {
    self.reason = reason
    self.progress = progress
    self.reconnects = reconnects
    self.unsent = unsent
  }
}

/// Records a serial port into a file, byte for byte, through resets and unplugging.
public struct Capture {
  /// Waits between two attempts to open the port: doubled up to the longest.
  private static let shortestWait = Duration.milliseconds(20)
  private static let longestWait = Duration.seconds(1)
  /// Behind the end line the rest of what is on its way is awaited: so long a silence, at most the
  /// longest wait.
  private static let silence = Duration.milliseconds(50)
  private static let chunk = 1 << 14

  private let options: CaptureOptions
  private let file: CaptureFile
  private let stop: StopSignal
  private var meter = CaptureMeter()
  private var source: CaptureSource?
  private var connections = 0
  private var lastingName: String?
  private var greeting: [UInt8]
  private var buffer = [UInt8](repeating: 0, count: chunk)
  private var wait = shortestWait
  private var lastSaid: Diagnostic?

  private init(_ options: CaptureOptions, _ file: CaptureFile, _ stop: StopSignal) {
    self.options = options
    self.file = file
    self.stop = stop
    greeting = options.greeting
  }

  /// Records until the end line of a whole log, the stop signal, the time-out, or the end of standard
  /// input.
  ///
  /// - Throws: when the port is none that can be recorded, or the file cannot be written. What was
  ///   written before stays.
  public static func run(
    _ options: CaptureOptions, into file: CaptureFile, until stop: StopSignal,
    on event: (CaptureEvent) -> Void
  ) throws(Diagnostic) -> CaptureResult {
    var capture = Capture(options, file, stop)
    let reason: CaptureResult.Reason
    do throws(Diagnostic) {
      reason = try capture.record(event)
    } catch {
      // Of two failures the first says more.
      try? file.finish()
      throw error
    }
    capture.meter.finish()
    try file.finish()
    return CaptureResult(
      reason: reason, progress: capture.meter.progress,
      reconnects: max(capture.connections - 1, 0), unsent: capture.greeting.count)
  }

  private mutating func record(
    _ event: (CaptureEvent) -> Void
  ) throws(Diagnostic) -> CaptureResult.Reason {
    let clock = ContinuousClock()
    var lastSign = clock.now
    while true {
      var pause: Duration? = options.timeout.map { $0 - lastSign.duration(to: clock.now) }
      if let pause, pause <= .zero { return .timeout }
      if source == nil, try !connect(event) {
        pause = min(pause ?? wait, wait)
        wait = min(wait * 2, Self.longestWait)
      }
      if let tick = options.tick { pause = min(pause ?? tick, tick) }
      let (isReadable, isWritable, isStopped) = waitForSign(pause)
      if isStopped {
        try drain(silence: .zero, event)
        return .stopSignal
      }
      if isWritable { send() }
      guard isReadable else {
        if options.tick != nil { event(.progress(meter.progress)) }
        continue
      }
      switch try read(event) {
      case .bytes:
        lastSign = clock.now
        wait = Self.shortestWait
        if options.stopsAtEnd, meter.progress.wholeLogs > 0 {
          try drain(silence: Self.silence, event)
          return .endLine
        }
      case .nothing: break
      case .over:
        source = nil
        if options.port == "-" { return .endOfInput }
        event(.lost(options.port))
        // A port that opens and breaks off at once must not be tried without a pause.
        _ = waitForSign(wait)
        wait = min(wait * 2, Self.longestWait)
      }
    }
  }

  /// Opens the port; false when it is not there.
  private mutating func connect(_ event: (CaptureEvent) -> Void) throws(Diagnostic) -> Bool {
    if options.port == "-" {
      source = .standardInput
      connections = 1
      return true
    }
    var failure: Diagnostic?
    for path in [lastingName, options.port].compactMap({ $0 }) {
      do throws(Diagnostic) {
        let port = try SerialPort(path: path, baud: options.baud)
        if connections > 0 {
          let lineBreak = meter.breakOff()
          try file.write(lineBreak.span)
        }
        source = .port(port)
        connections += 1
        lastSaid = nil
        lastingName = lastingName ?? options.ports.lastingName(of: path)
        event(.connected(path))
        return true
      } catch {
        failure = error
      }
    }
    guard let failure else { return false }
    // A device that comes back belongs to root until udev has set its group.
    let rule = CaptureRule(rawValue: failure.rule)
    let mayPass = rule == .absent || rule == .system && connections > 0
    guard mayPass else { throw failure }
    if failure != lastSaid {
      lastSaid = failure
      event(.waiting(failure))
    }
    return false
  }

  /// Waits for the port, the stop signal, or the end of the pause.
  private func waitForSign(_ pause: Duration?) -> (readable: Bool, writable: Bool, stopped: Bool) {
    var wanted = Int16(POLLIN)
    if !greeting.isEmpty, source?.isWritable == true { wanted |= Int16(POLLOUT) }
    var list = [
      pollfd(fd: stop.descriptor, events: Int16(POLLIN), revents: 0),
      // A negative descriptor is passed over.
      pollfd(fd: source?.descriptor ?? -1, events: wanted, revents: 0),
    ]
    guard poll(&list, nfds_t(list.count), Self.milliseconds(pause)) > 0 else {
      return (false, false, false)
    }
    let port = Int32(list[1].revents)
    return (port & ~POLLOUT != 0, port & POLLOUT != 0, list[0].revents != 0)
  }

  /// For poll(2): rounded up, -1 for ever.
  private static func milliseconds(_ pause: Duration?) -> Int32 {
    guard let pause else { return -1 }
    let parts = pause.components
    guard parts.seconds < 1_000_000 else { return 1_000_000_000 }
    let rest = (parts.attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
    return Int32(max(parts.seconds * 1000 + rest, 0))
  }

  private enum Reading { case bytes, nothing, over }

  /// Takes what is there, up to a chunk.
  private mutating func read(_ event: (CaptureEvent) -> Void) throws(Diagnostic) -> Reading {
    guard let descriptor = source?.descriptor else { return .nothing }
    let count = buffer.withUnsafeMutableBytes { raw in
      // Bounds: at most raw.count bytes from its start.
      systemRead(descriptor, raw.baseAddress, raw.count)
    }
    if count < 0 { return errno == EAGAIN || errno == EINTR ? .nothing : .over }
    guard count > 0 else { return .over }
    // Shared, not copied; keeps the span free of overlapping access to self.
    let buffer = self.buffer
    let bytes = buffer.span.extracting(0..<count)
    try file.write(bytes)
    meter.take(bytes)
    event(.progress(meter.progress))
    return .bytes
  }

  /// Takes what has come but was not read, until nothing came for so long.
  private mutating func drain(
    silence: Duration, _ event: (CaptureEvent) -> Void
  ) throws(Diagnostic) {
    let clock = ContinuousClock()
    let limit = clock.now.advanced(by: Self.longestWait)
    while clock.now < limit, source != nil {
      var list = [
        pollfd(fd: source?.descriptor ?? -1, events: Int16(POLLIN), revents: 0)
      ]
      guard poll(&list, 1, Self.milliseconds(silence)) > 0, try read(event) == .bytes else {
        return
      }
    }
  }

  /// Sends what the port takes of the greeting.
  private mutating func send() {
    guard let descriptor = source?.descriptor else { return }
    let count = greeting.withUnsafeBytes { raw in
      systemWrite(descriptor, raw.baseAddress, raw.count)
    }
    if count > 0 { greeting.removeFirst(count) }
  }
}

/// What is read from.
private enum CaptureSource {
  case standardInput
  case port(SerialPort)

  var descriptor: Int32 {
    switch self {
    case .standardInput: STDIN_FILENO
    case .port(let port): port.descriptor
    }
  }

  var isWritable: Bool {
    if case .port = self { true } else { false }
  }
}

private func systemRead(_ descriptor: Int32, _ bytes: UnsafeMutableRawPointer?, _ count: Int) -> Int
{ read(descriptor, bytes, count) }

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}
