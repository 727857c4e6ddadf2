import Support

/// What is worth knowing of a file: one remark for each rule, at the first place, with a count.
public struct Remarks {
  private var entries: [(remark: Diagnostic, count: Int)] = []

  /// None.
  public init() {}

  /// In the order in which the rules first applied.
  public var all: [Diagnostic] {
    entries.map { entry in
      var remark = entry.remark
      if entry.count > 1 { remark.message += " (\(entry.count) times)" }
      return remark
    }
  }

  /// Notes a remark, or counts that its rule applied again.
  public mutating func add(_ remark: Diagnostic) {
    if let index = entries.firstIndex(where: { $0.remark.rule == remark.rule }) {
      entries[index].count += 1
    } else {
      entries.append((remark.rated(.note), 1))
    }
  }
}
