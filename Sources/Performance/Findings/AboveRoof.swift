import Ingest

/// A rate that the hardware cannot reach: something said about the run is wrong.
enum AboveRoof: FindingRule {
  static func findings(in analysis: Analysis) -> [Finding] {
    var result: [Finding] = []
    for run in analysis.runs {
      guard let machine = run.machine, let cycles = run.cycles.value?.value, cycles > 0 else {
        continue
      }
      if let macs = run.macs, let dtype = run.dtype, let roof = machine.computeRoof(dtype: dtype) {
        let cores = max(run.configuration.number(.cores) ?? 1, 1)
        let rate = Double(macs) / cycles / cores
        if rate > roof.macsPerCycle {
          result.append(
            finding(
              run,
              "\(Format.number(rate, digits: 3)) MAC per cycle and core, above the \(dtype) roof of "
                + "\(Format.number(roof.macsPerCycle)) (\(roof.name))"))
        }
      }
      if run.weights == "flash", let bytes = run.weightBytes,
        let roof = machine.memoryRoof("flash"), run.hasDefaultFlash,
        bytes > UInt64(machine.cache?.bytes ?? 0)
      {
        // What the cache may keep from one inference to the next is not fetched again.
        let fetched = Double(bytes) - Double(machine.cache?.bytes ?? 0)
        let rate = fetched / cycles
        if rate > roof.bytesPerCycle {
          result.append(
            finding(
              run,
              "its \(Format.grouped(bytes)) bytes of weights at "
                + "\(Format.number(rate, digits: 3)) bytes per cycle, above flash's roof of "
                + "\(Format.number(roof.bytesPerCycle, digits: 3)) (\(roof.name))"))
        }
      }
    }
    return result
  }

  private static func finding(_ run: AnalysedRun, _ rate: String) -> Finding {
    Finding(
      id: "above-roof", severity: .error,
      message: "\(run.id) would run \(rate): that cannot be.",
      evidence: [
        "dtype, clock, placement or model of the run is not what it is said to be; "
          + run.configuration.all.filter {
            [.dtype, .clock, .weights, .model].contains($0.key)
          }.map { "\($0.key.rawValue) \($0.entry.text) is \($0.entry.provenance.words)" }.joined(
            separator: ", ") + "."
      ],
      action: "Correct what is wrong with --set or a sidecar file, then run analyze again.",
      runs: [run.id])
  }
}
