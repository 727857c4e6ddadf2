import Engine
import Foundation

/// What the second core is in a test.
package enum Cores: CaseIterable {
  case one
  /// The second half at once, then the first.
  case sequential
  /// The second half in a thread, at the same time.
  case thread

  package var other: OtherCore? {
    switch self {
    case .one: nil
    case .sequential: OtherCore(start: { body, context in body(context) }, wait: {})
    case .thread: OtherThread.core
    }
  }
}

/// One thread that stands for the other core: one test at a time uses it.
enum OtherThread {
  private nonisolated(unsafe) static var body: OtherCore.Body?
  private nonisolated(unsafe) static var context: UnsafeMutableRawPointer?
  private static let begin = DispatchSemaphore(value: 0)
  private static let end = DispatchSemaphore(value: 0)
  private static let turn = NSLock()
  private static let started: Void = {
    Thread.detachNewThread {
      while true {
        begin.wait()
        body?(context)
        end.signal()
      }
    }
  }()

  static var core: OtherCore {
    OtherCore(
      start: { body, context in
        OtherThread.started
        OtherThread.body = body
        OtherThread.context = context
        OtherThread.begin.signal()
      }, wait: { OtherThread.end.wait() })
  }

  static func whileMine<R>(_ work: () throws -> R) rethrows -> R {
    turn.lock()
    defer { turn.unlock() }
    return try work()
  }
}
