import ArgumentParser
import CommandLineSupport
import Ingest
import Performance
import Reference
import Support

/// The logs and how to read them.
struct InputOptions: ParsableArguments {
  @Argument(
    help:
      "Log files; '-' is standard input, '.gz', '.xz', '.bz2', '.zst' and '.zip' are read, too.",
    completion: .file())
  var logs: [String] = []

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "What the logs do not say, for all of them: board, model, dtype, weights, clock, tick, ...; model, "
        + "dtype and tick also fill what a --reference does not say itself.",
      valueName: "key=value"))
  var settings: [String] = []

  @Option(help: Self.patternHelp)
  var pattern: [String] = []

  @Option(
    help: ArgumentHelp(
      "Operator costs of models that are not bundled: a .tflite file, or a folder of such files; may "
        + "be repeated. Runs are matched by CRC-32, else by the file's name: --models my_model.tflite "
        + "--set model=my_model.", valueName: "path"),
    completion: .file())
  var models: [String] = []

  @Option(
    help: ArgumentHelp(
      "Results to compare with: a log, a table like data/published-results.csv, a folder of such files, or what "
        + "'analyze reference import' keeps, as mlperf:v1.3/nucleo_u575zi_q; may be repeated; 'none' for no "
        + "comparison. Default: the published NUCLEO-U575ZI-Q results.",
      valueName: "path|mlperf:name|none"),
    completion: .file())
  var reference: [String] = []

  @OptionGroup var place: DataOption

  @Option(
    help: ArgumentHelp(
      "What a --reference does not say: board, clock, weights, ... Nothing overrides what it says.",
      valueName: "key=value"))
  var setReference: [String] = []

  static let patternHelp = ArgumentHelp(
    "How lines of the logs give times, where no known kind of log does: 'infer {time:us} {model}'; may be "
      + "repeated. docs/patterns.md has the fields.", valueName: "pattern")

  /// The patterns of `--pattern`.
  static func patterns(_ texts: [String]) throws(CommandFailure) -> [Pattern] {
    var patterns: [Pattern] = []
    for text in texts {
      do throws(Diagnostic) {
        patterns.append(try Pattern(text))
      } catch {
        throw CommandFailure.usage(
          "--pattern '\(text)', column \(error.column): \(error.message)", remedy: error.remedy)
      }
    }
    return patterns
  }

  /// The canonical values of `--set`.
  func canonicalSettings() throws -> [Setting] { try Self.canonical(settings, "--set") }

  static func canonical(_ texts: [String], _ option: String) throws -> [Setting] {
    try texts.map { text in
      let criterion = try KeyValue.criterion(text, option: option)
      return (key: criterion.key, text: criterion.text)
    }
  }
}

extension InputOptions {
  /// A value of `--set` or `--set-reference`, canonical.
  typealias Setting = (key: ConfigurationKey, text: String)
  /// What completes the files of `--reference`: their own settings, and those of `--set` that only fill
  /// what they do not say.
  typealias ReferenceSettings = (own: [Setting], fillings: [Setting])

  /// What is given for both sides, as both are to be of the same model.
  static let sharedKeys: Set<ConfigurationKey> = [.model, .dtype, .tick]

  /// Where the results to compare with come from.
  enum ReferenceChoice {
    /// The bundled results.
    case bundled
    /// Nothing, as asked for.
    case none
    /// These files, each once, and bundled results that were asked for by their name.
    case files([String], bundled: [(name: String, runs: [Run])] = [])
  }

  /// What `--reference` chooses: the files of folders too, and what names of `kept` lead to.
  func referenceChoice(_ kept: @autoclosure () -> KeptReferences) throws(CommandFailure)
    -> ReferenceChoice
  {
    guard let first = reference.first else { return .bundled }
    let files = reference.uniqued()
    guard files.contains("none") else { return try Self.expanded(files, kept) }
    guard files.count == 1 else {
      throw CommandFailure.usage(
        "--reference names '\(files.first { $0 != "none" } ?? first)' and 'none'",
        remedy: "Leave one of them out; a file of that name is ./none.")
    }
    return .none
  }

