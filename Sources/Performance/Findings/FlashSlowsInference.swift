import Ingest
import Reference
import Support

/// Weights in flash cost time that SRAM would save.
enum FlashSlowsInference: FindingRule {
  /// Below this a difference is not worth moving weights for.
  private static let threshold = 1.1

  static func findings(
    in subject: (placement: [PlacementRatio], reference: ReferenceData)
  ) -> [Finding] {
    subject.placement.filter { row in
      row.ratio.value >= threshold
        && row.ratio.interval.value.map { $0.low > 1 } ?? true
    }.map { row in
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
            + "of weights"
            + (passes >= 1.5
              ? ": they are streamed again for every pass over the output, not once." : "."))
        evidence.append(
          "If every MAC fetched its weight (\(Format.grouped(traffic.mostBytes)) bytes), the bandwidth "
            + "was \(Format.bandwidth(traffic.bandwidth.upperBound)); that is the most it can have been."
        )
      }
      return Finding(
        id: "flash-slows-inference", severity: .note,
        message:
          "\(ModelName.words(row.model)) (\(row.dtype)) takes \(Format.ratio(row.ratio.value)) times as long "
          + "with its weights in flash as in SRAM on \(row.boardWords).",
        evidence: evidence,
        action:
          "Copy the weights to SRAM before the first inference where they fit"
          + (cache(row, subject.reference).map {
            "; else keep each operator's weights below \($0)."
          } ?? "."),
        runs: [row.flashRun, row.sramRun])
    }
  }

  /// "the 16 KiB XIP cache", where the board has one in front of its flash.
  private static func cache(_ row: PlacementRatio, _ reference: ReferenceData) -> String? {
    reference.machine(row.board)?.cache.map {
      "the \(Format.capacity($0.bytes)) \($0.name)"
    }
  }
}
