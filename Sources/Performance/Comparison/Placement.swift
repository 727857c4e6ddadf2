import Core
import Ingest
import Reference
import Statistics
import Support

/// The same model on the same board with its weights in flash and in SRAM.
public struct PlacementRatio: Sendable {
  /// How sentences call the board.
  public var boardWords: String
  /// Id of the board; empty when unknown.
  public var board: String
  /// Model id.
  public var model: String
  /// dtype of both runs.
  public var dtype: Dtype
  /// Origin of both runs.
  public var origin: Origin
  /// flash / sram.
  public var ratio: Ratio
  /// Seconds.
  public var flash: Double
  /// The same from SRAM.
  public var sram: Double
  /// One unit of the last published digit of each, s.
  public var resolutions: (flash: Double?, sram: Double?)
  /// Id of the run with its weights in flash.
  public var flashRun: String
  /// Id of the run with its weights in SRAM.
  var sramRun: String
  /// What flash costs more and how fast the bytes must have come, or why it cannot be said.
  public var traffic: Outcome<FlashTraffic>
}

extension PlacementRatio: FieldsEncodable {
  /// Both times, their ratio, and the bytes that make the difference.
  public var fields: Fields {
    let known = traffic.value
    let unsimulated = "the cache cannot be simulated for this run; bounds are given instead"
    return [
      "board": board, "model": model, "dtype": dtype, "flash_seconds": flash,
      "sram_seconds": sram, "ratio": ratio.value,
      "flash_bytes": Outcome(known?.simulatedBytes, or: unsimulated),
      "bytes_per_second": Outcome(known?.simulatedBandwidth, or: unsimulated),
      "flash_bytes_low": traffic.map(\.leastBytes), "flash_bytes_high": known?.mostBytes,
      "bytes_per_second_low": known?.bandwidth.lowerBound,
      "bytes_per_second_high": known?.bandwidth.upperBound,
      "bytes_per_second_interval": known?.bandwidthBounds,
      "roof_bytes_per_second": known?.roof, "origin": origin, "flash_run": flashRun,
      "sram_run": sramRun,
    ] + ratio.interval.fields
  }
}

/// How many bytes the extra time of flash carried.
///
/// Without a counter only bounds are known: every weight is fetched at least once, and at most once for
/// each MAC that uses it (a kernel that goes through its weights anew for every output). Where the cache
/// can be simulated, its misses say how many lie between.
public struct FlashTraffic: Sendable, Equatable {
  /// Time that the run from flash takes longer, s.
  public var extraSeconds: Double
  /// Each weight once, bytes.
  public var leastBytes: UInt64
  /// One fetch per MAC, bytes.
  public var mostBytes: UInt64
  /// Bytes that the simulated cache fetches; nil where it cannot be simulated.
  public var simulatedBytes: Double?
  /// The flash's sequential roof at the run's clock, B/s.
  public var roof: Double
  /// What that roof assumes.
  var roofName: String

  /// Bytes that the roof could have carried in the extra time.
  public var bytesAtRoof: Double { extraSeconds * roof }
  /// Simulated bytes over the extra time, B/s.
  public var simulatedBandwidth: Double? { simulatedBytes.map { $0 / extraSeconds } }
  /// Slowest and fastest effective bandwidth, B/s.
  public var bandwidth: ClosedRange<Double> {
    Double(leastBytes) / extraSeconds...Double(mostBytes) / extraSeconds
  }
  /// The same as an interval: it rests on how kernels read weights, not on repetitions.
  public var bandwidthBounds: Interval {
    Interval(
      low: bandwidth.lowerBound, high: bandwidth.upperBound, kind: .model,
      method: "each weight once, and once per MAC")
  }
}

/// Finds pairs of runs that differ in the placement of their weights alone.
struct PlacementMaker {
  let maker: RatioMaker
  /// Runs whose dtype is in doubt, for their own time or size does not fit it.
  var doubted: Set<String> = []
  /// What simulates the cache.
  var misses: (any MissByteSource)?

  func make(_ runs: [AnalysedRun]) -> [PlacementRatio] {
    Pairing.pairs(
      runs.filter { $0.weights == .flash }, runs.filter { $0.weights == .sram },
      by: PairKey.placement
    ).compactMap { flash, sram in
      // A dtype that is in doubt pairs with nothing but its like.
      doubted.contains(flash.id) == doubted.contains(sram.id) ? ratio(flash, sram) : nil
    }
  }

  /// Of times only: an emulator's instructions are the same wherever weights are read from.
  private func ratio(_ flash: AnalysedRun, _ sram: AnalysedRun) -> PlacementRatio? {
    guard let dtype = flash.dtype, let a = flash.side(.time).value, let b = sram.side(.time).value,
      let ratio = maker.ratio(a, b, basis: .time)
    else { return nil }
    return PlacementRatio(
      boardWords: flash.boardWords, board: flash.board ?? "", model: flash.model ?? "",
      dtype: dtype, origin: flash.origin, ratio: ratio, flash: a.quantity.value,
      sram: b.quantity.value, resolutions: (flash.publishedResolution, sram.publishedResolution),
      flashRun: flash.id, sramRun: sram.id,
      traffic: traffic(flash, a.quantity.value - b.quantity.value))
  }

  private func traffic(_ flash: AnalysedRun, _ extra: Double) -> Outcome<FlashTraffic> {
    guard extra > 0 else { return .missing(reason: "the run from flash is not the slower one") }
    guard let macs = flash.macs, let bytes = flash.weightBytes, macs > 0, bytes > 0 else {
      return .missing(reason: "the operators' costs of this model are not known")
    }
    guard let roof = flash.machine?.memoryRoof("flash"), let clock = flash.clockHz else {
      return .missing(reason: "the board's flash or its clock is not known")
    }
    guard flash.hasDefaultFlash else {
      return .missing(reason: "the log states another flash mode than the roof assumes")
    }
    let bytesPerWeight: UInt64 = flash.dtype == .fp32 ? 4 : 1
    let (most, overflow) = macs.multipliedReportingOverflow(by: bytesPerWeight)
    return .known(
      FlashTraffic(
        extraSeconds: extra, leastBytes: bytes,
        // A log may state fewer MACs than weights; each weight is fetched once all the same.
        mostBytes: overflow ? .max : max(most, bytes),
        simulatedBytes: misses?.missBytes(run: flash, operatorIndex: nil),
        roof: roof.bytesPerCycle * clock, roofName: roof.name))
  }
}
