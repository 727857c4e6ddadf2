import Foundation
import Support
import TestSupport
import Testing

@Suite struct SystemPathTests {
  private static let names: [[UInt8]] = [
    Array("plain.txt".utf8), Array("ü😀.txt".utf8), [0x61, 0xFF, 0x62], [0xC3], [0xE2, 0x82, 0x41],
    [0xED, 0xA0, 0x80], [0xF4, 0x8F, 0xB8, 0x80, 0xF4, 0x8F, 0xBB, 0xBF, 0x80],
  ]

  @Test(arguments: names) func everyNameComesBack(name: [UInt8]) {
    let text = SystemPath.text(name)
    #expect(
      text.withSystemPath { Array(UnsafeBufferPointer(start: $0, count: strlen($0))) }
        == name.map(CChar.init(bitPattern:)))
  }

  @Test func filesAreFoundAndShown() throws {
    try withFolder { folder in
      let path = folder + "/" + SystemPath.text([0x61, 0xFF, 0x2E, 0x74])
      #expect(printable(path, limit: .max) == folder + "/a\\xff.t")
      try OutputFiles.write([1, 2], to: path)
      #expect(OutputFiles.names(in: folder) == [String(path.dropFirst(folder.count + 1))])
      #expect(OutputFiles.size(of: path) == 2 && FileIdentity(of: path) != nil)
      #expect(FolderTree.files(in: folder, ending: ".t") == [path])
      try OutputFiles.remove(path)
      #expect(OutputFiles.names(in: folder) == [])
    }
  }
}
