import Reference

/// What one inference needs, as counted.
package struct CycleCounts: Sendable {
  package var instructions: Double
  package var traffic: LineTraffic

  package init(instructions: Double, traffic: LineTraffic) {
    self.instructions = instructions
    self.traffic = traffic
  }

  /// The row of the fit: what CPI and L are multiplied with.
  package var row: [Double] { [instructions, traffic.fills] }
  /// Cycles that are known without a fit.
  func fixedCycles(_ mode: FlashMode, _ deselect: Double) -> Double {
    mode.setupCycles * traffic.newTransfers + deselect * traffic.cutTransfers
  }
}

/// Predicted cycles by cause.
public struct CycleParts: Sendable, Equatable {
  /// Spent on instructions.
  public var instructions: Double
  /// Spent waiting for the data of lines.
  public var data: Double
  /// Spent waiting for transfers to begin.
  public var transfers: Double

  /// All of them.
  public var total: Double { instructions + data + transfers }
  /// Spent waiting for flash.
  public var waiting: Double { data + transfers }
}
