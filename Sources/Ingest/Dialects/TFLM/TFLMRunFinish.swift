import Quantiles
import Support

extension TFLMRunBuilder {
  /// Ends the run: adds it to the sink if any of its blocks counts.
  ///
  /// Returns the observations of a run that came to nothing, for the run after it.
  mutating func finish(into sink: inout Sink) -> [Observation] {
    let winner = settle(into: &sink)
    if let dropped {
      let blocks = dropped.count == 1 ? "1 block was" : "\(dropped.count) blocks were"
      observations.append(
        Observation(
          .blockDropped, "\(blocks) left out, the first because \(dropped.reason).",
          line: dropped.line))
    }
    guard let winner, let firstLine else { return observations }
    var run = Run(
      source: RunSource(file: file, firstLine: firstLine, lastLine: lastLine, dialect: dialect))
    run.configuration = configuration
    run.configuration.offer(.runtime, "tflm", .implied)
    if ticks.isEmulated {
      run.operatorUnit = .instructions
    } else if unit != nil, unit != .ticks {
      run.operatorUnit = .seconds
    }
    fill(&run, winner, into: &sink)
    run.isOpenEnded = winner.isOpenEnded
    if let cut = winner.cut {
      observations.append(
        Observation(
          .incompleteInference,
          "The only inference is cut off behind \(winner.countWords), so these are not a whole one."
            + (run.latency == nil ? "" : " Its time is what the log prints for the whole."),
          line: cut.line))
    }
    observations += oddTicks.observations()
    if ticks.isEmulated {
      observations.append(
        Observation(
          .emulatedTicks, "Ticks are instructions that an emulator counted, not time.",
          line: firstLine))
    }
    run.observations = observations
    sink.add(run)
    return []
  }

  /// What the run came to, once sequences are settled.
  private mutating func settle(into sink: inout Sink) -> TFLMSequence? {
    settleSuspect(into: &sink)
    guard let leader else { return nil }
    for (i, loser) in sequences.enumerated() where i != leader {
      let position = sequences[leader].firstDifference(loser.kinds)
      let message = differing(loser.kinds, from: sequences[leader], at: position)
      let places = loser.agreeing.places + loser.contradicting.places
      for (n, place) in places.enumerated() {
        let line = n == 0 && position < loser.lines.count ? loser.lines[position] : place.line
        sink.report(
          .warning, at: TextPlace(line: line, column: 1), rule: "differing-operators",
          message + "; a line is missing, extra or damaged, and the block is left out",
          remedy: "Nothing need be done if the other blocks suffice.")
      }
      count(
        dropped: loser.blocks, lines: loser.agreeing.lines + loser.contradicting.lines,
        line: places.first?.line ?? 0, message, into: &sink)
    }
    let winner = sequences[leader]
    if let doubt = winner.doubt {
      let reason =
        "something else stands inside a block, and nothing confirms that no operator is missing"
      sink.report(
        .error, at: doubt, rule: "interrupted-block", reason + "; the block is left out",
        remedy: "Record the log again, with nothing else printing on the port.")
      count(
        dropped: 1, lines: winner.agreeing.lines + winner.contradicting.lines, line: doubt.line,
        reason, into: &sink)
      return nil
    }
    if let cut = winner.cut {
      sink.report(
        .warning, at: cut, rule: "log-ends-in-block",
        "the only inference is cut off here, behind \(winner.countWords), so there is no whole inference",
        remedy: "Let the capture run until the inference is whole.")
    }
    let off = winner.contradicting
    if off.blocks > 0, winner.agreeing.blocks >= off.blocks {
      for place in off.places {
        sink.report(
          .error, at: place, rule: "sum-contradicts-total",
          "the operators of this block do not fit this time of the whole; the block is left out",
          remedy: "The log is damaged here; record it again.")
      }
      count(
        dropped: off.blocks, lines: off.lines, line: off.places.first?.line ?? 0,
        "the operators do not fit the time of the whole", into: &sink)
    }
    return winner
  }

