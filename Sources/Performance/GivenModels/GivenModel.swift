import Reference

/// A model that is given beside the logs: what its operators cost, and what tells it from others.
public struct GivenModel: Sendable, Equatable {
  /// Path of its file as the user named it.
  public var path: String
  /// CRC-32 of the file as the configuration of a run has it: eight hexadecimal digits.
  public var crc32: String
  /// Under the id that the file's name gives.
  public var cost: ModelCost
  /// What tables and reports name as the origin of its costs.
  public var source: Source

  /// A model whose costs can be used.
  public init(path: String, crc32: String, cost: ModelCost, source: Source) {
    self.path = path
    self.crc32 = crc32
    self.cost = cost
    self.source = source
  }
}
