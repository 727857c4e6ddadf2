import Quantiles
import Support

/// A table of operators with their times, as ST's tools print it in three forms.
struct STOperatorTable: Sendable {
  enum Form {
    /// `Clayer id desc oshape ms`, ending in `(total)` (validation, v3 and v4).
    case validation
    /// `c_id m_id type dur (ms) % cumul name` (v10 era).
    case profile
    /// `c_id type id time (ms)` (aiSystemPerformance from v5 on).
    case observer
  }

  private struct Row {
    var index: Int?
    var name: String
    /// In ms.
    var time: PrintedNumber
    var percent: PrintedNumber?
  }

  /// More rows than any network has; the rest is not kept.
  static let rowLimit = 10_000

  let form: Form
  /// Where its header stands.
  let place: TextPlace
  private var rows: [Row] = []
  /// In ms.
  private(set) var total: PrintedNumber?
  private var isDamaged = false
  private(set) var linesRead = 1

  /// The table that begins with the header `text`; nil when it is none.
  init?(header text: Span<UInt8>, at place: TextPlace) {
    var i = 0
    Scan.blanks(text, &i)
    func columns(_ names: [StaticString]) -> Bool {
      var j = i
      for name in names {
        guard Scan.literal(text, &j, name) else { return false }
        Scan.blanks(text, &j)
      }
      return true
    }
    if columns(["Clayer", "id", "desc", "oshape"]) {
      form = .validation
    } else if columns(["c_id", "m_id", "type", "dur (ms)", "%", "cumul"]) {
      form = .profile
    } else if columns(["c_id", "type", "id", "time (ms)"]) {
      form = .observer
    } else {
      return nil
    }
    self.place = place
  }

  /// Takes a line of the table; nil when it belongs to something else.
  mutating func read(
    _ text: Span<UInt8>, at place: TextPlace, into sink: inout Sink
  ) -> LineFate? {
    var i = 0
    Scan.blanks(text, &i)
    if i == text.count { return .skipped(.blank) }
    if STText.isRule(text, from: i) { return .skipped(.frame) }
    guard total == nil else { return nil }
    if let sum = readTotal(text, i, at: place) {
      total = sum
      linesRead += 1
      return .read
    }
    let row: Row? =
      switch form {
      case .validation: Self.validationRow(text, i, at: place)
      case .profile: Self.profileRow(text, i, at: place)
      case .observer: Self.observerRow(text, i, at: place)
      }
    guard let row, rows.count < Self.rowLimit else {
      guard !Scan.isDigit(text[i]), Scan.find(text, "total") == nil,
        !NearMiss.begins(text, at: i, like: ["n/a     n/a", "total   "])
      else {
        isDamaged = true
        return sink.reportDamage(at: place, "a row of the operator table")
      }
      return nil
    }
    if let last = rows.last, last.index == row.index, last.name == row.name,
      last.time.value == row.time.value
    {
      return .skipped(.repeated)
    }
    rows.append(row)
    linesRead += 1
    return .read
  }

  private func readTotal(_ text: Span<UInt8>, _ start: Int, at place: TextPlace) -> PrintedNumber? {
    var i = start
    switch form {
    case .validation:
      guard text[text.count - 1] == UInt8(ascii: ")") else { return nil }
      guard let sum = PrintedNumber.read(text, &i, at: place), Scan.literal(text, &i, " (total)"),
        Scan.atEnd(text, i)
      else { return nil }
      return sum
    case .profile:
      guard Scan.literal(text, &i, "total") else { return nil }
      Scan.blanks(text, &i)
      guard let sum = PrintedNumber.read(text, &i, at: place) else { return nil }
      Scan.blanks(text, &i)
      return i == text.count || text[i] == UInt8(ascii: "[") ? sum : nil
    case .observer:
      guard text[text.count - 1] == UInt8(ascii: "s") else { return nil }
      guard let sum = PrintedNumber.read(text, &i, at: place), Scan.literal(text, &i, " ms"),
        Scan.atEnd(text, i)
      else { return nil }
      return sum
    }
  }

