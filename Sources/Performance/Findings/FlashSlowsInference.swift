import Ingest

/// Weights in flash cost time that SRAM would save.
enum FlashSlowsInference: FindingRule {
  /// Below this a difference is not worth moving weights for.
  private static let threshold = 1.1

  static func findings(in analysis: Analysis) -> [Finding] {
    analysis.placement.filter { $0.ratio.basis == .time && $0.ratio.value >= threshold }.map {
      row in
      var evidence = [
        "\(Format.seconds(row.flash)) from flash, \(Format.seconds(row.sram)) from SRAM: "
          + "\(Format.seconds(row.flash - row.sram)) are spent waiting."
      ]
      if let traffic = row.traffic.value {
        let passes = traffic.bytesAtRoof / Double(traffic.leastBytes)
        evidence.append(
          "At the sequential roof of \(Format.bandwidth(traffic.roof)) that time carries "
            + "\(Format.number(traffic.bytesAtRoof / 1e6, digits: 3)) MB, "
            + "\(Format.number(passes, digits: 3)) times the \(Format.grouped(traffic.leastBytes)) bytes "
            + "of weights: they are streamed again for every pass over the output, not once.")
        evidence.append(
          "If every MAC fetched its weight (\(Format.grouped(traffic.mostBytes)) bytes), the bandwidth "
            + "was \(Format.bandwidth(traffic.bandwidth.upperBound)); that is the most it can have been."
        )
      }
      return Finding(
        id: "flash-slows-inference", severity: .note,
        message:
          "\(modelWords(row.model)) (\(row.dtype)) takes \(Format.ratio(row.ratio.value)) times as long "
          + "with its weights in flash as in SRAM on \(row.boardWords).",
        evidence: evidence,
        action:
          "Copy the weights to SRAM before the first inference where they fit; else keep each "
          + "operator's weights below the 16 KiB XIP cache.",
        runs: [row.flashRun, row.sramRun])
    }
  }
}
