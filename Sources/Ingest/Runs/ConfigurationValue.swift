import Core
import Support

extension ConfigurationKey {
  /// The key named `text`; otherwise a failure that names the nearest one.
  public static func named(_ text: String) throws(Diagnostic) -> ConfigurationKey {
    if let key = ConfigurationKey(rawValue: text) { return key }
    let names = allCases.map(\.rawValue)
    throw Diagnostic(
      "unknown-key", "unknown key '\(text)'",
      remedy: Nearest.suggestion(for: text, in: names)
        ?? "Keys are \(names.joined(separator: ", ")).")
  }

  /// The canonical form of what a person typed for this key.
  ///
  /// A clock below 1 MHz without a unit is refused: 150 is far more likely 150 MHz than 150 Hz, and
  /// nothing is guessed.
  public func canonical(typed text: String) throws(Diagnostic) -> String {
    let isClock = self == .clock || self == .flashClock
    if isClock, let bare = Double(text.trimmingBlanks), bare < 1e6 {
      throw Diagnostic(
        "bad-value", "'\(text)' is no clock for '\(rawValue)': it has no unit",
        remedy: "Write it with its unit, as in \(rawValue)=150MHz.")
    }
    return try canonical(text)
  }

  /// The canonical form of `text` for this key.
  public func canonical(_ text: String) throws(Diagnostic) -> String {
    let trimmed = text.trimmingBlanks
    guard !trimmed.isEmpty else {
      throw Diagnostic(
        "bad-value", "'\(rawValue)' has no value", remedy: "Write \(rawValue)=VALUE.")
    }
    if let choices {
      let lower = Self.synonyms[trimmed.lowercased()] ?? trimmed.lowercased()
      guard choices.contains(lower) else {
        throw Diagnostic(
          "bad-value", "'\(trimmed)' is no value for '\(rawValue)'",
          remedy: Self.otherKey(of: lower).map { "Did you mean \($0.rawValue)=\(lower)?" }
            ?? Nearest.suggestion(for: lower, in: choices)
            ?? "It is one of \(choices.joined(separator: ", ")).")
      }
      return lower
    }
    switch self {
    case .clock, .flashClock:
      return try Self.hertz(trimmed, for: self)
    case .cores, .modelBytes, .arenaBytes:
      guard trimmed.first != "+", let value = UInt64(trimmed.filter { $0 != "," }), value > 0 else {
        throw Diagnostic(
          "bad-value", "'\(trimmed)' is no whole number above 0 for '\(rawValue)'",
          remedy: "Write for example \(rawValue)=1.")
      }
      return String(value)
    case .tick:
      guard let length = TickLength(text: trimmed) else {
        throw Diagnostic(
          "bad-value", "'\(trimmed)' is no length of a tick",
          remedy: "Write tick=1us, tick=25MHz, tick=cycles, tick=1024cycles or tick=instructions.")
      }
      return length.text
    case .modelCRC32, .qmiTiming, .qmiReadFormat, .qmiReadCommand, .jedec:
      let digits = trimmed.lowercased().hasPrefix("0x") ? String(trimmed.dropFirst(2)) : trimmed
      guard digits.first != "+", let value = UInt32(digits, radix: 16) else {
        throw Diagnostic(
          "bad-value",
          self == .modelCRC32
            ? "'\(trimmed)' is no CRC-32"
            : "'\(trimmed)' is no value of 32 bits for '\(rawValue)'",
          remedy: "Write eight hexadecimal digits.")
      }
      return Format.hex(value)
    case .board:
      return Board.named(trimmed)?.id ?? trimmed.lowercased()
    case .kernels:
      return Self.kernelSynonyms[trimmed.lowercased()] ?? trimmed.lowercased()
    case .model:
      return ModelName.canonical(trimmed)
    default:
      return trimmed
    }
  }

  /// The key of which that is a value: who writes `weights=int8` means the dtype.
  private static func otherKey(of value: String) -> ConfigurationKey? {
    allCases.first { $0.choices?.contains(value) ?? false }
  }

  /// Other names of dtypes and places.
  static let synonyms = [
    "float32": Dtype.fp32.description, "float": Dtype.fp32.description,
    "f32": Dtype.fp32.description, "i8": Dtype.int8.description,
    "ram": WeightsPlace.sram.description, "xip": WeightsPlace.flash.description,
  ]

  private static let kernelSynonyms = [
    "cmsis_nn": "cmsis-nn", "cmsis nn": "cmsis-nn", "cmsisnn": "cmsis-nn",
  ]

  /// Hertz from `150MHz`, `150 MHz`, `150000000`, `0.15GHz`.
  private static func hertz(
    _ text: String, for key: ConfigurationKey
  ) throws(Diagnostic) -> String {
    let lower = text.lowercased()
    var scale = 1.0
    var digits = lower
    for (suffix, factor) in [("ghz", 1e9), ("mhz", 1e6), ("khz", 1e3), ("hz", 1.0)]
    where lower.hasSuffix(suffix) {
      scale = factor
      digits = String(lower.dropLast(suffix.count)).trimmingBlanks
      break
    }
    guard let value = Double(digits), value.isFinite, value > 0, value * scale >= 1,
      value * scale <= 1e12
    else {
      throw Diagnostic(
        "bad-value", "'\(text)' is no clock for '\(key.rawValue)'",
        remedy: "Write it with its unit, as in \(key.rawValue)=150MHz.")
    }
    return String(UInt64((value * scale).rounded()))
  }
}

extension String {
  /// Without blanks at both ends.
  var trimmingBlanks: String {
    var view = Substring(self)
    while let first = view.first, first.isWhitespace { view.removeFirst() }
    while let last = view.last, last.isWhitespace { view.removeLast() }
    return String(view)
  }
}
