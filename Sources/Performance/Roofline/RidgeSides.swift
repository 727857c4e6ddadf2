import Core
import Models
import Reference

/// On which side of the ridge the operators of one kind stand, for the models that a machine ran.
///
/// Only shapes are needed, no times. The ridge is that of the kernel's inner loop where one is
/// described, else of the dtype's roof.
public struct RidgeSides: Sendable, Equatable {
  /// TFLite name.
  public var kind: String
  /// `int8` or `fp32`.
  public var dtype: Dtype
  /// Models that the operators are of.
  public var models: [String]
  /// Id of the compute line to which the ridges belong.
  public var line: String
  /// MAC per byte of flash at its ridge; nil where the board's flash has no roof.
  public var flashRidge: Double?
  /// MAC per byte of SRAM at its ridge.
  var sramRidge: Double?
  /// Operators.
  public var count: Int
  /// Those on the bandwidth side if every weight comes from flash once.
  public var belowFlash: Int
  /// Those that are not, but whose weights exceed the cache and would put them there if they were
  /// fetched again for every MAC.
  public var streamed: Int
  /// Those on the bandwidth side with everything in SRAM.
  public var belowSRAM: Int

  /// One for each kind and dtype of the operators of the models that `points` of `machine` are of.
  static func all(
    _ machine: RooflineMachine, _ points: some Sequence<RooflinePoint>, _ reference: ReferenceData
  ) -> [RidgeSides] {
    var result: [RidgeSides] = []
    var seen: [ModelCost] = []
    for point in points where point.operatorPosition == nil {
      guard let model = point.model, let dtype = point.dtype,
        !seen.contains(where: { $0.model == model && $0.dtype == dtype }),
        let cost = reference.cost(model: model, dtype: dtype), cost.macs == point.macs
      else { continue }
      seen.append(cost)
      for one in cost.operators where one.macs > 0 && one.weightBytes > 0 {
        add(one, cost, machine, to: &result)
      }
    }
    return result
  }

  private static func add(
    _ one: OperatorCost, _ cost: ModelCost, _ machine: RooflineMachine,
    to result: inout [RidgeSides]
  ) {
    let work = Work(
      macs: one.macs, weightBytes: one.weightBytes, cost: one, kind: one.kind, dtype: cost.dtype,
      machine: machine)
    guard let line = machine.line(dtype: cost.dtype, kind: one.kind),
      let weights = work.weightBytes, let activations = work.activationBytes
    else { return }
    let known = result.firstIndex { $0.kind == one.kind && $0.dtype == cost.dtype }
    let i: Int
    if let known {
      i = known
    } else {
      i = result.count
      result.append(
        RidgeSides(
          kind: one.kind, dtype: cost.dtype, models: [], line: line.id,
          flashRidge: machine.roof(.flash).map { line.macsPerCycle / $0.bytesPerCycle },
          sramRidge: machine.roof(.sram).map { line.macsPerCycle / $0.bytesPerCycle },
          count: 0, belowFlash: 0, streamed: 0, belowSRAM: 0))
    }
    if !result[i].models.contains(cost.model) { result[i].models.append(cost.model) }
    result[i].count += 1
    let macs = Double(one.macs)
    if let ridge = result[i].flashRidge, macs / weights < ridge {
      result[i].belowFlash += 1
    } else if let ridge = result[i].flashRidge, let most = work.mostWeightBytes,
      macs / most < ridge
    {
      result[i].streamed += work.streamed
    }
    if let ridge = result[i].sramRidge, macs / (weights + activations) < ridge {
      result[i].belowSRAM += 1
    }
  }
}
