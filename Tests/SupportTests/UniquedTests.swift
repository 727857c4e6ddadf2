import Support
import Testing

@Test func firstOfEqualsStays() {
  #expect([3, 1, 3, 2, 1].uniqued() == [3, 1, 2])
  #expect([String]().uniqued().isEmpty)
}
