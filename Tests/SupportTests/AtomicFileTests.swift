import Foundation
import Support
import Testing

/// Files are replaced as a whole, and stay what they were.
@Suite struct AtomicFileTests {
  private static func names(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }

  private static func text(_ path: String) throws -> String {
    try String(contentsOfFile: path, encoding: .utf8)
  }

  @Test func readerOfTheOldFileSeesItToTheEnd() throws {
    try Folder.withFile("a", "old content") { path in
      let reader = try #require(FileHandle(forReadingAtPath: path))
      try OutputFiles.write(Array("new".utf8), to: path)
      let read = try reader.readToEnd()
      #expect(read == Data("old content".utf8))
      try #expect(Self.text(path) == "new")
      try #expect(Self.names((path as NSString).deletingLastPathComponent) == ["a"])
    }
  }

  @Test func permissionsStay() throws {
    try Folder.withFile("a", "old") { path in
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
    try Folder.withFile("target", "old") { path in
      let folder = (path as NSString).deletingLastPathComponent
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/link", withDestinationPath: "target")
      try FileManager.default.linkItem(atPath: path, toPath: folder + "/twin")
      try OutputFiles.write(Array("new".utf8), to: folder + "/link")
      let destination = try FileManager.default.destinationOfSymbolicLink(
        atPath: folder + "/link")
      #expect(destination == "target")
      // Both names of the file still lead to one.
      try #expect(Self.text(path) == "new")
      try #expect(Self.text(folder + "/twin") == "new")
      // A link to nothing makes its target.
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/dangling", withDestinationPath: folder + "/made")
      try OutputFiles.write(Array("x".utf8), to: folder + "/dangling")
      try #expect(Self.text(folder + "/made") == "x")
    }
  }

  @Test(.enabled(if: geteuid() != 0, "root may write everywhere"))
  func protectedFileIsNotReplaced() throws {
    try Folder.withFile("a", "old") { path in
      chmod(path, 0o400)
      #expect(throws: SystemFailure.self) { try OutputFiles.write([1], to: path) }
      try #expect(Self.text(path) == "old")
    }
  }

  @Test func failureLeavesNoTrace() throws {
    try Folder.withFolder { folder in
      try FileManager.default.createDirectory(
        atPath: folder + "/sub", withIntermediateDirectories: true)
      #expect(throws: SystemFailure.self) { try OutputFiles.write([1], to: folder + "/sub") }
      try #expect(Self.names(folder) == ["sub"])
    }
  }

  /// `-o /dev/stdout >> file` must not empty the file.
  @Test func anOpenFileIsWrittenBehind() throws {
    try Folder.withFile("a.txt", "before\n") { path in
      let descriptor = open(path, O_WRONLY | O_APPEND)
      try OutputFiles.write(Array("after\n".utf8), to: "/dev/fd/\(descriptor)")
      close(descriptor)
      try #expect(String(contentsOfFile: path, encoding: .utf8) == "before\nafter\n")
    }
  }
}
