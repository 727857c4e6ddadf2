/// Points of one colour.
public struct PointSeries: Codable, Sendable, Equatable {
  /// For the legend: "weights in flash".
  public var name: String
  /// The colour and the sign inside the marker.
  public var role: Role

  /// Points of one colour.
  public init(_ name: String, _ role: Role) {
    self.name = name
    self.role = role
  }
}

extension [PointSeries] {
  /// The colour of an index that may be wrong.
  func role(_ index: Int) -> Role { indices.contains(index) ? self[index].role : .doubtful }
}
