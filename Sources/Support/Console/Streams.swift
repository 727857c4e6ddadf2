#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Where text goes: a stream of the process, or a string in a test.
package protocol TextStream {
  mutating func write(_ text: String)
}

/// A stream in memory.
package struct MemoryStream: TextStream {
  package var text = ""

  package init() {}

  package mutating func write(_ text: String) { self.text += text }
}

/// Standard output or standard error, buffered.
package struct StandardStream: TextStream {
  package let descriptor: Int32
  private var pending: [UInt8] = []
  /// Error number of the first write that failed; nothing is written after it. A closed pipe
  /// (`analyze ... | head`) is no failure.
  package private(set) var failure: Int32?
  private var isClosed = false

  package init(descriptor: Int32) { self.descriptor = descriptor }

  package mutating func write(_ text: String) { add(text.utf8) }

  package mutating func write(_ bytes: [UInt8]) { add(bytes) }

  private mutating func add(_ bytes: some Sequence<UInt8>) {
    pending.append(contentsOf: bytes)
    if pending.count > 1 << 16 || descriptor == STDERR_FILENO { flush() }
  }

  /// Hands everything to the system.
  package mutating func flush() {
    var start = 0
    while start < pending.count, !isClosed {
      let written = pending.withUnsafeBytes { raw in
        // Bounds: start < pending.count = raw.count.
        systemWrite(descriptor, raw.baseAddress.map { $0 + start }, raw.count - start)
      }
      if written < 0 {
        let number = errno
        if number == EINTR { continue }
        if number == EAGAIN {
          // Somebody else made the descriptor non-blocking: wait until it takes more.
          var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
          _ = poll(&wait, 1, -1)
          continue
        }
        isClosed = true
        if number != EPIPE { failure = number }
        break
      }
      start += written
    }
    pending.removeAll(keepingCapacity: true)
  }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}