  /// `0  0  10011/(Merged Conv2d / Pool)  (10, 44, 1, 128)  14.470`, from v4 on with a format.
  private static func validationRow(_ text: Span<UInt8>, _ start: Int, at place: TextPlace) -> Row?
  {
    var i = start
    guard let index = cell(text, &i), cell(text, &i) != nil else { return nil }
    let first = i
    guard Scan.whole(text, &i) != nil, Scan.literal(text, &i, "/("),
      let close = Scan.find(text, ")", from: i)
    else { return nil }
    let name = Scan.string(text, first..<(close + 1))
    i = close + 1
    Scan.blanks(text, &i)
    guard Scan.literal(text, &i, "("), let shape = Scan.find(text, ")", from: i) else {
      return nil
    }
    i = shape + 1
    Scan.blanks(text, &i)
    if i < text.count, !Scan.isDigit(text[i]) {
      _ = STText.token(text, &i)
      Scan.blanks(text, &i)
    }
    guard let time = PrintedNumber.read(text, &i, at: place), Scan.atEnd(text, i) else {
      return nil
    }
    return Row(index: index, name: name, time: time)
  }

  /// `0  2  Conv2D (0x103) - Conv2D  19.059  28.05%  28.05%  ai_node_0`, or `n/a n/a Inter-nodal ...`.
  private static func profileRow(_ text: Span<UInt8>, _ start: Int, at place: TextPlace) -> Row? {
    var i = start
    var index: Int?
    if Scan.literal(text, &i, "n/a") {
      Scan.blanks(text, &i)
      guard Scan.literal(text, &i, "n/a") else { return nil }
      Scan.blanks(text, &i)
    } else {
      guard let first = cell(text, &i), cell(text, &i) != nil else { return nil }
      index = first
    }
    // The type may hold blanks; the two numbers before the first per cent sign end it.
    guard let sign = Scan.find(text, "%", from: i) else { return nil }
    let percentStart = tokenStart(text, endingAt: sign)
    let timeEnd = blanksStart(text, endingAt: percentStart)
    let timeStart = tokenStart(text, endingAt: timeEnd)
    let nameEnd = blanksStart(text, endingAt: timeStart)
    guard nameEnd > i else { return nil }
    var j = timeStart
    guard let time = PrintedNumber.read(text, &j, at: place), j == timeEnd else { return nil }
    j = percentStart
    guard let percent = PrintedNumber.read(text, &j, at: place), j == sign else { return nil }
    j = sign + 1
    Scan.blanks(text, &j)
    guard PrintedNumber.read(text, &j, at: place) != nil, Scan.literal(text, &j, "%") else {
      return nil
    }
    return Row(index: index, name: Scan.string(text, i..<nameEnd), time: time, percent: percent)
  }

  /// `0  NL  1  0.037  0.02 %`.
  private static func observerRow(_ text: Span<UInt8>, _ start: Int, at place: TextPlace) -> Row? {
    var i = start
    guard let index = cell(text, &i), let name = STText.token(text, &i) else { return nil }
    Scan.blanks(text, &i)
    guard cell(text, &i) != nil, let time = PrintedNumber.read(text, &i, at: place) else {
      return nil
    }
    Scan.blanks(text, &i)
    guard let percent = PrintedNumber.read(text, &i, at: place), Scan.literal(text, &i, " %"),
      Scan.atEnd(text, i)
    else { return nil }
    return Row(index: index, name: Scan.string(text, name), time: time, percent: percent)
  }

  /// A whole number and the blanks behind it.
  private static func cell(_ text: Span<UInt8>, _ i: inout Int) -> Int? {
    var j = i
    guard let value = Scan.whole(text, &j), value < 1 << 31, j < text.count,
      text[j] == UInt8(ascii: " ") || text[j] == UInt8(ascii: "\t")
    else { return nil }
    Scan.blanks(text, &j)
    i = j
    return Int(value)
  }

