import Core
import Support

/// How a piece of configuration came to be known, in order of precedence.
public enum Provenance: Int, Sendable, Comparable, CaseIterable {
  /// The log says so.
  case log
  /// `--set` says so.
  case option
  /// `--set-reference` says so.
  case referenceOption
  /// The sidecar file `NAME.toml` says so.
  case sidecar
  /// The file name says so.
  case fileName
  /// The sequence of operators fits one known model.
  case recognised
  /// The dialect or the source implies it (a QEMU prefix means emulated).
  case implied
  /// The board's description gives what it runs at unless somebody changed it.
  case boardDescription

  /// The stronger source comes first.
  public static func < (a: Provenance, b: Provenance) -> Bool { a.rawValue < b.rawValue }

  /// For tables: "from the log".
  public var words: String {
    switch self {
    case .log: "from the log"
    case .option: "from --set"
    case .referenceOption: "from --set-reference"
    case .sidecar: "from the sidecar file"
    case .fileName: "from the file name"
    case .recognised: "recognised by its operators"
    case .implied: "implied by the dialect"
    case .boardDescription: "assumed from the board's description"
    }
  }
}

/// One value with its provenance.
public struct ConfigurationEntry: Sendable, Hashable {
  /// Canonical text: clocks in Hz, names in lower case where the key has fixed choices.
  public var text: String
  /// Who said so.
  public var provenance: Provenance

  /// An entry whose text is already canonical.
  public init(_ text: String, _ provenance: Provenance) {
    self.text = text
    self.provenance = provenance
  }
}

/// Everything known about the circumstances of a run.
public struct Configuration: Sendable, Hashable {
  private var entries: [ConfigurationKey: ConfigurationEntry] = [:]

  /// Nothing known.
  public init() {}

  /// The entry for `key`; nil where nothing is known.
  public subscript(_ key: ConfigurationKey) -> ConfigurationEntry? { entries[key] }

  /// The canonical text for `key`.
  public func text(_ key: ConfigurationKey) -> String? { entries[key]?.text }

  /// The value of `key` as a number.
  public func number(_ key: ConfigurationKey) -> Double? {
    entries[key].flatMap { Double($0.text) }
  }

  /// All entries, by key.
  public var all: [(key: ConfigurationKey, entry: ConfigurationEntry)] {
    entries.sorted { $0.key < $1.key }.map { (key: $0.key, entry: $0.value) }
  }

  /// Enters a value unless a stronger source already gave one; returns the stronger entry when the
  /// two contradict each other.
  @discardableResult
  public mutating func offer(
    _ key: ConfigurationKey, _ text: String, _ provenance: Provenance
  ) -> ConfigurationEntry? {
    if let held = entries[key], held.provenance <= provenance {
      return held.text == text ? nil : held
    }
    entries[key] = ConfigurationEntry(text, provenance)
    return nil
  }

  /// Enters a word unless a stronger source already gave another.
  public mutating func offer(
    _ key: ConfigurationKey, _ word: some Word & CustomStringConvertible, _ provenance: Provenance
  ) {
    offer(key, word.description, provenance)
  }

  /// Forgets `key`.
  public mutating func remove(_ key: ConfigurationKey) { entries[key] = nil }
}

extension Configuration: Codable {
  /// The entries of such an object.
  public init(from decoder: any Decoder) throws {
    for (name, entry) in try [String: ConfigurationEntry](from: decoder) {
      entries[try Self.known(ConfigurationKey(rawValue: name), decoder)] = entry
    }
  }

  fileprivate static func known<T>(_ value: T?, _ decoder: any Decoder) throws -> T {
    guard let value else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "a word that is not known"))
    }
    return value
  }

  /// An object of all entries, each with its value and how it is known.
  public func encode(to encoder: any Encoder) throws {
    let entries = all.map { ($0.key.rawValue, $0.entry) }
    var container = encoder.singleValueContainer()
    try container.encode(Dictionary(uniqueKeysWithValues: entries))
  }
}

extension ConfigurationEntry: FieldsEncodable, Decodable {
  /// The value and how it is known.
  public var fields: Fields { ["value": text, "known": provenance.words] }

  /// The entry of such an object.
  public init(from decoder: any Decoder) throws {
    let fields = try [String: String](from: decoder)
    let provenance = Provenance.allCases.first { $0.words == fields["known"] }
    self.init(
      try Configuration.known(fields["value"], decoder),
      try Configuration.known(provenance, decoder))
  }
}

/// Keys whose values are words of a closed list.
extension Configuration {
  /// What the numbers in the graph are, as far as known.
  public var dtype: Dtype? { word(.dtype) }
  /// What the source says they are, where that differs.
  public var dtypeClaimed: Dtype? { word(.dtypeClaimed) }
  /// Where the weights are read from.
  public var weights: WeightsPlace? { word(.weights) }
  /// Where the code runs from.
  public var code: WeightsPlace? { word(.code) }
  /// Instruction set of the cores; nil where nothing says it.
  public var arch: Arch? { word(.arch) }
  /// Trained weights unless the source says else.
  public var weightsSource: WeightsSource { word(.weightsSource) ?? .real }
  /// How the numbers came to be; nil where the source does not say.
  public var origin: Origin? { word(.origin) }

  private func word<W: Word>(_ key: ConfigurationKey) -> W? { entries[key].flatMap { W($0.text) } }
}
