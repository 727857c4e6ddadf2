import Ingest
import Notebook
import Performance
import Support

/// Findings as boxes, the gravest first.
enum FindingsSection {
  @Sendable static func blocks(_ analysis: Analysis) -> [Block] {
    guard !analysis.findings.isEmpty else {
      return [
        paragraph(
          analysis.selection.runs.isEmpty
            ? "There is no run to look at." : "Nothing in these logs calls for attention.")
      ]
    }
    return analysis.findings.map { finding in
      var blocks: [Block] = []
      if !finding.evidence.isEmpty { blocks.append(bullets(finding.evidence)) }
      blocks.append(.paragraph([.strong(["What to do: "]), .text(finding.action)]))
      return .callout(
        Callout(
          .finding(severity(finding.severity)), title: [.text(finding.message)], blocks: blocks))
    }
  }

  private static func severity(_ severity: Severity) -> Callout.Severity {
    switch severity {
    case .note: .info
    case .warning: .warning
    case .error: .error
    }
  }
}
