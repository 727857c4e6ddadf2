import Foundation

/// A serial line at the board's end: the master of a pseudo-terminal. As on a UART, what the board sends
/// while nobody listens is gone.
final class SerialLine: @unchecked Sendable {
  /// The other end.
  let port: String
  private let master: Int32
  private let condition = NSCondition()
  private var isHeard = false
  private var isOver = false
  private var isReady = false
  private var lost = 0
  /// Bytes that the board sends into the void; then it waits until somebody listens.
  private let lostBytes: Int
  /// Bytes that the host is known to send once it listens: the board waits for them.
  private var expected: Int

  init(losing lostBytes: Int = .max, expecting expected: Int) throws {
    self.lostBytes = lostBytes
    self.expected = expected
    var (master, slave): (Int32, Int32) = (-1, -1)
    guard openpty(&master, &slave, nil, nil, nil) == 0, let name = ttyname(slave) else {
      throw POSIXError(.ENODEV)
    }
    var settings = termios()
    tcgetattr(slave, &settings)
    cfmakeraw(&settings)
    tcsetattr(slave, TCSANOW, &settings)
    port = String(cString: name)
    close(slave)
    _ = fcntl(master, F_SETFL, O_NONBLOCK)
    self.master = master
  }

  deinit { close(master) }

  /// The board has started.
  func start() { change { isReady = true } }

  /// Somebody listens from now on: when the board has started, or sends into the void no more.
  func connect() {
    change {
      while !isReady, lost < lostBytes { condition.wait() }
      isHeard = true
    }
  }

  /// The board need not wait for anybody any more.
  func end() { change { isOver = true } }

  var hasEnded: Bool { condition.withLock { isOver } }

  private func change(_ body: () -> Void) {
    condition.withLock {
      body()
      condition.broadcast()
    }
  }

  func put(_ byte: UInt8) {
    let arrives = condition.withLock {
      while !isHeard, !isOver, lost >= lostBytes { condition.wait() }
      if !isHeard {
        lost += 1
        condition.broadcast()
      }
      return isHeard
    }
    guard arrives else { return }
    var byte = byte
    // Full until the host reads, which it does not when the test is over.
    while write(master, &byte, 1) != 1, !hasEnded {
      var list = pollfd(fd: master, events: Int16(POLLOUT), revents: 0)
      _ = poll(&list, 1, 50)
    }
  }

  func get() -> UInt8? {
    guard condition.withLock({ isHeard && !isOver }) else { return nil }
    var list = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    guard poll(&list, 1, expected > 0 ? 20_000 : 0) > 0, list.revents & Int16(POLLIN) != 0 else {
      return nil
    }
    var byte: UInt8 = 0
    guard read(master, &byte, 1) == 1 else { return nil }
    expected -= 1
    return byte
  }
}
