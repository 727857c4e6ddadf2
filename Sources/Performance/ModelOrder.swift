import Ingest

/// The order in which models are listed: MLPerf Tiny's as everybody lists them, then all others.
public enum ModelOrder {
  /// Smaller comes first; models of equal rank keep the order of the input.
  public static func rank(_ model: String) -> Int {
    ModelName.tinyML.firstIndex(of: model) ?? ModelName.tinyML.count
  }

  /// `rows` by the model that each is of.
  static func sorted<Row>(_ rows: [Row], by model: (Row) -> String) -> [Row] {
    rows.enumerated().sorted {
      (rank(model($0.element)), $0.offset) < (rank(model($1.element)), $1.offset)
    }.map(\.element)
  }
}
