import Core
import MachineModel
import Support

/// Where the cycles of one run go, by the machine model.
public struct Explanation: Sendable {
  /// Id of the run.
  public var run: String
  /// Model id.
  public var model: String
  /// What it computes with.
  public var dtype: Dtype
  /// Where its weights are.
  public var weights: WeightsPlace
  /// How sentences call the board.
  public var boardWords: String
  /// CPU clock, Hz.
  public var clockHz: Double
  /// What it took; of whatever origin the run is.
  public var measuredCycles: Double
  /// One unit of the last published digit of the time, s; nil for a time that is no published figure.
  public var resolution: Double?
  /// Origin of `measuredCycles`.
  public var origin: Origin
  /// What the model says, by cause.
  public var parts: CycleParts
  /// Whether the model was fitted to this very time.
  public var isFitted: Bool
  /// What the model says when fitted without this time: for a run that it was not fitted to, what it
  /// says anyway.
  public var heldOutCycles: Double?
  /// Lines fetched from flash in one inference.
  public var traffic: LineTraffic
  /// Bytes of a line.
  public var lineBytes: Int

  /// (predicted - measured) / measured.
  public var error: Double { parts.total / measuredCycles - 1 }
  /// The same for the fit without this run.
  public var heldOutError: Double? { heldOutCycles.map { $0 / measuredCycles - 1 } }
  /// Bytes fetched from flash in one inference.
  public var flashBytes: Double { traffic.fills * Double(lineBytes) }
  /// Bytes per second of the waiting time, which is what was measured less the instructions; nil where
  /// nothing is fetched or nothing is left.
  public var bandwidth: Double? {
    let waiting = measuredCycles - parts.instructions
    return waiting > 0 && flashBytes > 0 ? flashBytes / waiting * clockHz : nil
  }
}

extension Explanation: FieldsEncodable {
  /// Times, and cycles by cause.
  public var fields: Fields {
    [
      "run": run, "origin": origin, "measured": measuredCycles / clockHz,
      "predicted": parts.total / clockHz, "error": error, "is_fitted": isFitted,
      "instruction_cycles": parts.instructions, "data_cycles": parts.data,
      "transfer_cycles": parts.transfers, "flash_bytes": flashBytes,
      "line_fills": traffic.fills, "new_transfers": traffic.newTransfers,
    ]
  }
}
