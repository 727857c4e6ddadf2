import Core
import Ingest
import OrderedCollections
import Performance
import Support

/// What the roofline of one board says, in words.
struct RooflineSentences {
  let machine: RooflineMachine
  let analysis: Analysis

  /// Models named of one bound; the table has all.
  private static let mostNamed = 6

  var lines: [String] { bounds + sides + gains }

  private var opening: String {
    analysis.roofline.words(machine)
  }

  /// Whole models, each by its last counter: a simulation knows more than a count of each byte once.
  private var models: [RooflinePoint] {
    let whole = analysis.roofline.points(under: machine).filter { $0.operatorPosition == nil }
    return Array(OrderedDictionary(whole.map { ($0.run, $0) }, uniquingKeysWith: { $1 }).values)
  }

  private func words(_ point: RooflinePoint) -> String {
    guard let model = point.model else { return point.run }
    var parts = [ModelName.words(model)]
    if let dtype = point.dtype { parts.append("\(dtype)") }
    if let weights = point.weights { parts.append("from \(weights.words)") }
    return parts.joined(separator: " ")
  }

  private func named(_ points: [RooflinePoint], _ words: (RooflinePoint) -> String) -> String {
    let names = points.prefix(Self.mostNamed).map(words)
    let rest = points.count - names.count
    return listed(rest > 0 ? names + ["\(rest) more"] : names)
  }

  private var bounds: [String] {
    let models = models
    guard !models.isEmpty else { return [] }
    var parts: [String] = []
    for term in BoundTerm.allCases {
      let group = models.filter { $0.bound.value?.term == term }
      guard !group.isEmpty else { continue }
      let text = named(group) { point in
        let share = share(point)
        let doubt = point.bound.value.map { $0.isSure ? nil : $0.certainty } ?? nil
        let notes = [share, doubt].compactMap { $0 }
        return words(point) + (notes.isEmpty ? "" : " (\(notes.joined(separator: "; ")))")
      }
      parts.append("\(term.words) takes most of the time of \(text)")
    }
    var result = parts.isEmpty ? [] : ["\(opening): \(parts.joined(separator: "; "))."]
    let open = models.filter { $0.bound.value == nil }
    result += OrderedDictionary(grouping: open) { $0.bound.reason ?? "" }.map { reason, points in
      "What bounds \(named(points, words)) is open: \(reason)."
    }
    if models.contains(where: { !$0.assumptions.isEmpty }) {
      let assumed = models.flatMap(\.assumptions)
      result.append("Assumed: \(common(assumed) ?? listed(Array(Set(assumed)).sorted())).")
    }
    return result
  }

  /// How far below its roof; where that roof is not what takes the time, on what count it rests.
  private func share(_ point: RooflinePoint) -> String? {
    guard let share = point.share.value, let limit = point.attainable.value?.limit else {
      return nil
    }
    let text = "\(Format.significant(share * 100, digits: 2)) % of its \(limit.words) roof"
    guard let term = point.bound.value?.term, term != limit, term != .overhead else { return text }
    return text + ", which counts \(point.byteCounter.words)"
  }

  /// Where the operators of these models stand by their shapes.
  private var sides: [String] {
    let sides = analysis.roofline.sides(of: machine).filter { $0.kind != "DEPTHWISE_CONV_2D" }
    guard !sides.isEmpty else { return [] }
    let ridges = sides.compactMap(\.flashRidge)
    if sides.allSatisfy({ $0.belowFlash + $0.streamed + $0.belowSRAM == 0 }),
      let low = ridges.min(), let high = ridges.max()
    {
      let kinds = Set(sides.map(\.kind)).sorted()
      return [
        "By shape every \(listed(kinds)) is on the compute side of its ridge, from flash "
          + "(\(Format.number(low, digits: 3)) to \(Format.number(high, digits: 3)) MAC/B) as from SRAM."
      ]
    }
    let parts = sides.compactMap { side -> String? in
      guard let ridge = side.flashRidge else { return nil }
      let what = "\(side.dtype) \(side.kind)"
      let all = side.count
      var text =
        side.belowFlash == all
        ? "\(all == 1 ? "the only" : "all \(all)") \(what) bandwidth-bound"
        : side.belowFlash == 0
          ? "\(all == 1 ? "the only" : "all \(all)") \(what) compute-bound"
          : "\(all - side.belowFlash) of \(all) \(what) compute-bound"
      text += " (ridge \(Format.number(ridge, digits: 3)) MAC/B)"
      if side.streamed > 0, let cache = machine.cacheName {
        text +=
          ", though the weights of \(side.streamed) exceed the \(Format.capacity(machine.cacheBytes)) \(cache) "
          + "and may be streamed for every pass"
      }
      return text
    }
    guard !parts.isEmpty else { return [] }
    let below = sides.reduce(0) { $0 + $1.belowSRAM }
    let all = sides.reduce(0) { $0 + $1.count }
    let sram =
      below == 0
      ? "from SRAM all are compute-bound" : "from SRAM \(all - below) of \(all) are compute-bound"
    return ["By shape, with weights from flash: \(parts.joined(separator: "; ")); \(sram)."]
  }

  /// What the flash term of those that flash bounds is worth.
  private var gains: [String] {
    let bounded = models.filter {
      $0.bound.value?.term == .flash && $0.weights == .flash && $0.assumptions.isEmpty
    }
    guard !bounded.isEmpty else { return [] }
    let runs = Dictionary(
      analysis.selection.all.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let pairs = Dictionary(
      analysis.comparison.placement.filter { $0.ratio.basis == .time }.map { ($0.flashRun, $0) },
      uniquingKeysWith: { first, _ in first })
    let parts = bounded.compactMap { point -> String? in
      guard let terms = point.terms.value, let run = runs[point.run],
        let seconds = run.seconds.value?.value
      else { return nil }
      let name = words(point)
      if let pair = pairs[run.id] {
        return "\(name) \(Format.seconds(pair.flash - pair.sram, digits: 3)) of "
          + "\(Format.seconds(seconds)) as measured"
      }
      let saved = min(terms.flash / machine.clockHz, seconds)
      var text =
        "\(name) at least \(Format.seconds(saved, digits: 3)) of \(Format.seconds(seconds))"
      if let bytes = run.weightBytes, let sram = machine.sramBytes, bytes > UInt64(sram) {
        text +=
          ", but its \(Format.grouped(bytes)) bytes of weights do not fit \(Format.capacity(sram)) of SRAM"
      }
      return text
    }
    guard !parts.isEmpty else { return [] }
    let shown = parts.prefix(Self.mostNamed)
    let rest = parts.count - shown.count
    return [
      "Weights in SRAM would save \(shown.joined(separator: "; "))"
        + (rest > 0 ? "; and \(rest) more" : "") + "."
    ]
  }
}
