import Core
import Support

/// The summary of a report (`Exec/report summary (analyze)`): what a network costs, and for what it
/// was generated.
struct STSummary: Sendable {
  var header: TextPlace
  /// The tool's command: `analyze`, `generate`, `validate`.
  var command: String
  var failure: TextPlace?
  /// The tool's own words for the failure.
  private(set) var failureText: String?
  var model: String?
  /// What the numbers are, and in whose words.
  var dtype: (word: Dtype, evidence: String)?
  var target: String?
  private(set) var macs: UInt64?
  private(set) var weightBytes: UInt64?
  private(set) var activationBytes: UInt64?
  private(set) var percentageLine: Int?
  private(set) var linesRead = 1
  private(set) var lastLine: Int
  private var spoiled: Set<String> = []
  private var isUnquantized = false

  static let damagedKeys: [StaticString] = [
    "Exec/report summary", "model_name  ", "model_fmt  ", "macc   ", "weights (ro) ",
    "activations (rw) ", "target/series ", "weights size ", "activations size ",
  ]

  /// The summary whose title is `text`; nil for any other line.
  init?(title text: Span<UInt8>, at place: TextPlace) {
    var i = 0
    Scan.blanks(text, &i)
    guard Scan.literal(text, &i, "Exec/report summary (") else { return nil }
    guard let close = Scan.find(text, ")", from: i), close - i < 100 else { return nil }
    command = Scan.string(text, i..<close)
    header = place
    lastLine = place.line
    if Scan.find(text, "err=", from: i) != nil { failure = place }
  }

  /// True when the command checks the network rather than only counting its costs.
  var isValidation: Bool { command.hasPrefix("validate") }

  /// Takes a line of the summary or of what follows it; nil when it says nothing that counts.
  mutating func read(
    _ text: Span<UInt8>, at place: TextPlace, into sink: inout Sink
  ) -> LineFate? {
    let fate = readKnown(text, at: place, into: &sink)
    if fate == .read {
      linesRead += 1
      lastLine = place.line
    }
    return fate
  }

  private mutating func readKnown(
    _ text: Span<UInt8>, at place: TextPlace, into sink: inout Sink
  ) -> LineFate? {
    var i = 0
    Scan.blanks(text, &i)
    let start = i
    if Scan.key(text, &i, "macc") {
      return bytes(text, i, \.macs, "macc", at: place, unit: false, into: &sink)
    }
    if Scan.key(text, &i, "weights (ro)") || Scan.key(text, &i, "weights size") {
      return bytes(text, i, \.weightBytes, "weights", at: place, unit: true, into: &sink)
    }
    if Scan.key(text, &i, "activations (rw)") || Scan.key(text, &i, "activations size") {
      return bytes(text, i, \.activationBytes, "activations", at: place, unit: true, into: &sink)
    }
    if Scan.key(text, &i, "model_name") {
      model = Scan.string(text, i..<text.count).trimmingBlanks
      return .read
    }
    if Scan.key(text, &i, "target/series") {
      target = Scan.string(text, i..<text.count).trimmingBlanks.lowercased()
      return .read
    }
    if Scan.key(text, &i, "model_fmt") {
      readFormat(Scan.string(text, i..<text.count).trimmingBlanks)
      return .read
    }
    if Scan.key(text, &i, "quantize") {
      isUnquantized = Scan.literal(text, &i, "None") && Scan.atEnd(text, i)
      return .read
    }
    if Scan.key(text, &i, "input"), isUnquantized, Scan.find(text, "ai_float") != nil {
      dtype = (.fp32, "not quantized, and the input is ai_float")
      return .read
    }
    i = start
    if readFailure(text, start, at: place) { return .read }
    if Scan.find(text, "c_dur") != nil,
      Scan.find(text, "m_id") != nil || Scan.find(text, "c_id") != nil
    {
      percentageLine = percentageLine ?? place.line
      return .read
    }
    return nil
  }

