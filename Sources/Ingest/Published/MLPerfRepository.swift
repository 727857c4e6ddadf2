import Core
import Support

/// A checkout of the results of one round of MLPerf Tiny: a folder for each division, submitter and system, in it one for
/// each model, in it `performance/results.txt` or another name of that kind.
public struct MLPerfRepository: Sendable {
  /// The results of one system.
  public struct System: Sendable {
    /// Round, submitter and system, as `--reference mlperf:NAME` names it.
    public var name: String
    /// Its file.
    public var board: ReferenceBoard
  }

  /// Those that have results, sorted by name.
  public private(set) var systems: [System] = []
  /// What could not be used, what was mended.
  public private(set) var diagnostics: [Diagnostic] = []
  /// Systems of the repository, with those that have no result that can be read.
  public private(set) var found = 0

  private let round: String
  private var names: Set<String> = []

  /// Reads the checkout in `folder`.
  ///
  /// - Parameter round: as in `v1.3`; nil to take it from the names of the folder and its README.
  public init(folder: String, round given: String?) throws(Diagnostic) {
    guard let round = given ?? Self.round(of: folder) else {
      throw Diagnostic(
        "unknown-round", "neither the folder's name nor its README says which round it is of",
        remedy: "Write it: --round v1.3.", file: folder)
    }
    self.round = Self.slug(round, keeping: ".")
    let divisions = OutputFiles.names(in: folder).filter {
      ["closed", "open"].contains($0.lowercased())
    }
    guard !divisions.isEmpty else {
      throw Diagnostic(
        "no-results", "the folder has neither 'closed' nor 'open' in it",
        remedy: "Name the checkout of a results repository of MLPerf Tiny, as tiny_results_v1.3.",
        file: folder)
    }
    for division in divisions {
      let place = "\(folder)/\(division)"
      for submitter in OutputFiles.names(in: place) where !submitter.hasPrefix(".") {
        read("\(place)/\(submitter)", division, submitter)
      }
    }
    systems.sort { $0.name < $1.name }
  }

  /// `v1.3` in the folder's name, or else in the first lines of its README.
  private static func round(of folder: String) -> String? {
    func version(_ text: some StringProtocol) -> String? {
      String(text).lowercased().firstMatch(of: /v[0-9]+\.[0-9]+/).map { String($0.0) }
    }
    let name = folder.split(separator: "/").last.map(String.init) ?? ""
    if let version = version(name) { return version }
    let readme = SmallFile.bytes(of: folder + "/README.md", atMost: 1 << 20)
    return readme.flatMap { version(String(decoding: $0.prefix(2000), as: UTF8.self)) }
  }

  /// Letters and digits in lower case, with `_` for all else.
  public static func slug(_ text: String, keeping: String = "") -> String {
    let parts = text.lowercased().split {
      !(($0.isLetter || $0.isNumber) && $0.isASCII || keeping.contains($0))
    }
    let slug = parts.joined(separator: "_")
    return slug.contains { $0.isLetter || $0.isNumber } ? slug : "unnamed"
  }

  /// The file to read of each `performance` folder of a model, by system.
  private typealias Result = (model: String, variant: [String], file: String)

  private mutating func read(_ folder: String, _ division: String, _ submitter: String) {
    let base = folder + "/results/"
    var systems: [(names: [String], results: [Result])] = []
    let files = FolderTree.files(in: base, ending: ".txt", deepest: 8)
    let folders = Dictionary(grouping: files) { $0[..<($0.lastIndex(of: "/") ?? $0.startIndex)] }
    for (place, files) in folders.sorted(by: { $0.key < $1.key }) {
      let parts = place.dropFirst(base.count).split(separator: "/").map(String.init)
      // A duty cycle may have been measured beside the energy alone.
      let isTimed = parts.last?.lowercased() == "performance"
      guard isTimed || parts.last?.lowercased() == "energy",
        isTimed || !folders.keys.contains(place.dropLast(6) + "performance"),
        let file = Self.results(files)
      else { continue }
      guard let at = parts.indices.first(where: { $0 > 0 && Self.model(parts[$0]) != nil }),
        let model = Self.model(parts[at])
      else {
        report(
          .note, file, "unknown-model", "no folder of it is named after a model of MLPerf Tiny")
        continue
      }
      let names = Array(parts[..<at])
      let result = (model, Array(parts[(at + 1)...].dropLast()), file)
      if let known = systems.firstIndex(where: { $0.names == names }) {
        systems[known].results.append(result)
      } else {
        systems.append((names, [result]))
      }
    }
    let descriptions = FolderTree.files(in: folder + "/systems", ending: ".json", deepest: 4)
    for system in systems {
      found += 1
      let description = describe(system.names, descriptions, isOnly: systems.count == 1, folder)
      add(system.names, system.results, description, division, submitter)
    }
  }

  private static func results(_ files: [String]) -> String? {
    files.first { $0.lowercased().hasSuffix("results.txt") }
      ?? files.first { $0.lowercased().hasSuffix("log.txt") }
  }

  private static func model(_ folder: String) -> String? {
    ModelName.inFileName(folder).flatMap { ModelName.tinyML.contains($0) ? $0 : nil }
  }

  private mutating func report(
    _ severity: Severity, _ file: String, _ rule: String, _ message: String,
    remedy: String = "It is left out."
  ) {
    diagnostics.append(
      Diagnostic(rule, message, remedy: remedy, file: file, severity: severity))
  }

