/// Looks for what stands in front of the lines of a log, where they do not begin as lines of a known log do.
struct PrefixFinder {
  private let lines: LineSample

  init(_ lines: LineSample) { self.lines = lines }

  /// The prefix behind which lines are those of a known log; nil where they are so as they stand, or nowhere.
  static func find(_ lines: LineSample) -> LinePrefix? {
    let finder = PrefixFinder(lines)
    let bare = finder.found(behind: .stamps)
    var best = bare
    // A stamp or a level may be followed by another form.
    while best.prefix.layers.count <= LinePrefix.mostLayers, let next = finder.known(behind: best) {
      best = next
    }
    if !best.tally.isCertain, let next = finder.shown(behind: best) { best = next }
    guard best.prefix.isFound, best.tally.score > 0 else { return nil }
    return best.tally.score > bare.tally.score
      || best.isSure && best.tally.score == bare.tally.score
      ? best.prefix : nil
  }

  /// The prefix that lines show by themselves, whatever stands behind it: of a known form, in front of most of them, or a
  /// mark in front of all; nil where there is none.
  static func known(_ lines: LineSample) -> LinePrefix? {
    let finder = PrefixFinder(lines)
    var best = LinePrefix.stamps
    while best.layers.count <= LinePrefix.mostLayers {
      var most = 0
      var next: LinePrefix?
      for form in finder.forms(behind: best) where form.kind != .plain {
        let prefix = best.and([form])
        let (matched, bytes) = finder.coverage(of: form, behind: best)
        let isEnough =
          form.kind == .mark
          ? matched == lines.indices.count && matched > 1 : 2 * matched >= lines.indices.count
        if isEnough, bytes > most { (most, next) = (bytes, prefix) }
      }
      guard let next else { break }
      best = next
    }
    return best.isFound ? best : nil
  }

  /// A prefix, and what the lines behind it say.
  private struct Found {
    var prefix: LinePrefix
    var tally: DialectTally
    /// All forms are in front of most lines and hardly anything else.
    var isSure = true
  }

  private func found(behind prefix: LinePrefix) -> Found {
    var tally = DialectTally()
    for index in lines.indices {
      lines.withLine(index) { tally.add($0.extracting(prefix.length(of: $0).bytes..<$0.count)) }
    }
    return Found(prefix: prefix, tally: tally)
  }

  /// Lines that have the form behind the prefix, and its bytes in all of them.
  private func coverage(of form: PrefixForm, behind prefix: LinePrefix) -> (lines: Int, bytes: Int)
  {
    var (count, bytes) = (0, 0)
    for index in lines.indices {
      lines.withLine(index) { line in
        let start = prefix.length(of: line).bytes
        if let end = form.end(in: line, from: start) {
          count += 1
          bytes += end - start
        }
      }
    }
    return (count, bytes)
  }

  /// The forms that may stand behind the prefix.
  private func forms(behind prefix: LinePrefix) -> [PrefixForm] {
    KnownPrefixes.all.filter { $0.kind != .wholeLine }
      + (lines.indent(behind: prefix).map { [$0] } ?? [])
  }

  /// The known form that helps most behind `found`; nil where none does.
  private func known(behind found: Found) -> Found? {
    var best: Found?
    var most = 0
    for form in forms(behind: found.prefix) {
      let (count, bytes) = coverage(of: form, behind: found.prefix)
      guard count > 0 else { continue }
      let isSure =
        form.kind == .mark
        ? form.isIndent && count == lines.indices.count
        : form.kind != .plain && 2 * count >= lines.indices.count
      var next = self.found(behind: found.prefix.and([form]))
      next.isSure = found.isSure && isSure
      let gains = next.tally.score - found.tally.score
      guard gains > 0 || gains == 0 && isSure && (!found.tally.isCertain || form.isIndent) else {
        continue
      }
      if best == nil || next.tally.score > best?.tally.score ?? 0
        || next.tally.score == best?.tally.score && bytes > most
      {
        (best, most) = (next, bytes)
      }
    }
    return best
  }

  /// Lines are tried at every place until so many of a known log were found.
  private static let enough = 256

  /// The forms behind which most lines of a known log begin, numbers apart; nil where they have nothing in common.
  private func shown(behind found: Found) -> Found? {
    var shapes: [(parts: [PrefixPart], lines: Int)] = []
    var claims = 0
    for index in lines.indices {
      guard claims < Self.enough else { break }
      lines.withLine(index) { line in
        let rest = line.extracting(found.prefix.length(of: line).bytes..<line.count)
        let bare = DialectTally.worth(rest)
        var places: [(place: Int, worth: Int)] = []
        PrefixShape.forEachPlace(rest) { place in
          let worth = DialectTally.worth(rest.extracting(place..<rest.count))
          if worth > bare { places.append((place, worth)) }
        }
        guard !places.isEmpty else { return }
        claims += 1
        for (place, _) in places.prefix(4) {
          let parts = PrefixShape.parts(rest, upTo: place)
          if let known = shapes.firstIndex(where: { $0.parts == parts }) {
            shapes[known].lines += 1
          } else if shapes.count < Self.enough {
            shapes.append((parts, 1))
          }
        }
      }
    }
    var best: Found?
    var most = 0
    for shape in shapes where 2 * shape.lines >= claims {
      let form = PrefixForm(.plain, "a form of this log's own", parts: shape.parts)
      let (count, bytes) = coverage(of: form, behind: found.prefix)
      guard count > 1 else { continue }
      var next = self.found(behind: found.prefix.and([form]))
      next.isSure = false
      guard next.tally.score > found.tally.score else { continue }
      if best == nil || next.tally.score > best?.tally.score ?? 0
        || next.tally.score == best?.tally.score && bytes > most
      {
        (best, most) = (next, bytes)
      }
    }
    return best
  }
}
