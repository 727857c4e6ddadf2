import Support
import Synchronization

/// Draws each form of a figure at most once, and remembers what failed.
final class FigureCache: Sendable {
  private struct State {
    var drawings: [FigureForm: Result<[UInt8]?, Diagnostic>] = [:]
    var failures: [Diagnostic] = []
  }

  private let source: any FigureSource
  private let state = Mutex(State())

  init(_ source: any FigureSource) { self.source = source }

  var failures: [Diagnostic] { state.withLock(\.failures) }

  func drawing(_ form: FigureForm) throws(Diagnostic) -> [UInt8]? {
    if let held = state.withLock({ $0.drawings[form] }) { return try held.get() }
    // Outside the lock: a source may take long. Two who ask at once draw the same bytes twice.
    let result: Result<[UInt8]?, Diagnostic>
    do throws(Diagnostic) {
      result = .success(try source.drawing(form))
    } catch {
      result = .failure(error)
      note(error)
    }
    state.withLock { $0.drawings[form] = result }
    return try result.get()
  }

  /// Characters depend on the width and cost little: they are not kept.
  func text(width: Int, unicode: Bool) throws(Diagnostic) -> TextDrawing? {
    do throws(Diagnostic) {
      return try source.text(width: width, unicode: unicode)
    } catch {
      note(error)
      throw error
    }
  }

  private func note(_ failure: Diagnostic) {
    state.withLock { state in
      if !state.failures.contains(failure) { state.failures.append(failure) }
    }
  }
}
