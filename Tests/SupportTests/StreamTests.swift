import Foundation
import Support
import TestSupport
import Testing

@Suite(.serialized) struct StreamTests {
  @Test func everythingArrives() throws {
    try withFile("a", "") { path in
      let descriptor = open(path, O_WRONLY)
      var stream = StandardStream(descriptor: descriptor)
      let line = String(repeating: "x", count: 999) + "\n"
      for _ in 0..<200 { stream.write(line) }
      stream.flush()
      close(descriptor)
      #expect(stream.failure == nil)
      try #expect(
        String(contentsOfFile: path, encoding: .utf8) == String(repeating: line, count: 200))
    }
  }

  @Test func theFirstFailureIsKept() {
    var stream = StandardStream(descriptor: -1)
    stream.write("x")
    stream.flush()
    #expect(stream.failure == EBADF)
  }

  @Test func memoryKeepsTheText() {
    var stream = MemoryStream()
    stream.write("a")
    stream.write("b")
    #expect(stream.text == "ab")
  }
}
