import Support

/// Which of several times is that of an inference.
struct MeasuredChoice {
  private(set) var chosen: [MeasuredSeries] = []
  /// Why nothing was chosen although there are times.
  private(set) var doubt: Diagnostic?
  /// Why more than one was.
  private(set) var warning: Diagnostic?

  var isOnly: Bool { chosen.count <= 1 }

  init(_ series: [MeasuredSeries]) {
    let counted = series.filter { $0.count > 0 }
    let timed = counted.filter { !$0.isZero }
    // Of a log of zeros the zeros are shown.
    let filled = timed.isEmpty ? counted : timed
    guard let best = filled.map(\.rank).min() else { return }
    for one in filled where one.rank == best {
      if chosen.contains(where: one.repeats) { continue }
      if one.unit == .cycles, let i = chosen.firstIndex(where: { $0.name == one.name }),
        chosen[i].join(cycles: one)
      {
        continue
      }
      if one.unit == .seconds,
        let i = chosen.firstIndex(where: { $0.name == one.name && $0.unit == .cycles })
      {
        var joined = one
        if joined.join(cycles: chosen[i]) {
          chosen[i] = joined
          continue
        }
      }
      chosen.append(one)
    }
    guard chosen.count > 1 else { return }
    let list = chosen.prefix(3).map { "'\($0.example)' (line \($0.firstPlace.line))" }
      .joined(separator: " and ")
    let pattern = PatternSuggestion.of(chosen[0].example)
    if best >= .bare {
      doubt = Diagnostic(
        "several-times",
        "several times may be that of an inference, and none says so: \(list); none is taken",
        remedy: "Say which: --pattern '\(pattern)'.", place: Place(chosen[0].firstPlace),
        severity: .error)
      chosen = []
    } else {
      warning = Diagnostic(
        "several-times",
        "several times are named like an inference's: \(list); each is a run of its own",
        remedy: "Where only one of them is the network, say which: --pattern '\(pattern)'.",
        place: Place(chosen[1].firstPlace), severity: .warning)
    }
  }
}
