import Models

/// The diagnostic with which `body` ends; nil where it succeeds.
public func refusal<R>(_ body: () throws(ModelDiagnostic) -> R) -> ModelDiagnostic? {
  do throws(ModelDiagnostic) {
    _ = try body()
    return nil
  } catch {
    return error
  }
}

extension ModelDiagnostic {
  /// Says what and what to do, in text that can be shown.
  public var isHelpful: Bool {
    let isClean = (headline + remedy).unicodeScalars.allSatisfy {
      $0.properties.generalCategory != .control
    }
    return isClean && !rule.isEmpty && !message.isEmpty && !remedy.isEmpty
  }
}
