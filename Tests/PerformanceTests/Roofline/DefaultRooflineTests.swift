import Core
import TestSupport
import Testing

@testable import Performance

/// Where the models of `analyze logs/*.txt` and of the Nucleo stand.
@Suite struct DefaultRooflineTests {
  struct Landing: Sendable {
    var run: String
    var intensity: Double
    var macsPerCycle: Double
    var roof: Double
    var limit: BoundTerm
    var bound: BoundTerm?
  }

  /// Rates of the Nucleo as published elsewhere to three digits; intensities are MACs over bytes.
  static let landings = [
    Landing("rp2350-ad-fp32-flash", 0.25, 0.0299, 0.0417, .flash, .flash),
    Landing("rp2350-ic-fp32-flash", 40.4, 0.0487, 0.5, .compute, nil),
    Landing("rp2350-kws-int8-flash", 120.7, 0.293, 2, .compute, .overhead),
    Landing("rp2350-sww-fp32-flash", 4.487, 0.0286, 0.5, .compute, .flash),
    Landing("rp2350-sww-fp32-sram", 2.685, 0.107, 0.5, .compute, .overhead),
    Landing("rp2350-vww-fp32-flash", 8.997, 0.0363, 0.5, .compute, nil),
    Landing("nucleo-ad", 1, 0.514, 2, .compute, .compute),
    Landing("nucleo-ic", 161.6, 0.714, 2, .compute, .compute),
    Landing("nucleo-kws", 120.7, 0.573, 2, .compute, .compute),
    Landing("nucleo-sww", 17.95, 0.443, 2, .compute, .compute),
    Landing("nucleo-sww-fp32", 4.487, 0.108, 0.5, .compute, .overhead),
    Landing("nucleo-vww", 35.99, 0.790, 2, .compute, .compute),
  ]

  @Test(arguments: landings) func modelsLand(landing: Landing) throws {
    let points = try Examples.analysis().roofline.points.filter {
      $0.run == landing.run && $0.operatorPosition == nil && $0.byteCounter == .eachOnce
    }
    #expect(points.count == 1)
    let point = try #require(points.first)
    #expect(isClose(point.intensity.value, landing.intensity, within: 1e-3))
    #expect(isClose(point.macsPerCycle.value, landing.macsPerCycle, within: 3e-3))
    #expect(isClose(point.attainable.value?.macsPerCycle, landing.roof, within: 1e-3))
    #expect(point.attainable.value?.limit == landing.limit)
    #expect(point.bound.value?.term == landing.bound)
    #expect(point.assumptions.isEmpty == landing.run.hasPrefix("rp2350"))
  }

  @Test func theseAreAllModels() throws {
    let roofline = try Examples.analysis().roofline
    let models = roofline.points.filter {
      $0.operatorPosition == nil && $0.byteCounter == .eachOnce
    }.map(\.run)
    #expect(Set(models) == Set(Self.landings.map(\.run)))
    #expect(models.count == Self.landings.count)
    // The proprietary model's shapes were not published.
    let left = roofline.leftOut.filter { $0.operators == nil }
    #expect(left.count == 4)
    #expect(left.allSatisfy { $0.run.contains("proprietary") })
    #expect(
      roofline.machines.map(\.board) == ["waveshare_rp2350_plus_16mb", "nucleo_u575zi_q"])
  }

  /// With misses counted, what streams its weights is bound by flash, and KWS, which fits, is not.
  @Test func missesDecideWhatWeightsAloneLeaveOpen() throws {
    let points = try Examples.analysis().roofline.points.filter {
      $0.operatorPosition == nil && $0.byteCounter == .simulatedMisses
    }
    #expect(
      points.map(\.run)
        == ["ad-fp32", "ic-fp32", "kws-int8", "sww-fp32", "vww-fp32"].map {
          "rp2350-\($0)-flash"
        })
    for point in points {
      let isStreamed = point.model != "kws"
      #expect((point.bound.value?.term == .flash) == isStreamed, "\(point.run)")
      #expect((try #require(point.intensity.value) < 1) == isStreamed, "\(point.run)")
    }
  }

  @Test func nothingIsAboveItsRoof() throws {
    let points = try Examples.analysis().roofline.points
    #expect(!points.isEmpty)
    for point in points where point.macs > 0 {
      let share = try #require(point.share.value)
      let noOverlap = try #require(point.noOverlapShare.value)
      #expect(share > 0 && share < noOverlap && noOverlap <= 1, "\(point.run)")
      #expect(point.excesses.isEmpty)
    }
  }

  @Test func sidesOfTheRidge() throws {
    let roofline = try Examples.analysis().roofline
    func sides(_ board: String) -> [RidgeSides] {
      roofline.machines.filter { $0.board == board }.flatMap(roofline.sides)
    }
    let pico = sides("waveshare_rp2350_plus_16mb")
    // Every fully connected layer is left of flash's ridge and right of SRAM's.
    let connected = pico.filter { $0.kind == "FULLY_CONNECTED" }
    #expect(Set(connected.map(\.dtype)) == [.int8, .fp32])
    #expect(connected.allSatisfy { $0.belowFlash == $0.count && $0.belowSRAM == 0 })
    // Of the convolutions only the one with a single output pixel is.
    let convolutions = try #require(pico.first { $0.kind == "CONV_2D" && $0.dtype == .fp32 })
    #expect(convolutions.belowFlash == 1 && convolutions.belowSRAM == 0)
    #expect(convolutions.streamed > 0)
    // Internal flash is fast enough even for one byte per MAC.
    let nucleo = sides("nucleo_u575zi_q")
    #expect(!nucleo.isEmpty)
    #expect(nucleo.allSatisfy { $0.belowFlash == 0 && $0.streamed == 0 })
  }
}

extension DefaultRooflineTests.Landing {
  init(
    _ run: String, _ intensity: Double, _ rate: Double, _ roof: Double, _ limit: BoundTerm,
    _ bound: BoundTerm?
  ) {
    self.init(
      run: run, intensity: intensity, macsPerCycle: rate, roof: roof, limit: limit, bound: bound)
  }
}