  private static func expanded(
    _ names: [String], _ kept: () -> KeptReferences
  ) throws(CommandFailure) -> ReferenceChoice {
    var files: [String] = []
    var bundled: [(name: String, runs: [Run])] = []
    var references: KeptReferences?
    for name in names {
      guard name.hasPrefix(KeptReferences.prefix) else {
        files += try ReferenceFolder.files(name)
        continue
      }
      let known = references ?? kept()
      references = known
      switch try known.find(String(name.dropFirst(KeptReferences.prefix.count))) {
      case .file(let path): files.append(path)
      case .runs(let runs): bundled.append((name, runs))
      }
    }
    return .files(files.uniqued(), bundled: bundled)
  }

  /// The canonical values that complete `choice`.
  func referenceSettings(of choice: ReferenceChoice) throws -> ReferenceSettings {
    let own = try Self.canonical(setReference, "--set-reference")
    if case .files = choice {
    } else if let stray = setReference.first {
      throw CommandFailure.usage(
        "'--set-reference \(stray)' needs a file of --reference to complete",
        remedy: "Name one with --reference FILE, or write --set for the logs.")
    }
    return (own, try canonicalSettings().filter { Self.sharedKeys.contains($0.key) })
  }
}

/// What to compare, and how.
struct AnalysisArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Only runs that match all of these; model and dtype select from the reference too.",
      valueName: "key=value,..."))
  var filter: [String] = []

  @Option(
    help: ArgumentHelp(
      "Compare with those runs of the logs that match, instead of the reference.",
      valueName: "key=value,..."))
  var baseline: [String] = []

  @Option(
    help: ArgumentHelp("Also give times as they would be at this clock.", valueName: "150MHz"))
  var referenceClock: String?

  @Option(help: ArgumentHelp("Confidence of intervals.", valueName: "0.95"))
  var confidence: Double?

  @Option(help: ArgumentHelp("Seed of every resampling.", valueName: "1"))
  var seed: UInt64?

  /// The options of an analysis; those that are not given are taken from `base`.
  func options(over base: AnalysisOptions = AnalysisOptions()) throws -> AnalysisOptions {
    var result = base
    if let confidence {
      guard confidence > 0, confidence < 1 else {
        throw CommandFailure.usage(
          "--confidence \(confidence) is not between 0 and 1",
          remedy: "Write 0.95 for 95 %.")
      }
      result.confidence = confidence
    }
    if let seed { result.seed = seed }
    if let referenceClock {
      do throws(Diagnostic) {
        result.referenceClockHz = Double(
          try ConfigurationKey.clock.canonical(typed: referenceClock))
      } catch {
        throw CommandFailure.usage(
          "'\(referenceClock)' is no clock for --reference-clock",
          remedy: "Write it with its unit: --reference-clock 150MHz.")
      }
    }
    if !filter.isEmpty { result.filter = base.filter + (try KeyValue.criteria(filter, "--filter")) }
    if !baseline.isEmpty { result.baseline = try KeyValue.criteria(baseline, "--baseline") }
    return result
  }
}

/// Reading `key=value`.
enum KeyValue {
  /// All criteria of an option that may be repeated and holds several, separated by commas.
  static func criteria(_ texts: [String], _ option: String) throws -> [Criterion] {
    try texts.flatMap { $0.split(separator: ",") }.map {
      try criterion(String($0), option: option)
    }
  }

  /// One criterion; what is wrong with it names the nearest key or value.
  static func criterion(_ text: String, option: String) throws -> Criterion {
    guard let equals = text.firstIndex(of: "=") else {
      throw CommandFailure.usage(
        "'\(text)' after \(option) is not of the form key=value",
        remedy: "Write for example \(option) model=kws.")
    }
    do throws(Diagnostic) {
      let key = try ConfigurationKey.named(String(text[..<equals]))
      return Criterion(
        key: key, text: try key.canonical(typed: String(text[text.index(after: equals)...])))
    } catch {
      throw CommandFailure.usage("\(option): \(error.message)", remedy: error.remedy)
    }
  }
}
