import Foundation
import Support
import TestSupport
import Testing

@Suite struct OutputFilesTests {
  @Test func errorNumbersHaveWords() {
    #expect(OutputFiles.words(EACCES) == "permission denied")
    #expect(OutputFiles.words(ENOSPC) == "No space left on device")
  }

  @Test func foldersOnTheWayAreMade() throws {
    try withFolder { folder in
      try OutputFiles.write([1, 2], to: folder + "/a/b/c")
      #expect(OutputFiles.names(in: folder + "/a/b") == ["c"])
      #expect(OutputFiles.isFolder(folder + "/a/b"))
      #expect(OutputFiles.kind(of: folder + "/a/b/c") == .file)
      do {
        try OutputFiles.makeFolder(folder + "/a/b/c/d")
        Issue.record("a file became a folder")
      } catch let error as SystemFailure {
        #expect(error.words == "'\(folder)/a/b/c' is a file, not a folder")
      }
    }
  }

  @Test(.timeLimit(.minutes(1))) func smallFilesArePlainAndSmall() throws {
    try withFile("a", "1234") { path in
      #expect(SmallFile.bytes(of: path, atMost: 4) == Array("1234".utf8))
      #expect(SmallFile.bytes(of: path, atMost: 3) == nil)
      #expect(SmallFile.bytes(of: path + "x", atMost: 4) == nil)
      #expect(mkfifo(path + "-pipe", 0o600) == 0)
      #expect(SmallFile.bytes(of: path + "-pipe", atMost: 4) == nil)
      #expect(symlink(path, path + "-link") == 0)
      #expect(SmallFile.bytes(of: path + "-link", atMost: 4) == nil)
    }
  }

  @Test func piecesFollowEachOther() throws {
    try withFile("a", "12345") { path in
      let descriptor = open(path, O_RDONLY)
      #expect(Descriptor.next(descriptor, atMost: 3) == Array("123".utf8))
      #expect(Descriptor.next(descriptor, atMost: 3) == Array("45".utf8))
      #expect(Descriptor.next(descriptor, atMost: 3) == [])
      close(descriptor)
      #expect(Descriptor.next(descriptor, atMost: 3) == nil)
    }
  }
}
