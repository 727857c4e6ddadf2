import Ingest

/// The order in which models are listed: MLPerf Tiny's as everybody lists them, then all others.
public enum ModelOrder {
  /// Smaller comes first; models of equal rank keep the order of the input.
  public static func rank(_ model: String) -> Int {
    ModelName.tinyML.firstIndex(of: model) ?? ModelName.tinyML.count
  }
}
