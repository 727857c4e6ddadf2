import Support

/// Signs beside confounded factors and what they stand for; equal remarks share a sign.
struct Footnotes {
  private static let signs = ["*", "†", "‡", "§", "¶", "#"]
  private var remarks: [String] = []
  /// Distinct remarks beyond the signs: all get the asterisk's plain form "*…".
  private var hasMore = false

  init(_ chart: WaterfallChart) {
    for gap in chart.gaps.prefix(WaterfallChart.gapLimit) {
      for factor in gap.factors.prefix(WaterfallChart.factorLimit) {
        guard let remark = Self.remark(factor), !remarks.contains(remark) else { continue }
        if remarks.count < Self.signs.count { remarks.append(remark) } else { hasMore = true }
      }
    }
  }

  private static func remark(_ factor: WaterfallChart.Factor) -> String? {
    let reasons = factor.confoundedBy.prefix(6).map { CleanText($0).string }.filter { !$0.isEmpty }
    guard !reasons.isEmpty else { return nil }
    return "\(CleanText(factor.name).string): the two runs differ in \(listed(reasons)) too"
  }

  /// Empty for a clean factor.
  func sign(_ factor: WaterfallChart.Factor) -> String {
    guard let remark = Self.remark(factor) else { return "" }
    guard let index = remarks.firstIndex(of: remark) else { return "(*)" }
    return Self.signs[index]
  }

  var sentences: [String] {
    var all = zip(Self.signs, remarks).map { "\($0) \($1)." }
    if hasMore { all.append("(*) confounded too, see the table.") }
    return all
  }
}
