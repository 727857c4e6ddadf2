import Synchronization

/// Draws each form of a figure at most once, and remembers what failed.
final class FigureCache: Sendable {
  private struct State {
    var drawings: [FigureForm: Result<[UInt8]?, FigureFailure>] = [:]
    var failures: [FigureFailure] = []
  }

  private let source: any FigureSource
  private let state = Mutex(State())

  init(_ source: any FigureSource) { self.source = source }

  var failures: [FigureFailure] { state.withLock(\.failures) }

  func drawing(_ form: FigureForm) throws(FigureFailure) -> [UInt8]? {
    if let held = state.withLock({ $0.drawings[form] }) { return try held.get() }
    // Outside the lock: a source may take long. Two who ask at once draw the same bytes twice.
    let result: Result<[UInt8]?, FigureFailure>
    do throws(FigureFailure) {
      result = .success(try source.drawing(form))
    } catch {
      result = .failure(error)
      note(error)
    }
    state.withLock { $0.drawings[form] = result }
    return try result.get()
  }

  /// Characters depend on the width and cost little: they are not kept.
  func text(width: Int, unicode: Bool) throws(FigureFailure) -> TextDrawing? {
    do throws(FigureFailure) {
      return try source.text(width: width, unicode: unicode)
    } catch {
      note(error)
      throw error
    }
  }

  private func note(_ failure: FigureFailure) {
    state.withLock { state in
      if !state.failures.contains(failure) { state.failures.append(failure) }
    }
  }
}
