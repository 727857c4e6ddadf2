import Core
import Testing

/// The first outputs of the authors' own C code (S. Vigna, splitmix64.c) for two seeds.
@Test func splitMix64GivesThePublishedNumbers() {
  var random = SplitMix64(seed: 1_234_567)
  let numbers = (0..<5).map { _ in random.next() }
  #expect(
    numbers == [
      6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
      4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
    ])
  var zero = SplitMix64(seed: 0)
  #expect(zero.next() == 0xE220_A839_7B1D_CDAF)
}

@Test func fractionsLieInTheUnitInterval() {
  var random = SplitMix64(seed: 3)
  for _ in 0..<1000 {
    #expect((0..<1).contains(random.unit()))
    #expect((0..<1).contains(random.unitDouble()))
  }
}
