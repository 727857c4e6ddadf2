import Foundation
import Support
import TestSupport
import Testing

/// Files are replaced as a whole, and stay what they were.
@Suite struct AtomicFileTests {
  @Test func readerOfTheOldFileSeesItToTheEnd() throws {
    try withFile("a", "old content") { path in
      let reader = try #require(FileHandle(forReadingAtPath: path))
      try OutputFiles.write(Array("new".utf8), to: path)
      let read = try reader.readToEnd()
      #expect(read == Data("old content".utf8))
      try #expect(Files.text(path) == "new")
      try #expect(Files.names((path as NSString).deletingLastPathComponent) == ["a"])
    }
  }

  @Test func permissionsStay() throws {
    try withFile("a", "old") { path in
      chmod(path, 0o640)
      try OutputFiles.write(Array("new".utf8), to: path)
      var status = stat()
      #expect(stat(path, &status) == 0 && status.st_mode & 0o7777 == 0o640)
      // A new file gets what the umask leaves, as any other.
      let folder = (path as NSString).deletingLastPathComponent
      try OutputFiles.write([1], to: folder + "/b")
      var b = stat()
      #expect(stat(folder + "/b", &b) == 0)
      let descriptor = open(folder + "/c", O_CREAT | O_WRONLY, 0o666)
      close(descriptor)
      var c = stat()
      #expect(stat(folder + "/c", &c) == 0 && b.st_mode == c.st_mode)
    }
  }

  @Test func linksStayLinks() throws {
    try withFile("target", "old") { path in
      let folder = (path as NSString).deletingLastPathComponent
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/link", withDestinationPath: "target")
      try FileManager.default.linkItem(atPath: path, toPath: folder + "/twin")
      try OutputFiles.write(Array("new".utf8), to: folder + "/link")
      let destination = try FileManager.default.destinationOfSymbolicLink(
        atPath: folder + "/link")
      #expect(destination == "target")
      // Both names of the file still lead to one.
      try #expect(Files.text(path) == "new")
      try #expect(Files.text(folder + "/twin") == "new")
      // A link to nothing makes its target.
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/dangling", withDestinationPath: folder + "/made")
      try OutputFiles.write(Array("x".utf8), to: folder + "/dangling")
      try #expect(Files.text(folder + "/made") == "x")
    }
  }

  @Test(.enabled(if: geteuid() != 0, "root may write everywhere"))
  func protectedFileIsNotReplaced() throws {
    try withFile("a", "old") { path in
      chmod(path, 0o400)
      #expect(throws: SystemFailure.self) { try OutputFiles.write([1], to: path) }
      try #expect(Files.text(path) == "old")
    }
  }

  @Test func failureLeavesNoTrace() throws {
    try withFolder { folder in
      try FileManager.default.createDirectory(
        atPath: folder + "/sub", withIntermediateDirectories: true)
      #expect(throws: SystemFailure.self) { try OutputFiles.write([1], to: folder + "/sub") }
      try #expect(Files.names(folder) == ["sub"])
    }
  }

  /// `-o /dev/stdout >> file` must not empty the file.
  @Test func anOpenFileIsWrittenBehind() throws {
    try withFile("a.txt", "before\n") { path in
      let descriptor = open(path, O_WRONLY | O_APPEND)
      try OutputFiles.write(Array("after\n".utf8), to: "/dev/fd/\(descriptor)")
      close(descriptor)
      try #expect(String(contentsOfFile: path, encoding: .utf8) == "before\nafter\n")
    }
  }
}
