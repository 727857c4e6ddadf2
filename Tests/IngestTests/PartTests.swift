import CZlib
import Core
import Foundation
import Quantiles
import Support
import TestSupport
import Testing

@testable import Ingest

extension LogReading {
  /// Reads the log of that name.
  fileprivate init(of path: String, identity: FileIdentity?) {
    self = LogReading(unread: path, identity: identity).logs()[0]
  }
}

/// What was read of logs, as a file.
@Suite struct PartTests {
  private let program = "analyze 0.0.1"

  private func text(_ readings: [LogReading]) throws -> String {
    try Part.text(of: readings, program: program)
  }

  private func read(_ bytes: [UInt8]) throws(Diagnostic) -> [LogReading] {
    let result: Result<[LogReading], Diagnostic>? = try? withFile("x.part", bytes) { path in
      do throws(Diagnostic) {
        return .success(try Part.read(path: path, program: program).readings)
      } catch {
        return .failure(error)
      }
    }
    guard let result else { return [] }
    return try result.get()
  }

  private func rule(_ bytes: [UInt8]) -> String? {
    do throws(Diagnostic) {
      _ = try read(bytes)
      return nil
    } catch {
      #expect(error.file.hasSuffix("x.part") && !error.message.isEmpty && !error.remedy.isEmpty)
      return error.rule
    }
  }

  private func completed(_ reading: LogReading) -> IngestedFile? {
    reading.file.map {
      var file = $0
      Ingestor().complete(&file, as: reading)
      return file
    }
  }

  private static let small = "logs/rp2350_sram.txt"

  private func small() throws -> [UInt8] {
    Array(try text([LogReading(of: Checkout.path(Self.small), identity: nil)]).utf8)
  }

  /// A seal around other content.
  private func sealed(_ body: [UInt8]) -> [UInt8] {
    Array(
      PartHeader(program: program, body: String(decoding: body, as: UTF8.self)).text.utf8) + body
  }

  @Test(arguments: RandomDamageTests.logs) func everyLogComesBack(path: String) throws {
    let bytes = try Files.bytes(path)
    var random = SplitMix(UInt64(bytes.count))
    for damaged in [false, true] {
      var copy = bytes
      if damaged {
        for _ in 0..<max(1, copy.count / 100) {
          copy[Int.random(in: 0..<copy.count, using: &random)] = UInt8.random(
            in: 0...255, using: &random)
        }
      }
      try withFile("log.txt", copy) { path in
        let readings = [LogReading(of: path, identity: FileIdentity(of: path))]
        let part = try text(readings)
        #expect(part.utf8.allSatisfy { $0 == 0x0A || $0 >= 0x20 && $0 != 0x7F })
        #expect(try read(Array(part.utf8)) == readings)
        #expect(try text(read(Array(part.utf8))) == part)
        #expect(completed(readings[0]) == Ingestor().ingest(path: path))
      }
    }
  }

  @Test func partsInARowAreAPart() throws {
    let one = LogReading(of: Checkout.path(Self.small), identity: nil)
    let two = LogReading(of: "absent.txt", identity: nil)
    #expect(try read(Array((text([one]) + text([two, one])).utf8)) == [one, two, one])
  }

  @Test func everyByteThatChangesIsNoticed() throws {
    let part = try small()
    #expect(rule(part) == nil)
    var random = SplitMix(5)
    // All of the header, and enough of the rest.
    for i in Array(0..<200) + (0..<100).map({ _ in Int.random(in: 0..<part.count, using: &random) })
    {
      for change in [1, 0x80, UInt8.random(in: 1...255, using: &random)] {
        var damaged = part
        damaged[i] ^= change
        #expect(rule(damaged) != nil, "byte \(i) changed by \(change)")
      }
      #expect(rule(Array(part[..<i])) != nil, "cut at \(i)")
      #expect(rule(Array(part[..<i] + part[(i + 1)...])) != nil, "without byte \(i)")
    }
    #expect(rule(part + [0x0A]) == "not-a-part")
    #expect(rule(Array(part.dropLast())) == "part-cut-off")
    #expect(rule([]) == "part-cut-off")
  }

