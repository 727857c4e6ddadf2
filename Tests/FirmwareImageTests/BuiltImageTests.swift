import Core
import Foundation
import TestSupport
import Testing

@testable import FirmwareImage

/// Images that the firmware's build made: those in build/firmware, or the one that
/// PICO2_BENCHMARK_ELF names.
@Suite struct BuiltImageTests {
  private static let paths: [String] = {
    if let named = ProcessInfo.processInfo.environment["PICO2_BENCHMARK_ELF"] { return [named] }
    let folder = Checkout.path("build/firmware")
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
    // Images for QEMU, in folders of other names, obey other rules.
    return names.filter { name in
      name.hasSuffix("/firmware.elf") && Board.withImages.contains { name.contains($0.id) }
    }.sorted().map { "\(folder)/\($0)" }
  }()

  @Test(
    .enabled(
      if: !paths.isEmpty,
      "no image: run 'make firmware BOARD=pico2', or set PICO2_BENCHMARK_ELF to an ELF file"),
    arguments: paths)
  func builtImagesBreakNoRule(_ path: String) throws {
    let file = try ELFFile([UInt8](try Data(contentsOf: URL(fileURLWithPath: path))))
    let board = try #require(Board.withImages.first { path.contains($0.id) } ?? Board.all.first)
    #expect(ImageRules(file, board: board).check() == [])
    let uf2 = UF2File(file)
    #expect(try UF2File(uf2.bytes) == uf2)
    // All that flash holds is in the pages, which have no gaps.
    let first = try #require(uf2.pages.first).address
    let bytes = uf2.pages.flatMap(\.bytes)
    for segment in file.segments {
      try #require(segment.storedAt >= first)
      let start = Int(segment.storedAt - first)
      try #require(start + segment.bytes.count <= bytes.count)
      #expect(bytes[start..<start + segment.bytes.count] == file.bytes[segment.bytes])
    }
  }
}
