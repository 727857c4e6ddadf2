import Foundation
import Models
import Testing

@testable import ModelFormats

/// A folder that is gone when the test is.
final class ScratchFolder {
  let url = FileManager.default.temporaryDirectory
    .appendingPathComponent("keras-tests-\(UUID().uuidString)")

  init() throws {
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appendingPathComponent(name).path }
}

/// The diagnostic with which `body` ends; nil where it does not throw.
func refusal<T>(_ body: () throws(ModelDiagnostic) -> T) -> ModelDiagnostic? {
  do throws(ModelDiagnostic) {
    _ = try body()
    return nil
  } catch {
    return error
  }
}

extension ModelDiagnostic {
  /// Says what and what to do, in text that can be shown.
  var isHelpful: Bool {
    let isClean = (headline + remedy).unicodeScalars.allSatisfy {
      $0.properties.generalCategory != .control
    }
    return isClean && !rule.isEmpty && !message.isEmpty && !remedy.isEmpty
  }
}
