@testable import Ingest
@testable import Support

extension Target {
  /// Parts of logs: as they come, and sealed with the right checksum.
  static let part = Target(name: "part") { bytes in
    checkPart(bytes)
    let text = String(decoding: bytes, as: UTF8.self)
    checkPart(Array((PartHeader(program: "fuzz 1", body: text).text + text).utf8))
  }
}

/// What can be read of a part can be written, and is the same then.
private func checkPart(_ bytes: [UInt8]) {
  do throws(Diagnostic) {
    let part = try Part.read(BytesInMemory(bytes), path: "-", program: "fuzz 1")
    guard let text = try? Part.text(of: part.readings, program: "fuzz 1") else {
      return require(false, "what was read cannot be written")
    }
    let again = try Part.read(BytesInMemory(Array(text.utf8)), path: "-", program: "fuzz 1")
    require(again.readings == part.readings, "a part changes when it is written again")
  } catch {
    require(PartRule(rawValue: error.rule) != nil, "\(error.rule) is no rule of parts")
    require(error.file == "-" && !error.message.isEmpty && !error.remedy.isEmpty, "\(error)")
  }
}
