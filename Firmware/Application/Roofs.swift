import FirmwareInterface
import FirmwareLogic

/// The micro-benchmarks that are linked in.
struct Roofs: MicroBenchmarks {
  var count: Int { Int(roof_count()) }

  func name(_ index: Int) -> Text { Text(cString: roof_name(UInt32(index))) }

  func measure(_ index: Int) -> BenchSample? {
    let free = FreeMemory()
    var result = roof_result()
    guard roof_measure(UInt32(index), free.base, UInt32(free.bytes), &result) == 0 else {
      return nil
    }
    return BenchSample(
      ticks: result.ticks, macs: result.macs, bytes: result.bytes, access: UInt64(result.access),
      miss: UInt64(result.miss))
  }
}
