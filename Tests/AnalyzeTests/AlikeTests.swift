import Foundation
import TestSupport
import Testing

@testable import analyze

/// Two logs of one board that differ in more than what is compared.
@Suite(.serialized) struct AlikeTests {
  private func file(_ name: String) -> String {
    Checkout.path("Tests/AnalyzeTests/Fixtures/Alike/\(name).txt")
  }

  private func document(
    _ section: String, _ subject: String, _ reference: String
  ) throws -> [[String: Any]] {
    let out = Harness.analyze(
      [section, file(subject), "--reference", file(reference), "--format", "json"]
    ).out
    let document = try JSONSerialization.jsonObject(with: Data(out.utf8)) as? [String: Any]
    let key = section == "speedup" ? "speedups" : "attribution"
    return try #require(document?[key] as? [[String: Any]])
  }

  @Test(arguments: [
    ("like_flash_off", "like_flash_on", ["flash", "xip_cache"]),
    ("like_O0", "like_flash_on", ["kernels", "compiler", "flags", "code"]),
    ("like-with-like-release", "like-with-like-debug", ["kernels", "flags"]),
  ])
  func whatDiffersIsNamedAndBreaksLikeness(
    subject: String, reference: String, names: [String]
  ) throws {
    let row = try #require(try document("speedup", subject, reference).first)
    #expect(row["like_for_like"] as? Bool == false)
    let differences = try #require(row["differences"] as? [String])
    for name in names { #expect(differences.contains { $0.hasPrefix(name) }) }
    let text = Harness.analyze(["speedup", file(subject), "--reference", file(reference)]).out
    #expect(!text.contains("Like with like") && text.contains("unlike runs"))
  }

  @Test func aFactorBearsTheNameOfItsOnlyCause() throws {
    func factors(_ subject: String) throws -> [[String: Any]] {
      try #require(
        try document("attribute", subject, "like_flash_on").first?["factors"] as? [[String: Any]])
    }
    #expect(try factors("like_flash_off").map { $0["name"] as? String } == ["clock", "flash mode"])
    let built = try #require(try factors("like_O0").last)
    #expect(built["name"] as? String == "remainder")
    #expect(
      try #require(built["confounded_by"] as? [String]).prefix(3) == [
        "kernels", "compiler", "flags",
      ])
  }
}
