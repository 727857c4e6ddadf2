import Testing

@testable import Support

@Suite struct ReadingProgressTests {
  @Test func bytesRateAndWhatIsLeft() {
    #expect(
      ReadingProgress.text("a.txt", 1_250_000_000, of: 5_000_000_000, in: 2)
        == "reading a.txt: 1.25 of 5.00 GB, 625 MB/s, 6 s left")
    #expect(
      ReadingProgress.text("12 files", 250_000_000, of: 500_000_000, in: 0.4)
        == "reading 12 files: 250 of 500 MB, 625 MB/s, 1 s left")
  }

  /// Of a compressed file or a pipe only what came is known; a file that grew says no more.
  @Test(arguments: [nil, 100]) func withoutATotal(total: Int?) {
    #expect(
      ReadingProgress.text("-", 30_000_000, of: total, in: 0.5) == "reading -: 30.0 MB, 60.0 MB/s")
  }
}
