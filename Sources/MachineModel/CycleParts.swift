/// What one inference needs, as counted.
package struct CycleCounts: Sendable {
  package var instructions: Double
  package var traffic: LineTraffic

  package init(instructions: Double, traffic: LineTraffic) {
    self.instructions = instructions
    self.traffic = traffic
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
