import Core
import Ingest
import Notebook
import Performance
import Support

/// What to do, with what it is worth where that can be said.
enum NextSection {
  @Sendable static func blocks(_ analysis: Analysis) -> [Block] {
    let steps = [
      (what: "Quantise for real and read the weights from SRAM; predicted:", isOfFloat32: true),
      (
        what:
          "Find the cause (below). Int8 with CMSIS-NN at -O3 and its weights in SRAM is predicted to "
          + "bring",
        isOfFloat32: false
      ),
    ].compactMap { step -> String? in
      let gains = gains(analysis, isOfFloat32: step.isOfFloat32)
      return gains.isEmpty ? nil : "\(step.what) \(listed(gains))."
    }
    var items: [[Inline]] = steps.map { [.text($0)] }
    for finding in analysis.findings {
      items.append([.strong([.text(finding.message)]), .text(" \(finding.action)")])
    }
    if items.isEmpty {
      items = [
        [
          .text(
            analysis.selection.runs.isEmpty
              ? "Correct what the diagnostics name, then run analyze again."
              : "Nothing is left to correct; more inferences narrow the intervals.")
        ]
      ]
    }
    return [.list(List(.ordered(start: 1), lines: items))]
  }

  /// "KWS from 431 ms to about 59 ms", for each run that is known to be float32, or is not.
  private static func gains(_ analysis: Analysis, isOfFloat32: Bool) -> [String] {
    analysis.labels.predictions.filter { $0.isOfFloat32 == isOfFloat32 }.compactMap { prediction in
      guard let run = analysis.selection.runs.first(where: { $0.id == prediction.besideRun }),
        let now = run.seconds.value?.value
      else { return nil }
      let fits = fits(prediction.model, run, analysis)
      return
        "\(ModelName.words(prediction.model)) from \(Format.seconds(now)) to about "
        + "\(Format.seconds(prediction.sram.seconds, digits: 3))\(fits)"
    }
  }

  /// What of SRAM weights and arena take; the stack and the program's own data are the user's to check.
  private static func fits(_ model: String, _ run: AnalysedRun, _ analysis: Analysis) -> String {
    guard let cost = analysis.reference.cost(model: model, dtype: .int8),
      let sram = run.machine?.sramBytes
    else { return "" }
    guard let arena = cost.arenaBytes else {
      return cost.weightBytes < UInt64(sram)
        ? " (weights \(kibibytes(cost.weightBytes)) of \(Format.capacity(sram)) SRAM, arena and stack not counted)"
        : " (its weights do not fit \(Format.capacity(sram)) of SRAM)"
    }
    return cost.weightBytes + arena <= UInt64(sram)
      ? " (weights \(kibibytes(cost.weightBytes)) and arena \(kibibytes(arena)) of \(Format.capacity(sram)) SRAM, "
        + "stack not counted)"
      : " (its weights and arena do not fit \(Format.capacity(sram)) of SRAM)"
  }

  private static func kibibytes(_ bytes: UInt64) -> String { Format.grouped((bytes + 1023) / 1024) }
}