  private static func tokenStart(_ text: Span<UInt8>, endingAt end: Int) -> Int {
    var i = end
    while i > 0, text[i - 1] != UInt8(ascii: " "), text[i - 1] != UInt8(ascii: "\t") { i -= 1 }
    return i
  }

  private static func blanksStart(_ text: Span<UInt8>, endingAt end: Int) -> Int {
    var i = end
    while i > 0, text[i - 1] == UInt8(ascii: " ") || text[i - 1] == UInt8(ascii: "\t") { i -= 1 }
    return i
  }

  /// Sum of the rows in ms, and how far rounding may have moved it.
  private var sum: (value: Double, slack: Double) {
    // The device cuts digits off, the host's tools round.
    let unit = form == .observer ? 2.0 : 1.0
    return (
      rows.reduce(0) { $0 + $1.time.value }, rows.reduce(0) { $0 + unit * $1.time.half }
    )
  }

  /// True when total and sum agree with each other, but not with `seconds`.
  func contradicts(seconds: Double, quantum: Double) -> Bool {
    guard let total, form != .observer else { return false }
    let slack = quantum * 1e3 + 2 * total.half
    let own = sum
    return PrintedNumber.close(own.value, total.value, within: own.slack + total.half)
      && !PrintedNumber.close(total.value, seconds * 1e3, within: slack)
  }

  /// The operators, when the table is whole and its figures agree; none, and a diagnostic, otherwise.
  func operators(nodes: UInt64?, into sink: inout Sink) -> [OperatorRecord] {
    guard let total, !rows.isEmpty, !isDamaged else {
      sink.report(
        .warning, at: place, rule: "incomplete-table",
        "the table of operators is cut off or damaged; it is not used",
        remedy: "Copy the log again from its source.")
      sink.retract(lines: linesRead)
      return []
    }
    let own = sum
    var complaint: (TextPlace, String)?
    if !PrintedNumber.close(own.value, total.value, within: own.slack + 2 * total.half) {
      complaint = (
        total.place,
        "the operators add up to \(Format.rounded(own.value, places: 6)) ms, "
          + "but the total is \(total.value) ms"
      )
    }
    // A row with fewer digits than the total was cut off; rounding would hide by how much.
    if let short = rows.first(where: { $0.time.half != total.half }) {
      complaint = (
        short.time.place,
        "\(short.time.value) ms has not as many digits as the total of "
          + "\(total.value) ms"
      )
    }
    let indices = rows.compactMap(\.index)
    if complaint == nil, indices != Array(0..<indices.count) {
      complaint = (place, "the operators are not numbered 0 to \(max(indices.count, 1) - 1)")
    }
    if complaint == nil, let nodes, nodes != UInt64(indices.count) {
      complaint = (place, "\(indices.count) operators, but the network has \(nodes) nodes")
    }
    for row in rows where complaint == nil && total.value > 0 {
      guard let percent = row.percent else { continue }
      let share = row.time.value * 100 / total.value
      let slack =
        percent.half + 2 * row.time.half * 100 / total.value
        + share * 2 * total.half / total.value
      // The observer's share refers to the kernels' own time, which is not printed with it.
      if form == .profile, !PrintedNumber.close(share, percent.value, within: slack) {
        complaint = (
          row.time.place, "\(row.time.value) ms of \(total.value) ms are not \(percent.value) %"
        )
      }
    }
    if let complaint {
      sink.reportContradiction(at: complaint.0, complaint.1)
      sink.retract(lines: linesRead)
      return []
    }
    return rows.map { row in
      OperatorRecord(
        index: row.index, kind: STKind.tflite(row.name), name: row.name,
        samples: Samples([row.time.value / 1e3]), quantum: 2 * row.time.half / 1e3)
    }
  }
}