  private mutating func fill(_ run: inout Run, _ winner: TFLMSequence, into sink: inout Sink) {
    let isSystematic = winner.contradicting.blocks > winner.agreeing.blocks
    let tally = isSystematic ? winner.contradicting : winner.agreeing
    var withholds = false
    if latencyUnit == .cycles {
      if !isSystematic, !winner.kinds.isEmpty, !oddTicks.hasZeros {
        run.configuration.offer(.tick, "1024cycles", .implied)
      }
    } else if isSystematic {
      withholds = true
      observations.append(sumObservation(tally))
      sink.report(
        .warning, at: tally.places.first, rule: "sum-contradicts-total",
        "the operators do not fit the time of the whole; their times are left out",
        remedy: "Check the unit that the application prints; the whole inference is used.")
    }
    let quantum = 1 / (unit?.perSecond ?? 1)
    run.operators = winner.kinds.enumerated().map { index, tag in
      var record = OperatorRecord(
        index: winner.isOfKinds ? nil : index, kind: tags.names[tag],
        samples: withholds ? Samples() : tally.operators[index].multiset, quantum: quantum)
      record.isSumOfKind = winner.isOfKinds
      if record.samples.isEmpty { record.reason = reason(tally.refused[index], record.kind) }
      return record
    }
    if winner.blocks == 1, winner.confirmed == 0 {
      reportMisprints(winner, into: &sink)
      if required == .nothing, !winner.isMarked { reportPeriod(winner, into: &sink) }
    }
    let (latency, sums) = (tally.latency.samples, tally.sums.samples)
    if !latency.isEmpty, let latencyUnit {
      run.latency = Latency(
        samples: latency, unit: latencyUnit, kind: latencyKind,
        quantum: latencyQuantum, inferences: latency.count &* iterations)
      if hasOneScale { run.latency?.order = tally.latency.order }
    } else if !sums.isEmpty, !withholds {
      run.latency = Latency(
        samples: sums, unit: run.operatorUnit, kind: .operatorSum, quantum: quantum)
      run.latency?.order = tally.sums.order
    }
  }

  private func reason(_ count: TFLMCount?, _ kind: String) -> String? {
    switch count {
    case .unfinished: "its event never ended"
    case .overflowed(let overflow):
      "\(overflow.fact(of: kind, unit: (unit ?? .ticks).words)); \(overflow.guess)"
    case .finished, nil: nil
    }
  }

  private func sumObservation(_ tally: TFLMTally) -> Observation {
    let factor = tally.factor
    let words = Format.times(factor)
    let guess =
      (900...1100).contains(factor)
      ? " A number of nanoseconds printed as microseconds would explain it." : ""
    return Observation(
      .sumContradictsTotal,
      "The operators add up to \(words) the time of the whole inference, so their times were left "
        + "out.\(guess)", line: tally.places.first?.line)
  }

  private func reportMisprints(_ winner: TFLMSequence, into sink: inout Sink) {
    for (position, tag) in winner.kinds.enumerated() {
      guard let likely = TFLMKinds.misprint(tags.names[tag]) else { continue }
      sink.report(
        .warning, at: TextPlace(line: winner.lines[position], column: 1), rule: "unknown-kind",
        "'\(tags.names[tag])' is no operator that TFLite knows", remedy: "Did you mean '\(likely)'?"
      )
    }
  }

  /// Inferences printed without anything between them cannot be told from one long inference.
  private func reportPeriod(_ winner: TFLMSequence, into sink: inout Sink) {
    guard let period = winner.period else { return }
    sink.report(
      .warning, at: TextPlace(line: winner.lines[period], column: 1), rule: "repeating-block",
      "the \(winner.kinds.count) operators repeat every \(period); they were taken for one "
        + "inference, but may be \(winner.kinds.count / period)",
      remedy: "If they are several, print a line between inferences, or insert blank lines.")
  }
}
