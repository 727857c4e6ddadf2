@testable import Ingest
@testable import Support

extension Target {
  /// Logs as files come: packed, in archives, in UTF-16. Each is read whole and as a stream.
  static let archives = Target(name: "archives") { bytes in
    let files = read(BytesInMemory(bytes))
    for file in files {
      RunCheck.check(file, lines: file.account.total)
      require(
        file.recognition.dialect != .unknown || !file.diagnostics.isEmpty,
        "nothing was read, and nothing is said")
      require(file.bytes <= 64 << 20, "\(file.bytes) bytes came out")
    }
    _ = read(StreamInSteps(bytes: bytes))
  }
}

private func read(_ bytes: any ReadableBytes) -> [IngestedFile] {
  do throws(Diagnostic) {
    let source = try LogSource(bytes, limit: UnpackLimit(free: 1 << 20, ratio: 100))
    return Ingestor().read(source, path: "-", amongst: 2) { _ in }.map(\.file)
  } catch {
    require(!error.message.isEmpty && !error.remedy.isEmpty, "\(error)")
    return []
  }
}

/// A stream that gives a little at a time.
private struct StreamInSteps: ReadableBytes {
  let bytes: [UInt8]

  var size: Int? { nil }

  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) -> Int {
    let part = bytes[min(offset, bytes.count)...].prefix(min(buffer.count, 1 + offset % 701))
    buffer.copyBytes(from: part)
    return part.count
  }
}
