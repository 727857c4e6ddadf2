import Support

/// What a results block says once its redundant figures have been held against each other.
struct STMeasurement: Sendable {
  /// Mean time of one inference in s, and its last printed digit.
  var seconds: Double
  var quantum: Double
  /// The printed cycles, where they are the duration at the clock.
  var cycles: Double?
  var low: Double?
  var high: Double?
  var inferences: UInt64
  /// In Hz; nil where the log contradicts itself.
  var clock: Double?
  var macs: UInt64?
  var observation: Observation?

  /// Checks `block`; nil, and a diagnostic, when it is cut off or contradicts itself.
  ///
  /// Where both agree the cycles have more digits. The duration is believed over the cycles, since some versions print the cycles with a format
  /// that loses zeros; the cycles per MAC, computed on the device, then have to confirm it.
  init?(_ block: STResultsBlock, systemClock: PrintedNumber?, into sink: inout Sink) {
    guard !block.isSpoiled else {
      sink.retract(lines: block.linesRead)
      return nil
    }
    let perMAC = block.cyclesPerMAC
    guard let duration = block.duration, let cycles = block.cycles,
      perMAC != nil || block.isTFLM, duration.value > 0
    else {
      sink.report(
        .warning, at: block.header, rule: "incomplete-block",
        "these results lack duration, cycles or cycles per MAC; they are dropped whole",
        remedy: "Copy the log again from its source, or record the run again.")
      sink.retract(lines: block.linesRead)
      return nil
    }
    seconds = duration.value
    // Devices cut the last digit off, tools on the host round it: one whole unit covers both.
    quantum = 2 * duration.half
    inferences = block.inferences
    macs = block.isTFLM ? nil : block.macs
    clock = Self.clock(block, duration, cycles, systemClock, into: &sink)
    guard let clock else { return }

    let fromDuration = duration.value * clock
    func perMACFits(_ cycles: Double, slack: Double) -> Bool {
      guard let perMAC, block.macs > 0 else { return false }
      return PrintedNumber.close(
        cycles / Double(block.macs), perMAC.value,
        within: 2 * perMAC.half + slack / Double(block.macs))
    }
    if PrintedNumber.close(cycles.mean, fromDuration, within: quantum * clock + 1) {
      self.cycles = cycles.mean
      low = cycles.below.map { seconds - $0 / clock }
      high = cycles.above.map { seconds + $0 / clock }
      if let perMAC, !perMACFits(cycles.mean, slack: 0) {
        macs = nil
        sink.reportContradiction(
          at: perMAC.place,
          "\(perMAC.value) cycles/MACC and \(block.macs) MACC do not make "
            + "\(Format.shortest(cycles.mean)) cycles")
      }
      return
    }
    guard perMACFits(fromDuration, slack: quantum * clock) else {
      sink.reportContradiction(
        at: cycles.place,
        "\(Format.shortest(cycles.mean)) cycles are not \(duration.value) s at "
          + "\(Format.shortest(clock)) Hz, and the cycles per MAC do not fit the duration either")
      sink.retract(lines: block.linesRead)
      return nil
    }
    observation = Observation(
      .cyclesContradictDuration,
      "\(Format.shortest(cycles.mean)) cycles are printed, but \(duration.value) s at \(Format.shortest(clock)) Hz are "
        + "\(Format.shortest(fromDuration.rounded())); the duration was believed.",
      line: cycles.place.line)
  }

  /// The CPU clock. Where the log gives several it is the one at which cycles make the duration.
  private static func clock(
    _ block: STResultsBlock, _ duration: PrintedNumber, _ cycles: STResultsBlock.Cycles,
    _ systemClock: PrintedNumber?, into sink: inout Sink
  ) -> Double? {
    var given: [Double] = []
    for one in block.clocks + (systemClock.map { [$0] } ?? [])
    where one.value > 0 && !given.contains(one.value) { given.append(one.value) }
    if given.count == 1 { return given.first }
    let place = block.clocks.first?.place ?? block.header
    let list = given.map { Format.shortest($0) }.joined(separator: " and ")
    let fitting = given.filter {
      PrintedNumber.close(
        cycles.mean, duration.value * $0, within: 2 * duration.half * $0 + 1)
    }
    guard fitting.count == 1, let one = fitting.first else {
      sink.reportContradiction(at: place, "clocks of \(list) Hz are given, and the cycles fit none")
      return nil
    }
    sink.report(
      .warning, at: place, rule: "several-clocks",
      "clocks of \(list) Hz are given; the cycles fit \(Format.shortest(one)) Hz, which is used",
      remedy:
        "Check that the CPU ran at \(Format.shortest(one)) Hz, or say otherwise in the log's header."
    )
    return one
  }
}
