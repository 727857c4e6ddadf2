import Foundation
import TestSupport
import Testing

/// What tests stand on, against numbers and folders that are known.
struct TestSupportTests {
  /// The generator's first number for seed 0, from its authors' reference implementation.
  @Test func seededNumbersAreTheirAuthors() {
    var random = SplitMix(0)
    #expect(random.next() == 0xE220_A839_7B1D_CDAF)
    var again = SplitMix(7)
    #expect((0..<100).allSatisfy { _ in (0..<3).contains(again.below(3)) })
  }

  /// The check value of the catalogue of parametrised CRC algorithms (CRC-32/ISO-HDLC).
  @Test func naiveChecksumHasItsCheckValue() {
    #expect(naiveCRC32("123456789".utf8) == 0xCBF4_3926)
    #expect(naiveCRC32([]) == 0)
  }

  @Test func checkoutIsThePackage() throws {
    #expect(try Checkout.text("Package.swift").hasPrefix("// swift-tools-version"))
    #expect(!Shared.has("no such part") && Shared.files(ending: ".no such ending").isEmpty)
  }

  @Test func foldersAreGoneAfterwards() throws {
    let left = try withFile("a.txt", "text") { path throws -> String in
      #expect(try Files.text(path) == "text")
      #expect(try Files.bytes(path) == Array("text".utf8))
      #expect(try Files.names((path as NSString).deletingLastPathComponent) == ["a.txt"])
      return path
    }
    #expect(!FileManager.default.fileExists(atPath: left))
  }
}