  private mutating func readFailure(_ text: Span<UInt8>, _ start: Int, at place: TextPlace) -> Bool
  {
    let says =
      Scan.find(text, "TOOL ERROR", from: start) != nil
      || isValidation && Scan.find(text, "NOT EVALUATED", from: start) != nil
    if says {
      failure = failure ?? place
      failureText = failureText ?? STText.toolError(text)
    }
    return says
  }

  private mutating func readFormat(_ text: String) {
    if text == "float" {
      dtype = (.fp32, "model_fmt 'float'")
    } else if text.hasPrefix("ss/sa") || text.hasPrefix("ua/ua") || text.hasPrefix("ss/ua")
      || text.hasPrefix("sa/sa")
    {
      // ST's shorthand for the 8-bit integer schemes: signed or unsigned, symmetric or asymmetric.
      dtype = (.int8, "model_fmt '\(printable(text, limit: 60))'")
    }
  }

  private mutating func bytes(
    _ text: Span<UInt8>, _ start: Int, _ field: WritableKeyPath<STSummary, UInt64?>,
    _ words: String, at place: TextPlace, unit: Bool, into sink: inout Sink
  ) -> LineFate {
    var i = start
    let column = place.advanced(by: start)
    guard let value = Scan.grouped(text, &i), i == text.count || text[i] == UInt8(ascii: " ")
    else { return sink.reportDamage(at: place, "'\(words) : N'") }
    if unit, !kibibytesAgree(text, i, value, at: place) {
      spoiled.insert(words)
      self[keyPath: field] = nil
      sink.reportContradiction(at: column, "\(value) B are not the KiB printed beside them")
      return .diagnosed
    }
    return enter(value, field, words, at: column, into: &sink)
  }

  /// `N B (X KiB)`: checks the second against the first where it is there.
  private func kibibytesAgree(
    _ text: Span<UInt8>, _ start: Int, _ value: UInt64, at place: TextPlace
  ) -> Bool {
    var i = start
    _ = Scan.literal(text, &i, " B")
    guard Scan.literal(text, &i, " ("), let printed = PrintedNumber.read(text, &i, at: place),
      Scan.literal(text, &i, " KiB)")
    else { return true }
    return PrintedNumber.close(Double(value) / 1024, printed.value, within: 2 * printed.half)
  }

  /// Enters one of several readings of the same cost.
  mutating func enter(
    _ value: UInt64, _ field: WritableKeyPath<STSummary, UInt64?>, _ words: String,
    at place: TextPlace, into sink: inout Sink
  ) -> LineFate {
    guard !spoiled.contains(words) else { return .skipped(.repeated) }
    guard let held = self[keyPath: field], held != value else {
      self[keyPath: field] = value
      return .read
    }
    spoiled.insert(words)
    self[keyPath: field] = nil
    sink.reportContradiction(at: place, "\(words) is \(value) here, but \(held) before")
    return .diagnosed
  }

  /// Enters the totals of a table of layers.
  mutating func enterTotals(
    macs: UInt64, weights: UInt64, at place: TextPlace, into sink: inout Sink
  ) -> Bool {
    let first = enter(macs, \.macs, "macc", at: place, into: &sink)
    let second = enter(weights, \.weightBytes, "weights", at: place, into: &sink)
    return first == .read && second == .read
  }

  /// Puts what is known into `run`.
  func describe(_ run: inout Run) {
    run.macs = macs
    run.weightBytes = weightBytes
    if let model, let name = STText.model(model) {
      run.configuration.offer(.model, name, .log)
    }
    if let dtype {
      run.configuration.offer(.dtype, dtype.word, .log)
      run.configuration.offer(.dtypeEvidence, dtype.evidence, .log)
    }
    if let activationBytes, activationBytes > 0 {
      run.configuration.offer(.arenaBytes, String(activationBytes), .log)
    }
    // A series of STM32 is no single microcontroller; other targets are.
    if let target, !target.hasPrefix("stm32"), target != "generic", !target.isEmpty {
      run.configuration.offer(.mcu, target, .log)
    }
  }
}
