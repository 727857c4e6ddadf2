import Support
import Testing

@testable import Ingest

@Suite struct TickLengthTests {
  @Test func unitsAreRead() {
    #expect(TickLength(text: "1us") == .perSecond(1e6))
    #expect(TickLength(text: "25 MHz") == .perSecond(25e6))
    #expect(TickLength(text: "1024cycles") == .cycles(1024))
    #expect(TickLength(text: "instructions") == .instructions)
  }

  /// The number is finite, but not what its unit makes of it.
  @Test func lengthsBeyondADoubleAreRefused() {
    for text in ["1e308GHz", "1e-309s", "1e-300ns", "5e-324us", "0s", "-1s", "nanus", "infs"] {
      #expect(TickLength(text: text) == nil, "\(text)")
      #expect(throws: Diagnostic.self) { try ConfigurationKey.tick.canonical(text) }
    }
  }
}
