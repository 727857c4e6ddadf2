import Foundation

/// Ends the process, which libFuzzer records as a crash, unless `condition` holds.
func require(
  _ condition: Bool, _ message: @autoclosure () -> String, line: UInt = #line,
  file: StaticString = #fileID
) {
  guard !condition else { return }
  FileHandle.standardError.write(Data("INVARIANT \(file):\(line): \(message())\n".utf8))
  fatalError("broken invariant")
}

/// The value of an environment variable.
func environment(_ name: String) -> String? { ProcessInfo.processInfo.environment[name] }

/// The cells of a buffer in pieces whose lengths follow from its content, so that the same input is
/// always cut in the same places.
func pieces(_ bytes: [UInt8], longest: Int = 7) -> [ArraySlice<UInt8>] {
  var result: [ArraySlice<UInt8>] = []
  var state: UInt32 = 2_166_136_261
  var start = 0
  while start < bytes.count {
    state = (state ^ UInt32(bytes[start])) &* 16_777_619
    let end = min(bytes.count, start + 1 + Int(state >> 8) % longest)
    result.append(bytes[start..<end])
    start = end
  }
  return result
}
