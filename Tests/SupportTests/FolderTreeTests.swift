import Foundation
import Support
import TestSupport
import Testing

@Suite struct FolderTreeTests {
  @Test func filesAreFoundByTheirEnding() throws {
    try withFolder { folder in
      let names = [
        "1/2/3/4/deep.x", "b/a.x", "b/a.y", "z.X", ".hidden/no.x", "b/.no.x", "x",
        "1/2/3/4/5/deeper.x",
      ]
      for name in names { try OutputFiles.write([1], to: "\(folder)/\(name)") }
      try OutputFiles.makeFolder(folder + "/folder.x")
      let found = ["1/2/3/4/deep.x", "b/a.x", "z.X"].map { "\(folder)/\($0)" }
      #expect(FolderTree.files(in: folder, ending: ".x") == found)
      #expect(FolderTree.files(in: folder + "/", ending: ".X") == found)
      #expect(FolderTree.files(in: folder + "/z.X", ending: ".x").isEmpty)
      #expect(FolderTree.files(in: folder + "/none", ending: ".x").isEmpty)
    }
  }

  @Test(.timeLimit(.minutes(1))) func linksAreFollowedAndLoopsEnd() throws {
    try withFolder { folder in
      try OutputFiles.write([1], to: folder + "/a/one.x")
      try OutputFiles.write([1, 2, 3], to: folder + "/b/two.x")
      for (link, target) in [
        ("a/up", folder), ("c.x", folder + "/b/two.x"), ("d.x", folder + "/none"),
      ] {
        try FileManager.default.createSymbolicLink(
          atPath: "\(folder)/\(link)", withDestinationPath: target)
      }
      let found = FolderTree.files(in: folder, ending: ".x")
      #expect(found == ["a/one.x", "b/two.x", "c.x"].map { "\(folder)/\($0)" })
      #expect(found.map { OutputFiles.size(of: $0) } == [1, 3, 3])
      #expect(OutputFiles.size(of: folder + "/d.x") == 0)
    }
  }
}
