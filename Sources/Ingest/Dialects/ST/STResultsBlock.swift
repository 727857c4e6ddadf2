import Support

/// The block `Results for ...` that both aiSystemPerformance and the validation of v3 and v4 print:
/// one mean over some inferences, given as time, as cycles and as cycles per MAC.
struct STResultsBlock: Sendable {
  struct Cycles: Sendable {
    var mean: Double
    var below: Double?
    var above: Double?
    var place: TextPlace
  }

  /// Name of the network; nil in a validation.
  var name: String?
  /// The application runs TFLM, whose MACs it does not know: `Results TFLM 2.5.0, 16 inferences @160MHz/160MHz`.
  var isTFLM = false
  var inferences: UInt64
  /// In Hz, as the header prints both; they are the same on most devices.
  var clocks: [PrintedNumber]
  var macs: UInt64
  var header: TextPlace
  /// In s.
  var duration: PrintedNumber?
  var cycles: Cycles?
  var cyclesPerMAC: PrintedNumber?
  var linesRead = 1
  /// A figure was printed twice and differs.
  var isSpoiled = false

  static let damagedKeys: [StaticString] = [
    "Results for ", "duration  ", "CPU cycles ", "cycles/MACC ",
  ]

  /// Whether a line, at its first byte, begins like a header.
  static func mayBegin(_ text: Span<UInt8>, at start: Int) -> Bool {
    var i = start
    return Scan.literal(text, &i, "Results for ") || Scan.literal(text, &i, "Results TFLM ")
  }

  /// Reads `Results for "NAME", N inferences @AMHz/BMHz (complexity: M MACC)` or
  /// `Results for N inference(s) @A/BMHz (macc:M)`.
  init?(header text: Span<UInt8>, at place: TextPlace) {
    var i = 0
    Scan.blanks(text, &i)
    if Scan.literal(text, &i, "Results TFLM ") {
      while i < text.count, Scan.isWord(text[i]) || text[i] == UInt8(ascii: ".") { i += 1 }
      (name, isTFLM) = ("TFLM", true)
      guard Scan.literal(text, &i, ", ") else { return nil }
    } else {
      guard Scan.literal(text, &i, "Results for ") else { return nil }
      if let quoted = STText.quoted(text, &i) {
        name = quoted
        guard Scan.literal(text, &i, ", ") else { return nil }
      }
    }
    guard let count = Scan.whole(text, &i), count > 0, count < 1 << 32 else { return nil }
    inferences = count
    guard Scan.literal(text, &i, " inferences @") || Scan.literal(text, &i, " inference(s) @"),
      let first = PrintedNumber.read(text, &i, at: place)
    else { return nil }
    _ = Scan.literal(text, &i, "MHz")
    guard Scan.literal(text, &i, "/"), let second = PrintedNumber.read(text, &i, at: place)
    else { return nil }
    clocks = [first.scaled(by: 1e6), second.scaled(by: 1e6)]
    header = place
    macs = 0
    if isTFLM {
      guard Scan.literal(text, &i, "MHz"), Scan.atEnd(text, i) else { return nil }
      return
    }
    guard Scan.literal(text, &i, "MHz (") else { return nil }
    guard Scan.literal(text, &i, "complexity: ") || Scan.literal(text, &i, "macc:"),
      let complexity = Scan.whole(text, &i)
    else { return nil }
    macs = complexity
    _ = Scan.literal(text, &i, " MACC")
    guard Scan.literal(text, &i, ")"), Scan.atEnd(text, i) else { return nil }
  }

  /// Takes a field of the block; nil for any other line.
  mutating func read(
    _ text: Span<UInt8>, at place: TextPlace, into sink: inout Sink
  ) -> LineFate? {
    var i = 0
    Scan.blanks(text, &i)
    if Scan.key(text, &i, "duration") {
      guard let number = PrintedNumber.read(text, &i, at: place),
        Scan.literal(text, &i, " ms (average)"), Scan.atEnd(text, i)
      else { return sink.reportDamage(at: place, "' duration : X ms (average)'") }
      return enter(\.duration, number.scaled(by: 1e-3), "duration", into: &sink)
    }
    if Scan.key(text, &i, "CPU cycles") { return readCycles(text, i, at: place, into: &sink) }
    if Scan.key(text, &i, "cycles/MACC") {
      guard let number = PrintedNumber.read(text, &i, at: place),
        Scan.literal(text, &i, " (average"), Scan.find(text, ")", from: i) != nil
      else { return sink.reportDamage(at: place, "' cycles/MACC : X (average for all layers)'") }
      return enter(\.cyclesPerMAC, number, "cycles/MACC", into: &sink)
    }
    return nil
  }

  private mutating func readCycles(
    _ text: Span<UInt8>, _ start: Int, at place: TextPlace, into sink: inout Sink
  ) -> LineFate {
    var i = start
    let column = place.advanced(by: i)
    guard let mean = Scan.whole(text, &i) else {
      return sink.reportDamage(at: place, "' CPU cycles : N (average)'")
    }
    var read = Cycles(mean: Double(mean), place: column)
    if Scan.literal(text, &i, " -") {
      guard let below = Scan.whole(text, &i), Scan.literal(text, &i, "/+"),
        let above = Scan.whole(text, &i)
      else { return sink.reportDamage(at: place, "' CPU cycles : N -A/+B (average,-/+)'") }
      read.below = Double(below)
      read.above = Double(above)
    }
    guard Scan.literal(text, &i, " (average"), Scan.find(text, ")", from: i) != nil else {
      return sink.reportDamage(at: place, "' CPU cycles : N (average)'")
    }
    if let held = cycles {
      if held.mean == read.mean { return .skipped(.repeated) }
      isSpoiled = true
      sink.reportContradiction(
        at: column,
        "\(mean) CPU cycles, but \(Format.shortest(held.mean)) in line \(held.place.line)")
      return .diagnosed
    }
    cycles = read
    linesRead += 1
    return .read
  }

  private mutating func enter(
    _ field: WritableKeyPath<STResultsBlock, PrintedNumber?>, _ number: PrintedNumber,
    _ words: String, into sink: inout Sink
  ) -> LineFate {
    if let held = self[keyPath: field] {
      if held.value == number.value { return .skipped(.repeated) }
      isSpoiled = true
      sink.reportContradiction(
        at: number.place,
        "\(words) is \(number.value) here, but \(held.value) in line "
          + "\(held.place.line)")
      return .diagnosed
    }
    self[keyPath: field] = number
    linesRead += 1
    return .read
  }
}
