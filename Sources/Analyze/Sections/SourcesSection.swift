import Ingest
import Notebook
import Performance
import Reference

/// Where the figures come from.
enum SourcesSection {
  @Sendable static func blocks(_ analysis: Analysis) -> [Block] {
    var keys: Set<String> = []
    var others: [String] = []
    for run in analysis.selection.all {
      guard let citation = run.configuration.text(.citation) else { continue }
      if analysis.reference.sources[citation] != nil {
        keys.insert(citation)
      } else if !others.contains(citation) {
        others.append(citation)
      }
    }
    if !analysis.labels.predictions.isEmpty || !analysis.labels.checks.isEmpty {
      keys.formUnion(["emulated-instructions", "mlperf-tiny-models", "original-conversion"])
    }
    let compared = Set(
      analysis.instructions.counts.filter { $0.comparison.value?.baseline == .bundled }.map(\.run))
    let models = Set(
      analysis.selection.runs.filter { compared.contains($0.id) }.compactMap(\.model))
    keys.formUnion(
      analysis.reference.instructions.filter { models.contains($0.model) }.map(\.source))
    for machine in analysis.selection.runs.compactMap(\.machine) {
      keys.insert(machine.source)
      keys.formUnion(machine.memoryRoofs.map(\.source))
      keys.formUnion(machine.computeRoofs.map(\.source))
      if let flash = machine.flashTransfers { keys.insert(flash.source) }
    }
    var items: [[Inline]] = []
    for key in keys.sorted() {
      guard let source = analysis.reference.sources[key] else { continue }
      items.append(
        [.code(key), .text(": ")] + Inline.link([.text(source.title)], target: source.url)
          + [.text(". \(source.note)")])
    }
    items += others.map { [.text($0)] }
    guard !items.isEmpty else { return [paragraph("No source was named.")] }
    return [.list(List(lines: items))]
  }
}
