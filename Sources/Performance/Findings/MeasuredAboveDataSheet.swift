import Ingest
import Reference
import Support

/// A micro-benchmark that is faster than the data sheet allows: its clock is not what the log says.
enum MeasuredAboveDataSheet: FindingRule {
  static func findings(
    in subject: (files: [IngestedFile], reference: ReferenceData)
  ) -> [Finding] {
    MeasuredRoofs.all(subject.files).compactMap { measured in
      guard let machine = subject.reference.machine(measured.state.board) else { return nil }
      let above = measured.impossible(machine)
      guard !above.isEmpty else { return nil }
      let files = above.map(\.rate.file).uniqued()
      return Finding(
        id: "measured-above-data-sheet", severity: .error,
        message:
          "\(counted(above.count, "roof")) measured on \(machine.short) at "
          + "\(Format.clock(measured.state.clockHz)) \(above.count == 1 ? "lies" : "lie") above what the "
          + "data sheet allows.",
        evidence: above.map { line, rate, limit in
          let unit = MeasuredRoofs.isCompute(line) ? "MAC" : "B"
          return "\(line): \(Format.number(rate.perCycle, digits: 3)) \(unit) per cycle measured, "
            + "\(Format.number(limit, digits: 3)) possible (\(rate.file))."
        } + ["The computed roofs stay in their place."],
        action:
          "Check the clock and the flash mode that \(listed(files)) \(files.count == 1 ? "states" : "state"), "
          + "and what the micro-benchmarks are timed by.",
        runs: [])
    }
  }
}