  @Test func anotherKindOfFileOrVersionIsSaid() throws {
    #expect(rule(try Checkout.bytes(Self.small)) == "not-a-part")
    let part = String(decoding: try small(), as: UTF8.self)
    let later = part.replacingOccurrences(of: "benchmark.part/3\"", with: "benchmark.part/4\"")
    #expect(rule(Array(later.utf8)) == "part-version")
    // A field that is missing, and one thing that stands nowhere.
    #expect(rule(sealed(Array(#"{"run":{}}"#.utf8))) == "damaged-part")
    let run = part.split(separator: "\n").first { $0.hasPrefix(#"{"run""#) }
    #expect(rule(sealed(Array((run ?? "").utf8))) == "damaged-part")
  }

  @Test func anotherProgramIsAWarning() throws {
    try withFile("x.part", try small()) { path in
      let other = try Part.read(path: path, program: "analyze 9")
      #expect(other.warnings.map(\.rule) == ["part-of-other-program"])
      #expect(other.warnings.allSatisfy { $0.severity == .warning && $0.file == path })
      #expect(try Part.read(path: path, program: program).warnings.isEmpty)
    }
  }

  @Test func aCompressedPartIsReadAsItIs() throws {
    try withFolder { folder in
      let path = folder + "/x.part.gz"
      let handle = try #require(gzopen(path, "wb"))
      let part = try small()
      _ = part.withUnsafeBytes { gzwrite(handle, $0.baseAddress, UInt32($0.count)) }
      #expect(gzclose_w(handle) == Z_OK)
      #expect(Part.isPart(path))
      #expect(try Part.read(path: path, program: program).readings.count == 1)
      try Files.write(Array(try Files.bytes(path).dropLast(9)), path)
      #expect(throws: Diagnostic.self) { try Part.read(path: path, program: program) }
    }
  }

  /// What a stranger seals need not be what we write: it is refused or read, and nothing breaks.
  @Test func sealedNonsenseBreaksNothing() throws {
    let body = Array(try small().split(separator: 0x0A).dropFirst().joined(separator: [0x0A]))
    for seed in 1...RandomDamageTests.seeds * 10 {
      var random = SplitMix(UInt64(seed))
      var copy = body
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let i = Int.random(in: 0..<copy.count, using: &random)
        copy[i] = Array("0123456789-,".utf8).randomElement(using: &random) ?? 0
      }
      guard let readings = try? read(sealed(copy)) else { continue }
      for reading in readings { _ = completed(reading)?.fields }
    }
  }

  /// Nothing that is kept of a log is left out, also where no example has it.
  @Test func everyFieldIsStored() throws {
    let filled = Self.filled
    #expect(Self.unset(filled, "log") == [])
    let part = try text([filled])
    #expect(try read(Array(part.utf8)) == [filled])
    // Another form of what is stored needs another version: raise PartHeader.version, then renew.
    try Golden.expect(part, "format-\(PartHeader.version).part")
  }
}

extension PartTests {
  /// Every property with a value of its own.
  private static var filled: LogReading {
    var source = RunSource(file: "a.txt", firstLine: 3, lastLine: 9, dialect: Dialect.all[0])
    source.boot = 2
    var configuration = Configuration()
    for (i, key) in ConfigurationKey.allCases.enumerated() {
      let given = Provenance.allCases[i % Provenance.allCases.count]
      configuration.offer(key, "value \u{9B} \(i)", given)
    }
    var run = Run(source: source)
    run.label = "a label"
    run.configuration = configuration
    var latency = Latency(
      samples: Samples([1, 2.5, 2.5]), unit: .cycles, kind: .window, quantum: 0.5, inferences: 30,
      spread: PrintedSpread(low: 1, high: 3, standardDeviation: 0.1))
    latency.order = SuccessiveDifferences([5, 2, 9])
    run.latency = latency
    run.printedCycles = Samples([150, 151])
    let statistics = TimeStatistics(count: 4, minimum: 1, maximum: 2, total: 6)
    run.statistics = statistics
    let cache = CacheCounters(
      accesses: CounterTotal(total: 90, inferences: 3),
      misses: CounterTotal(total: 8, inferences: 2))
    run.cache = cache
    run.outputs = [
      RunOutput(
        sample: 1, output: 2, crc32: 3, byteCount: 4, inferences: 5,
        pieces: [RunOutput.Piece(offset: 6, bytes: [7, 8])])
    ]
    var recording = Recording()
    (recording.tool, recording.boot, recording.plan) = ("tool", 4, "plan")
    (recording.consoleBaud, recording.warmup, recording.detail) = (115200, 1, 10)
    (recording.clockCost, recording.inferences) = (0.25, 20)
    (recording.consoleTime, recording.consoleBytes) = (1.5, 99)
    run.recording = recording
    var record = OperatorRecord(
      index: 7, kind: "CONV_2D", name: "largest", samples: Samples([3]), quantum: 1, macs: 5,
      weightBytes: 6)
    record.samplesAre = .mean
    record.statistics = statistics
    record.cache = cache
    record.isSumOfKind = true
    record.reason = "a reason"
    run.operators = [record]
    run.operatorUnit = .seconds
    run.isOpenEnded = true
    run.energy = Samples([0.001])
    run.observations = [Observation(.zeroTicks, "A sentence.", line: 8)]
    (run.macs, run.weightBytes) = (1000, 2000)
    var account = LineAccount()
    let fates = [.read, .diagnosed] + SkipRule.allCases.map { LineFate.skipped($0) }
    for fate in fates { account.enter(fate) }
    var place = Place(offset: 1, operatorIndex: 2, operatorKind: "ADD", tensorIndex: 3)
    place.text = TextPlace(line: 4, column: 5)
    var reading = LogReading(
      path: "a.txt", identity: FileIdentity(of: Checkout.path("README.md")), contentHash: .max)
    reading.identity = try? JSONDecoder().decode(
      FileIdentity.self,
      from: Data(#"{"device":1,"number":2,"isPlain":true,"member":"a.txt"}"#.utf8))
    reading.sidecar = "board = \"pico2\"\n"
    reading.settings = [LogReading.Setting(key: .model, text: "kws")]
    var diagnostic = Diagnostic(
      "a-rule", "a fact", remedy: "a remedy", place: place, file: "b.toml", severity: .warning)
    diagnostic.more = 11
    reading.file = IngestedFile(
      path: "a.txt",
      recognition: Recognition(
        dialect: source.dialect, evidence: [.init(line: 1, words: "a line", weight: 16)],
        prefix: SeenPrefix(words: ["a logger"], example: "[INFO] ", line: 1, lines: 2)),
      runs: [run],
      microBenchmarks: [
        MicroBenchmark(
          source: source, configuration: configuration, name: "read", unit: .cycles,
          repetitions: 2, shortest: 3, longest: 4, macs: 5, bytes: 6, accesses: 7, misses: 8)
      ],
      refusedRuns: [
        RefusedRun(
          source: source, configuration: configuration, neededBytes: 9, availableBytes: 8,
          reason: "too large")
      ],
      diagnostics: [diagnostic], account: account, bytes: 12, contentHash: .max, form: "xz, UTF-16")
    return reading
  }

  /// Properties that are as if nobody had set them, by their paths.
  private static func unset(_ value: Any, _ path: String) -> [String] {
    switch value {
    case let samples as Samples: return samples.isEmpty ? [path] : []
    case let order as SuccessiveDifferences: return order.count == 0 ? [path] : []
    case let text as String: return text.isEmpty ? [path] : []
    case let flag as Bool: return flag ? [] : [path]
    case let number as any BinaryInteger: return "\(number)" == "0" ? [path] : []
    case let number as Double: return number == 0 ? [path] : []
    default: break
    }
    let mirror = Mirror(reflecting: value)
    if mirror.displayStyle == .enum { return [] }
    if mirror.displayStyle != .struct, mirror.children.isEmpty { return [path] }
    return mirror.children.enumerated().flatMap { i, child in
      unset(child.value, "\(path).\(child.label ?? "\(i)")")
    }
  }
}