  private mutating func describe(
    _ names: [String], _ descriptions: [String], isOnly: Bool, _ folder: String
  ) -> MLPerfSystem {
    let ranked = descriptions.map { path in
      (path, MLPerfSystem.fit(FileNameConfiguration.stem(of: Self.last(path)), to: names))
    }
    let best = ranked.map(\.1).max() ?? 0
    let fitting = ranked.filter { $0.1 == best && best > 0 }.map(\.0)
    let chosen =
      fitting.count == 1 ? fitting[0] : isOnly && descriptions.count == 1 ? descriptions[0] : nil
    guard let chosen, let bytes = SmallFile.bytes(of: chosen, atMost: 1 << 20) else {
      report(
        .warning, folder, "no-description",
        "no description of the system '\(names.joined(separator: "/"))' can be told from the others",
        remedy: "Its results have no clock; give it with --set-reference clock=150MHz.")
      return MLPerfSystem()
    }
    let system = MLPerfSystem(bytes, file: chosen)
    diagnostics += system.notes
    return system
  }

  private static func last(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  private mutating func add(
    _ names: [String], _ results: [Result], _ system: MLPerfSystem, _ division: String,
    _ submitter: String
  ) {
    let words = names.joined(separator: " ")
    let slug = Self.slug(words)
    var name = "\(round)/\(Self.slug(submitter))/\(slug)"
    var again = 2
    while self.names.contains(name) {
      name = "\(round)/\(Self.slug(submitter))/\(slug)_\(again)"
      again += 1
    }
    let board = Board.named(system[.board] ?? "") ?? Board.inFileName(words)
    let dtype = Self.dtype(names) ?? system.dtype
    var lines: [[(key: String, value: ReferenceBoard.Value)]] = []
    for result in results {
      guard var line = figures(of: result) else { continue }
      line.insert(
        ("id", .text(([slug, result.model] + result.variant).joined(separator: "-"))), at: 0)
      line.insert(("model", .text(result.model)), at: 1)
      if let dtype = Self.dtype(result.variant) ?? dtype {
        line.insert(("dtype", .text(dtype.description)), at: 2)
      }
      lines.append(line)
    }
    guard !lines.isEmpty else { return }
    self.names.insert(name)
    var common: [(key: String, value: ReferenceBoard.Value)] = [
      ("board", .text(board?.id ?? system[.board] ?? words))
    ]
    if let chip = board?.mcu ?? system[.chip] { common.append(("mcu", .text(chip))) }
    if let clock = system.clockHertz { common.append(("clock_hz", .numbers([clock]))) }
    if let framework = system[.framework] { common.append(("runtime", .text(framework))) }
    if let accelerator = system[.accelerator] {
      common.append(("caveat", .text("the system has an accelerator: \(accelerator)")))
    }
    common.append(("source", .text("mlperf-tiny-\(round)")))
    let said: [(String, String?)] = [
      ("Processor", system[.processor]), ("Quantization", system[.quantization]),
      ("Compiler", system[.compiler]),
    ]
    systems.append(
      System(
        name: name,
        board: ReferenceBoard(
          comments: ["MLPerf Tiny \(round), \(division) division: \(words) by \(submitter)"]
            + said.compactMap { key, text in text.map { "\(key): \($0)" } },
          common: common, results: lines)))
  }

  /// The dtype that a name of a folder says: `ad_int8`, `NUCLEO_H7A3ZI_float`.
  private static func dtype(_ names: [String]) -> Dtype? {
    let words = names.joined(separator: " ").lowercased().split {
      !($0.isLetter || $0.isNumber)
    }
    let found = Set(
      words.compactMap { word in
        Dtype(ConfigurationKey.synonyms[String(word)] ?? String(word)).flatMap {
          [.int8, .fp32].contains($0) ? $0 : nil
        }
      })
    return found.count == 1 ? found.first : nil
  }

  /// The time that a file gives, and the energy of the folder beside it.
  private mutating func figures(
    of result: Result
  ) -> [(key: String, value: ReferenceBoard.Value)]? {
    let read = Ingestor().ingest(path: result.file)
    diagnostics += read.diagnostics
    guard let latency = read.runs.lazy.compactMap(\.latency).first, latency.unit == .seconds else {
      report(.warning, result.file, "no-result", "the file gives no time of an inference")
      return nil
    }
    let samples = latency.samples.sorted.flatMap { sample in
      Array(repeating: sample.value, count: Int(min(sample.count, 1000)))
    }
    var line: [(key: String, value: ReferenceBoard.Value)] = [
      ("latency_s", .numbers(samples)), ("resolution_s", .numbers([latency.quantum])),
    ]
    if latency.inferences > latency.samples.count {
      line.append(("inferences", .numbers([Double(latency.inferences)])))
    }
    if latency.kind == .dutyCycle || samples.count == 1 && latency.kind == .window {
      line.append(("kind", .text(latency.kind.rawValue)))
    }
    if let energy = energy(beside: result.file) {
      line.append(("energy_uj", .numbers([energy * 1e6])))
    }
    return line
  }

  private func energy(beside file: String) -> Double? {
    let parts = file.split(separator: "/", omittingEmptySubsequences: false)
    let folder = (parts.dropLast(2) + ["energy"]).joined(separator: "/")
    return Self.results(FolderTree.files(in: folder, ending: ".txt", deepest: 0))
      .flatMap { Ingestor().ingest(path: $0).runs.lazy.compactMap(\.energy.median).first }
  }
}
