import Support
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Tells a recording to stop, from a signal handler or from another thread: a byte in a pipe, which
/// poll(2) can wait for together with the port.
public final class StopSignal: Sendable {
  /// Ready for reading once the recording shall stop.
  let descriptor: Int32
  private let writer: Int32

  /// A signal that was not given yet.
  public init() throws(Diagnostic) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else {
      throw CaptureRule.system.broken(
        "a pipe cannot be made: \(words(ofError: errno))",
        remedy: "Close other programs.")
    }
    (descriptor, writer) = (ends[0], ends[1])
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      // The handler must never wait.
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
  }

  deinit {
    close(descriptor)
    close(writer)
  }

  /// Gives the signal.
  public func give() { writeByte(writer) }

  /// Runs `body`; meanwhile ctrl-C, termination and the closing of the terminal give the signal. A
  /// second ctrl-C ends the process as usual, should the recording hang.
  public func whileCatchingSignals<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    // Also initialises the global, before a handler may need it.
    signalPipe.store(writer, ordering: .sequentiallyConsistent)
    let numbers = [SIGINT, SIGTERM, SIGHUP]
    var previous = numbers.map { _ in sigaction() }
    for (i, number) in numbers.enumerated() {
      var action = sigaction()
      #if os(Linux)
      action.__sigaction_handler.sa_handler = handleSignal
      #else
      action.__sigaction_u.__sa_handler = handleSignal
      #endif
      action.sa_flags = Int32(truncatingIfNeeded: SA_RESETHAND) | Int32(SA_RESTART)
      sigaction(number, nil, &previous[i])
      // What nohup or a shell's background job ignores stays ignored.
      guard !Self.isIgnored(previous[i]) else { continue }
      sigaction(number, &action, nil)
    }
    // A program that was started from a thread of some runtime inherits that thread's mask.
    var mask = sigset_t()
    var previousMask = sigset_t()
    sigemptyset(&mask)
    for number in numbers { sigaddset(&mask, number) }
    pthread_sigmask(SIG_UNBLOCK, &mask, &previousMask)
    defer {
      pthread_sigmask(SIG_SETMASK, &previousMask, nil)
      for (i, number) in numbers.enumerated() { sigaction(number, &previous[i], nil) }
      signalPipe.store(-1, ordering: .sequentiallyConsistent)
    }
    return try body()
  }

  private static func isIgnored(_ action: sigaction) -> Bool {
    #if os(Linux)
    let handler = action.__sigaction_handler.sa_handler
    #else
    let handler = action.__sigaction_u.__sa_handler
    #endif
    // SIG_IGN is the address 1.
    return unsafeBitCast(handler, to: Int.self) == 1
  }
}

/// The pipe that the handler writes to; -1 for none.
private let signalPipe = Atomic<Int32>(-1)

/// Only calls that POSIX allows in a handler (signal-safety(7)): an atomic load and write(2).
private func handleSignal(_ number: Int32) {
  let saved = errno
  let descriptor = signalPipe.load(ordering: .relaxed)
  if descriptor >= 0 { writeByte(descriptor) }
  errno = saved
}

private func writeByte(_ descriptor: Int32) {
  var byte: UInt8 = 0
  _ = write(descriptor, &byte, 1)
}
