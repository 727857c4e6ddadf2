import Support

/// Fills in what a log does not say: from `--set`, the sidecar file, the file name, and by
/// recognising the model, in that order; a later source never overrides an earlier one.
struct Completion {
  /// Values of `--set` that came with the file, before those that are for all.
  var given: [(key: ConfigurationKey, text: String)] = []
  var settings: [(key: ConfigurationKey, text: String)]
  var settingsProvenance = Provenance.option
  /// What is entered where neither the log nor what stands beside it says anything.
  var fillings: [(key: ConfigurationKey, text: String)] = []
  var signatures: [ModelSignature]
  var path: String
  var sidecar: (file: String, text: String)?

  /// Completes `runs` in place; returns what contradicts.
  func complete(_ runs: inout [Run]) -> [Diagnostic] {
    var diagnostics = DiagnosticList()
    var sidecarValues: [(ConfigurationKey, String)] = []
    if let sidecar {
      let read = Sidecar.read(text: sidecar.text, file: sidecar.file)
      sidecarValues = read.values
      diagnostics.add(read.diagnostics)
    }
    let nameValues = FileNameConfiguration.read(path: path)
    // Of thousands of runs most share theirs, and so its memory.
    let shared = Common<Configuration>()
    for i in runs.indices {
      doubtInputType(&runs[i])
      for (key, text) in given { offer(key, text, .option, to: &runs[i], &diagnostics) }
      for (key, text) in settings {
        offer(key, text, settingsProvenance, to: &runs[i], &diagnostics)
      }
      for (key, text) in sidecarValues {
        offer(key, text, .sidecar, to: &runs[i], &diagnostics)
      }
      for (key, text) in nameValues {
        let stronger = runs[i].configuration.offer(key, text, .fileName)
        // What a name calls int8 and the log shows to be fp32 is a claim worth keeping.
        if key == .dtype, stronger?.provenance == .log {
          runs[i].configuration.offer(.dtypeClaimed, text, .fileName)
        }
        if key == .clock, let stronger, stronger.provenance == .log {
          runs[i].observations.append(
            Observation(
              .clockContradiction,
              "The name says \(text) Hz, the log \(stronger.text) Hz; the log was believed.",
              line: runs[i].source.firstLine))
        }
      }
      for (key, text) in fillings where runs[i].configuration[key] == nil {
        runs[i].configuration.offer(key, text, .option)
      }
      recognise(&runs[i])
      noteUnknownTick(&runs[i])
      runs[i].configuration = shared(runs[i].configuration)
    }
    return diagnostics.all
  }

  /// Float inputs do not make a float model: a graph that begins with QUANTIZE computes in integers.
  private func doubtInputType(_ run: inout Run) {
    guard run.configuration.dtype == .fp32, run.operators.first?.kind == "QUANTIZE" else {
      return
    }
    run.configuration.remove(.dtype)
    run.configuration.remove(.dtypeEvidence)
  }

  private func offer(
    _ key: ConfigurationKey, _ text: String, _ provenance: Provenance, to run: inout Run,
    _ diagnostics: inout DiagnosticList
  ) {
    guard let held = run.configuration.offer(key, text, provenance) else { return }
    let said = Self.speaker(provenance)
    let source = Self.speaker(held.provenance)
    diagnostics.add(
      Diagnostic(
        "contradicting-configuration",
        "\(said) gives \(key.rawValue)=\(text), but \(source) says \(held.text), which is kept",
        remedy: "Leave \(key.rawValue) out, or correct what \(source) says.",
        place: Place(line: run.source.firstLine, column: 1), file: path, severity: .warning))
  }

  /// Who gives a value, as the subject of a sentence.
  private static func speaker(_ provenance: Provenance) -> String {
    let words = provenance.words
    return words.hasPrefix("from ") ? String(words.dropFirst(5)) : "what is \(words)"
  }

  private func recognise(_ run: inout Run) {
    // Sums over a kind, or the operators of a part of an inference, are no sequence.
    guard run.operators.count > 1, !run.operators.contains(where: \.isSumOfKind),
      !run.observations.contains(where: { $0.kind == .incompleteInference })
    else { return }
    let matches = ModelSignature.matches(run.operators.map(\.kind), in: signatures)
    if let named = run.configuration.text(.model) {
      let known = signatures.contains { $0.model == named }
      if known, !matches.contains(named) {
        if doubtWholeness(&run, named) || lacksFinal(run, named) { return }
        run.observations.append(
          Observation(
            .modelContradiction,
            "The run is named '\(named)', but its \(run.operators.count) operators are not those "
              + "of that model.", line: run.source.firstLine))
      }
    } else if matches.count == 1, let model = matches.first {
      run.configuration.offer(.model, model, .recognised)
      run.observations.append(
        Observation(
          .modelRecognised,
          "Nothing names the model; its \(run.operators.count) operators are those of '\(model)', "
            + "which was assumed.", line: run.source.firstLine))
    }
  }

  /// The first operators of the named model, seen once and with nothing behind them, are those of a log that
  /// was cut off; false when that is not so.
  private func doubtWholeness(_ run: inout Run, _ named: String) -> Bool {
    guard run.isOpenEnded,
      let whole = signatures.first(where: { signature in
        signature.model == named
          && ModelSignature(model: named, kinds: run.operators.map(\.kind)).isCut(of: signature)
      })
    else { return false }
    if run.latency?.kind == .operatorSum { run.latency = nil }
    let consequence =
      run.latency == nil
      ? " and there is no whole inference." : ". Its time is what the log prints for the whole."
    run.observations.append(
      Observation(
        .incompleteInference,
        "The operators are the first of the \(whole.kinds.count) of '\(named)' (\(Self.uncounted) not "
          + "counted), so the log was cut off\(consequence)", line: run.source.lastLine))
    return true
  }

  private static let uncounted = ModelSignature.incidental.sorted().joined(separator: ", ")

  /// The named model without the activation at its end, which some leave to the application.
  private func lacksFinal(_ run: Run, _ named: String) -> Bool {
    let seen = ModelSignature(model: named, kinds: run.operators.map(\.kind))
    return signatures.contains { $0.model == named && seen.lacksOnlyFinal(of: $0) }
  }

  private func noteUnknownTick(_ run: inout Run) {
    let ticks = run.latency?.unit == .ticks || run.operatorUnit == .ticks && !run.operators.isEmpty
    guard ticks, run.configuration[.tick] == nil else { return }
    run.observations.append(
      Observation(
        .unknownTick,
        "Nothing says how long a tick is, so the run has ticks but no time.",
        line: run.source.firstLine))
  }
}
