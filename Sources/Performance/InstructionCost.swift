import Core
import Ingest
import Reference
import Statistics

/// Cycles per instruction on RP2350, from the published runs whose weights do not stream from flash.
///
/// Eligible are runs with weights in SRAM, and runs from flash of which every operator's weights fit
/// the XIP cache (those still fetch each weight once, so they bound the value from above). The
/// instruction counts are an emulator's, exact for the same model file.
public struct InstructionCost: Sendable {
  /// One eligible run.
  public struct Point: Sendable, Equatable {
    /// Id of the run.
    public var run: String
    /// Its cycles / instructions of the same model and dtype.
    public var cyclesPerInstruction: Double
  }

  /// One point per eligible run, ascending.
  public var points: [Point]

  /// The smallest of the points.
  public var low: Double
  /// The largest; of a run from flash it has the cache's cold misses in it.
  public var high: Double
  /// The estimate: mean of the SRAM runs.
  public var estimate: Double

  /// From `runs` on `mcu`; nil when none is eligible.
  init?(_ runs: [AnalysedRun], mcu: String, reference: ReferenceData) {
    var points: [Point] = []
    var sram: [Double] = []
    for run in runs where run.mcu == mcu {
      guard let model = run.model, let dtype = run.dtype, let cycles = run.cycles.value?.value,
        let count = reference.instructions(model: model, dtype: dtype), count > 0,
        let cost = reference.cost(model: model, dtype: dtype)
      else { continue }
      let value = cycles / Double(count)
      let cache = UInt64(run.machine?.cache?.bytes ?? 0)
      if run.weights == .sram {
        sram.append(value)
      } else if !cost.operators.allSatisfy({ $0.weightBytes <= cache }) {
        continue
      }
      points.append(Point(run: run.id, cyclesPerInstruction: value))
    }
    points.sort { $0.cyclesPerInstruction < $1.cyclesPerInstruction }
    guard let first = points.first, let last = points.last, !sram.isEmpty else { return nil }
    self.points = points
    low = first.cyclesPerInstruction
    high = last.cyclesPerInstruction
    estimate = sram.reduce(0, +) / Double(sram.count)
  }
}
