import Foundation
import Testing

@testable import Models

/// The diagnostic with which reading `bytes` ends; nil where they are a model.
func refusal(_ bytes: [UInt8]) -> ModelDiagnostic? {
  do throws(ModelDiagnostic) {
    _ = try TFLiteReader.read(bytes: bytes)
    return nil
  } catch {
    return error
  }
}

extension ModelDiagnostic {
  /// Says where, what and what to do, in text that can be shown.
  var isHelpful: Bool {
    let hasPlace = place.offset != nil || place.operatorIndex != nil || place.tensorIndex != nil
    let isClean = (headline + remedy).unicodeScalars.allSatisfy {
      $0.properties.generalCategory != .control
    }
    return hasPlace && isClean && !rule.isEmpty && !message.isEmpty && !remedy.isEmpty
  }
}
