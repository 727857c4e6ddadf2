import Support

/// What takes the largest part of the time.
public enum BoundTerm: String, Sendable, CaseIterable, Encodable {
  /// MACs in the kernel's inner loop.
  case compute
  /// Fetching from flash.
  case flash
  /// Reading and writing SRAM.
  case sram
  /// What neither explains: index arithmetic, requantisation, calls, operators without MACs.
  case overhead

  /// As sentences write it.
  public var words: String { self == .sram ? "SRAM" : rawValue }
}

/// The time of a point split into what each limit explains of it, in cycles.
///
/// The core waits for a fill, so the terms add up; what they leave of the measured cycles is
/// overhead. The compute term rests on the inner loop of the operator's kernel where one is
/// described, for a roof of SMLAD or VMUL alone leaves out the loads that no kernel can do without.
public struct BoundTerms: Sendable, Equatable, Encodable {
  /// MACs at the rate of the kernel's inner loop, at most the measured cycles.
  public var compute: Double
  /// Bytes from flash at its roof.
  public var flash: Double
  /// Bytes of SRAM at its roof.
  public var sram: Double
  /// The rest of the measured cycles, 0 where there is none.
  public var overhead: Double

  init(measured: Double, compute: Double, flash: Double, sram: Double) {
    self.compute = min(compute, measured)
    self.flash = flash
    self.sram = sram
    overhead = max(0, measured - compute - flash - sram)
  }

  /// Cycles of one term.
  public subscript(term: BoundTerm) -> Double {
    switch term {
    case .compute: compute
    case .flash: flash
    case .sram: sram
    case .overhead: overhead
    }
  }

  /// Largest first; equal ones keep the order of `BoundTerm`.
  var ranked: [BoundTerm] {
    BoundTerm.allCases.enumerated().sorted {
      (self[$1.element], $0.offset) < (self[$0.element], $1.offset)
    }.map(\.element)
  }
}

/// The largest term and how far it leads.
public struct Bound: Sendable, Equatable {
  /// The largest term.
  public var term: BoundTerm
  /// The next one.
  public var next: BoundTerm
  /// Largest / next term; infinite where there is no next.
  public var ratio: Double
  /// Whether flash's term is the extra time against the same model from SRAM, not a count of bytes.
  var isFromPair = false

  /// Beyond this lead the bound stays what it is even if a term is wrong by half.
  static let sureRatio = 2.0

  /// Whether the largest term leads by more than a factor of two.
  public var isSure: Bool { ratio > Self.sureRatio }

  /// "sure: 3.2 times overhead", "near the ridge: 1.3 times compute".
  public var certainty: String {
    guard ratio.isFinite else { return "sure: no other term" }
    let lead =
      "\(Format.significant(ratio, digits: 2)) times \(next.words)"
      + (isFromPair ? ", by the run from SRAM" : "")
    if isSure { return "sure: \(lead)" }
    return term == .overhead || next == .overhead ? "close: \(lead)" : "near the ridge: \(lead)"
  }
}

extension Bound {
  /// What holds in every one of `cases`, with the smallest lead; the terms that lead somewhere
  /// otherwise.
  static func common(_ cases: [BoundTerms]) -> (bound: Bound?, candidates: [BoundTerm]) {
    var bound: Bound?
    var candidates: [BoundTerm] = []
    for terms in cases {
      let ranked = terms.ranked
      guard ranked.count > 1 else { continue }
      let (first, second) = (ranked[0], ranked[1])
      if !candidates.contains(first) { candidates.append(first) }
      let ratio = terms[second] > 0 ? terms[first] / terms[second] : .infinity
      if let known = bound, known.ratio <= ratio { continue }
      bound = Bound(term: first, next: second, ratio: ratio)
    }
    return candidates.count == 1 ? (bound, candidates) : (nil, candidates)
  }
}
