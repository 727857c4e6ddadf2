import Models
import Support
import SwiftProtobuf

/// A message in bytes of a file.
enum ProtoMessage {
  /// Decodes a message, what the schema does not name left out; `what` is for messages.
  static func decode<M: Message>(
    _: M.Type, _ bytes: ArraySlice<UInt8>, _ what: String
  ) throws(Diagnostic) -> M {
    var options = BinaryDecodingOptions()
    options.discardUnknownFields = true
    options.messageDepthLimit = 32
    do {
      return try M(serializedBytes: Array(bytes), options: options)
    } catch {
      throw Diagnostic(
        "protobuf", "\(what) cannot be decoded: \(printable("\(error)", limit: 200))",
        remedy: "The file is damaged or cut short: copy it or save the model again.")
    }
  }
}
