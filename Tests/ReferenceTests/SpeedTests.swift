import Core
import Testing

@testable import Reference

/// The ranges of `core-speeds.csv` against the tables that they are taken from.
@Suite struct SpeedTests {
  /// Cycles per instruction of TFLM on RP2350, as published times give it.
  private let cyclesPerInstruction = 1.13

  @Test(arguments: [Dtype.int8, .fp32])
  func theRangeHoldsAllModels(dtype: Dtype) throws {
    let data = try ReferenceData.bundled()
    let range = try #require(data.coreSpeed(mcu: "rp2350", dtype: dtype))
    var seen: [Double] = []
    for model in ["ad", "ic", "kws", "sww", "vww"] {
      let macs = Double(try #require(data.cost(model: model, dtype: dtype)).macs)
      let count = Double(try #require(data.instructions(model: model, dtype: dtype)))
      seen.append(count * cyclesPerInstruction / macs)
    }
    // X-CUBE-AI on the Nucleo.
    let table = try Rows("published-results.csv")
    for row in table.rows
    where row["board"] == "nucleo_u575zi_q" && row["dtype"] == dtype.description {
      guard let model = row["model"], let cost = data.cost(model: model, dtype: dtype),
        let clock = row["clock_hz"].flatMap(Double.init)
      else { continue }
      let seconds =
        row["throughput_per_s"].flatMap(Double.init).map { 1 / $0 }
        ?? row["latency_ms"].flatMap(Double.init).map { $0 / 1e3 }
      guard let seconds else { continue }
      seen.append(seconds * clock / Double(cost.macs))
    }
    #expect(seen.count > 5)
    let least = try #require(seen.min())
    let most = try #require(seen.max())
    #expect(least >= range.low, "\(seen)")
    #expect(most <= range.high, "\(seen)")
    // And no more room than is said.
    #expect(least < range.low * 1.2)
    #expect(most * 1.7 > range.high)
  }

  @Test func everyMicrocontrollerOfTheTableHasBothDtypes() throws {
    let data = try ReferenceData.bundled()
    for speed in data.coreSpeeds {
      #expect(data.coreSpeed(mcu: speed.mcu, dtype: .int8) != nil)
      #expect(data.coreSpeed(mcu: speed.mcu, dtype: .fp32) != nil)
      #expect(speed.low < speed.high)
    }
    #expect(data.buildFactors.allSatisfy { $0.factor > 1 })
  }
}
