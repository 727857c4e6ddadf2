import Support
import Synchronization
import Testing

@Suite struct ProtectedFilesTests {
  /// However many there are, each input and each output is looked at once.
  @Test func protectionLooksAtEachFileOnce() throws {
    let looked = Mutex<[String: Int]>([:])
    let inputs = (0..<300).map { "in\($0)" }
    let outputs = (0..<400).map { "out\($0)" }
    let files = ProtectedFiles(inputs) { path in
      looked.withLock { $0[path, default: 0] += 1 }
      return FileIdentity(of: path == "in7" || path == "out9" ? "/" : "/dev/null/\(path)")
    }
    let failure = #expect(throws: CommandFailure.self) { try files.refuse(outputs) }
    #expect(failure?.status == 2)
    try files.refuse(Array(outputs.dropFirst(10)))
    #expect(looked.withLock { $0.count == 700 && $0.values.allSatisfy { $0 == 1 } })
  }
}
