import Ingest
import Notebook
import Performance
import Reference

/// Where the figures come from.
enum SourcesSection {
  @Sendable static func blocks(_ analysis: Analysis) -> [Block] {
    var keys: Set<String> = []
    var others: [String] = []
    for run in analysis.runs + analysis.references {
      guard let citation = run.configuration.text(.citation) else { continue }
      if analysis.reference.sources[citation] != nil {
        keys.insert(citation)
      } else if !others.contains(citation) {
        others.append(citation)
      }
    }
    if !analysis.predictions.isEmpty || !analysis.labelChecks.isEmpty {
      keys.formUnion(["emulated-instructions", "mlperf-tiny-models", "original-conversion"])
    }
    let compared = Set(
      analysis.instructionCounts.filter { $0.comparison.value?.baseline == .bundled }.map(\.run))
    let models = Set(analysis.runs.filter { compared.contains($0.id) }.compactMap(\.model))
    keys.formUnion(
      analysis.reference.instructions.filter { models.contains($0.model) }.map(\.source))
    for machine in analysis.runs.compactMap(\.machine) {
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
