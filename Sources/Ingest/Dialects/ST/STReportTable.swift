import Support

/// The table of layers in a report, with the MACs and bytes of each.
struct STReportTable: Sendable {
  private enum Form {
    /// `c_id name (*_layer) id layer_type macc rom tensors shape`, from v6 on.
    case nodes
    /// `id layer (type) output shape param # connected to macc rom` (v5). Cells may be empty, so
    /// the columns of the header decide which number is which.
    case layers(macs: Int, weights: Int)
  }

  /// More rows than any network has.
  static let rowLimit = 10_000

  private let form: Form
  let place: TextPlace
  private(set) var operators: [OperatorRecord] = []
  private(set) var isDamaged = false
  private(set) var linesRead = 1

  /// The table that begins with the header `text`; nil when it is none.
  init?(header text: Span<UInt8>, at place: TextPlace) {
    var i = 0
    Scan.blanks(text, &i)
    if Self.columns(text, i, ["c_id", "name (*_layer)", "id", "layer_type", "macc", "rom"]) {
      form = .nodes
    } else if Self.columns(text, i, Self.layerColumns), let macs = Scan.find(text, "macc"),
      let weights = Scan.find(text, "rom", from: macs)
    {
      form = .layers(macs: macs, weights: weights)
    } else {
      return nil
    }
    self.place = place
  }

  private static let layerColumns: [StaticString] = [
    "id", "layer (type)", "output shape", "param #", "connected to", "macc", "rom",
  ]

  /// True for the header of v5's table with single blanks between its columns.
  static func isCollapsedHeader(_ text: Span<UInt8>, from start: Int) -> Bool {
    columns(text, start, layerColumns) && Scan.find(text, "  ", from: start) == nil
  }

  private static func columns(
    _ text: Span<UInt8>, _ start: Int, _ names: [StaticString]
  ) -> Bool {
    var i = start
    for name in names {
      guard Scan.literal(text, &i, name) else { return false }
      Scan.blanks(text, &i)
    }
    return true
  }

  var isEmpty: Bool { operators.isEmpty }

  /// Sums over the rows.
  var totals: (macs: UInt64, weights: UInt64) {
    operators.reduce((0, 0)) { ($0.0 &+ ($1.macs ?? 0), $0.1 &+ ($1.weightBytes ?? 0)) }
  }

  /// Takes a row; nil when the table is over.
  mutating func read(
    _ text: Span<UInt8>, at place: TextPlace, into sink: inout Sink
  ) -> LineFate? {
    var i = 0
    Scan.blanks(text, &i)
    if STText.isRule(text, from: i) { return .skipped(.frame) }
    switch form {
    case .nodes: return node(text, i, at: place, into: &sink)
    case .layers(let macs, let weights):
      return layer(text, i, macs, weights, at: place, into: &sink)
    }
  }

  private mutating func node(
    _ text: Span<UInt8>, _ start: Int, at place: TextPlace, into sink: inout Sink
  ) -> LineFate? {
    var i = start
    // Further tensors of the same node: `W: NAME (2,1,1,64) (10)`.
    if i + 1 < text.count, text[i + 1] == UInt8(ascii: ":") { return .skipped(.notMeasurement) }
    guard Scan.isDigit(text[i]) else { return nil }
    guard let index = Scan.whole(text, &i), index < Self.rowLimit else {
      return damaged(place, &sink)
    }
    Scan.blanks(text, &i)
    guard let name = STText.token(text, &i) else { return damaged(place, &sink) }
    Scan.blanks(text, &i)
    guard Scan.whole(text, &i) != nil else { return damaged(place, &sink) }
    Scan.blanks(text, &i)
    guard let type = STText.token(text, &i) else { return damaged(place, &sink) }
    Scan.blanks(text, &i)
    guard let macs = Scan.grouped(text, &i) else { return damaged(place, &sink) }
    Scan.blanks(text, &i)
    guard let weights = Scan.grouped(text, &i), i == text.count || text[i] == UInt8(ascii: " ")
    else { return damaged(place, &sink) }
    return enter(
      Int(index), Scan.string(text, name), Scan.string(text, type), macs, weights, at: place, &sink)
  }

  private mutating func layer(
    _ text: Span<UInt8>, _ start: Int, _ macsColumn: Int, _ weightsColumn: Int, at place: TextPlace,
    into sink: inout Sink
  ) -> LineFate? {
    var i = start
    if Scan.isDigit(text[i]) {
      guard Scan.whole(text, &i) != nil else { return damaged(place, &sink) }
      Scan.blanks(text, &i)
    } else if start == 0 {
      return nil
    }
    let first = i
    guard let open = Scan.find(text, " (", from: i), let close = Scan.find(text, ")", from: open)
    else { return damaged(place, &sink) }
    let name = Scan.string(text, first..<open)
    let type = Scan.string(text, (open + 2)..<close)
    guard macsColumn < text.count else { return .skipped(.notMeasurement) }
    i = macsColumn
    var macs: UInt64 = 0
    if Scan.isDigit(text[i]) {
      guard text[i - 1] == UInt8(ascii: " "), let value = Scan.grouped(text, &i),
        i == text.count || text[i] == UInt8(ascii: " ")
      else { return damaged(place, &sink) }
      macs = value
    }
    var weights: UInt64 = 0
    Scan.blanks(text, &i)
    if i < text.count {
      guard i == weightsColumn, let value = Scan.grouped(text, &i), Scan.atEnd(text, i) else {
        return damaged(place, &sink)
      }
      weights = value
    }
    return enter(operators.count, name, type, macs, weights, at: place, &sink)
  }

  private mutating func enter(
    _ index: Int, _ name: String, _ type: String, _ macs: UInt64, _ weights: UInt64,
    at place: TextPlace, _ sink: inout Sink
  ) -> LineFate {
    if let last = operators.last, last.name == name, last.macs == macs, last.weightBytes == weights
    {
      return .skipped(.repeated)
    }
    guard index == operators.count, index < Self.rowLimit else { return damaged(place, &sink) }
    linesRead += 1
    operators.append(
      OperatorRecord(
        index: index, kind: STKind.tflite(type), name: name, quantum: 0, macs: macs,
        weightBytes: weights))
    return .read
  }

  private mutating func damaged(_ place: TextPlace, _ sink: inout Sink) -> LineFate {
    isDamaged = true
    return sink.reportDamage(at: place, "a row of the table of layers")
  }
}
