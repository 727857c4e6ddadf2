import Models
import Support

/// The diagnostic with which `body` ends; nil where it succeeds.
public func refusal<R>(_ body: () throws(Diagnostic) -> R) -> Diagnostic? {
  do throws(Diagnostic) {
    _ = try body()
    return nil
  } catch {
    return error
  }
}

extension Diagnostic {
  /// Says what and what to do, in text that can be shown.
  public var isHelpful: Bool {
    let isClean = (headline + remedy).unicodeScalars.allSatisfy {
      $0.properties.generalCategory != .control
    }
    return isClean && !rule.isEmpty && !message.isEmpty && !remedy.isEmpty
  }
}
