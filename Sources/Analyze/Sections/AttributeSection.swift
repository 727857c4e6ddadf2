import Core
import Ingest
import Notebook
import Performance
import Support

/// Gaps as products of factors.
enum AttributeSection {
  @Sendable static func blocks(_ analysis: Analysis) -> [Block] {
    guard !analysis.comparison.attribution.isEmpty else {
      return [paragraph("There is no gap between two timed runs with known clocks to split.")]
    }
    return [
      paragraph(
        "Each gap is a product of factors; a factor comes from a pair of runs that differ in it, and "
          + "whatever else differs within the pair is listed as a confounder. Factors are taken in the order in "
          + "which they stand; in another order dtype and placement would share a gap otherwise."),
      bullets(analysis.comparison.attribution.lazy.map(sentence)),
    ] + ComparisonFigures.attribution(analysis) + [.table(table(analysis.comparison.attribution))]
  }

  private static func sentence(_ gap: Attribution) -> String {
    let factors = gap.factors.map { factor in
      "\(factor.name) \(Format.factor(factor.ratio, isExact: factor.isExact))"
        + (factor.origin == .predicted ? " (predicted)" : "")
    }
    var text =
      "\(ModelName.words(gap.model)), \(gap.subject) against \(gap.reference): \(Format.ratio(gap.total)) = "
      + factors.joined(separator: " × ")
    let confounded = gap.factors.filter { !$0.confoundedBy.isEmpty && $0.origin != .predicted }
    if !confounded.isEmpty {
      text +=
        "; "
        + confounded.map {
          "the \(Format.factor($0.ratio)) of \($0.name) is no clean pair: \(listed($0.confoundedBy))"
        }.joined(separator: "; ")
    }
    return text + "."
  }

  private static func table(_ gaps: [Attribution]) -> Table {
    Table(
      columns: [
        .init(["model"]), .init(["run"], priority: 3), .init(["factor"]), .init(["ratio"]),
        .init(["what"], priority: 1), .init(["origin"], priority: 2),
        .init(["confounded by"], priority: 2),
      ],
      // The whole gap, then its factors.
      of: gaps.indices.flatMap { i in [(i, nil)] + gaps[i].factors.indices.map { (i, $0) } },
      caption: ["Factors of each gap; their product is the gap"],
      row: { (i: Int, position: Int?) in
        let gap = gaps[i]
        guard let factor = position.map({ gap.factors[$0] }) else {
          return Table.Row(
            [
              .text(ModelName.words(gap.model)), .text(gap.subject), .text("whole gap"),
              .number(Format.factor(gap.total), sortValue: gap.total),
              .text("against \(gap.reference)"), .text(""), .text(""),
            ], isEmphasized: true)
        }
        return Table.Row([
          .text(ModelName.words(gap.model)), .text(gap.subject), .text(factor.name),
          .number(Format.factor(factor.ratio, isExact: factor.isExact), sortValue: factor.ratio),
          .text(factor.words), .text(factor.originWords),
          .text(factor.confoundedBy.joined(separator: ", ")),
        ])
      })
  }
}
