import Foundation
import Support
import TestSupport
import Testing

@testable import Models

/// The diagnostic with which reading `bytes` ends; nil where they are a model.
func refusal(_ bytes: [UInt8]) -> Diagnostic? {
  do throws(Diagnostic) {
    _ = try TFLiteReader.read(bytes: bytes)
    return nil
  } catch {
    return error
  }
}

extension Diagnostic {
  /// Says where it is besides what it is and what to do.
  var isPlacedAndHelpful: Bool {
    let hasPlace = place.offset != nil || place.operatorIndex != nil || place.tensorIndex != nil
    return hasPlace && isHelpful
  }
}
