import Support

extension Table.Cell {
  /// A whole number in groups of three.
  public static func count(_ value: some BinaryInteger) -> Self {
    .number(Format.grouped(value), sortValue: Double(value))
  }
}
