import BenchLog
import Quantiles
import Support
import TestSupport
import Testing

@testable import Ingest

/// A log of version 2 whose lines are flipped, dropped and repeated: exactly the intact lines are
/// read, but for those whose declaration was lost, and everything else is noticed.
@Suite struct BenchLogLineDamageTests {
  private enum Fate { case intact, flipped, dropped, repeated }

  /// A line of the undamaged log.
  private struct Line {
    var bytes: [UInt8]
    var record: Record
    var fields: [String: String]
  }

  private static let lines: [Line] = {
    let written = String(decoding: encoded(version2Lines), as: UTF8.self)
    return zip(written.split(separator: "\r\n"), version2Lines).map { text, line in
      let fields = line.1.map { key, value in
        if case .whole(let number) = value { return ("\(key)", "\(number)") }
        return ("\(key)", "")
      }
      return Line(
        bytes: Array(text.utf8), record: line.0, fields: Dictionary(uniqueKeysWithValues: fields))
    }
  }()

  /// One to three bytes become others; never only the letters of the checksum larger or smaller.
  private static func flip(_ line: [UInt8], _ random: inout SplitMix) -> [UInt8] {
    while true {
      var changed = line
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let byte = UInt8.random(in: .min ... .max, using: &random)
        // Ends of lines would make two of one.
        if byte != 0x0A, byte != 0x0D {
          changed[Int.random(in: changed.indices, using: &random)] = byte
        }
      }
      if changed.map({ $0 | 0x20 }) != line.map({ $0 | 0x20 }) { return changed }
    }
  }

  /// The numbers of the lines that a reader of these intact ones takes.
  private static func accepted(_ intact: [Int]) -> Set<Int> {
    var runs: Set<String> = []
    var operators: Set<String> = []
    var accepted: Set<Int> = []
    for number in intact {
      let line = lines[number]
      let run = line.fields["run"] ?? ""
      switch line.record {
      case .run: runs.insert(line.fields["id"] ?? "")
      case .op:
        guard runs.contains(run) else { continue }
        operators.insert("\(run) \(line.fields["index"] ?? "")")
      case .opt, .sum:
        guard runs.contains(run) else { continue }
        if let op = line.fields["op"], !operators.contains("\(run) \(op)") { continue }
      case .inf, .out, .done:
        guard runs.contains(run) else { continue }
      case .end:
        // Its counts are right only when none of these is lost.
        let counted: [Record] = [.run, .bench, .refused]
        let isWhole = lines.indices.allSatisfy {
          !counted.contains(lines[$0].record) || intact.contains($0)
        }
        guard isWhole else { continue }
      case .log, .machine, .build, .model, .refused, .bench: break
      }
      accepted.insert(number)
    }
    return accepted
  }

  @Test func exactlyTheIntactLinesAreRead() {
    var flips = 0
    var reads = 0
    for seed in 0..<seedCount {
      var random = SplitMix(seed &+ 3_000_000)
      var reader = BenchLogReader(file: "log.txt")
      var sink = Sink(file: "log.txt")
      var place = TextPlace(line: 0, column: 1)
      var intact: [Int] = []
      var read: Set<Int> = []
      /// Lines since the last intact one: all that are lost, and those that show as damaged.
      var lost = 0
      var damaged = 0

      func feed(_ bytes: [UInt8]) -> (fate: LineFate, rules: [String]) {
        place.line += 1
        let before = sink.diagnostics.count
        let fate = reader.read(bytes.span, at: place, into: &sink)
        return (fate, sink.diagnostics[before...].filter { $0.line == place.line }.map(\.rule))
      }
      for (number, line) in Self.lines.enumerated() {
        let fates: [Fate] = [.intact, .intact, .intact, .intact, .flipped, .dropped, .repeated]
        let fate = fates[Int.random(in: fates.indices, using: &random)]
        switch fate {
        case .dropped:
          lost += 1
        case .flipped:
          flips += 1
          lost += 1
          let found = feed(Self.flip(line.bytes, &random))
          // Where even its beginning and end are gone it is a gap in the numbers.
          if found.fate == .diagnosed { damaged += 1 }
          #expect(found.rules == (found.fate == .diagnosed ? ["damaged-line"] : []))
          #expect(found.fate != .read, "seed \(seed), line \(number)")
        case .intact, .repeated:
          intact.append(number)
          let found = feed(line.bytes)
          if found.fate == .read { read.insert(number) }
          #expect(found.rules.contains("missing-lines") == (lost > damaged), "seed \(seed)")
          (lost, damaged) = (0, 0)
          guard fate == .repeated else { continue }
          for _ in 0..<Int.random(in: 1...2, using: &random) {
            let echo = feed(line.bytes)
            #expect(echo.fate == .diagnosed && echo.rules == ["repeated-line"])
          }
        }
      }
      reader.finish(into: &sink)
      #expect(read == Self.accepted(intact), "seed \(seed)")
      let isWhole = intact.last == Self.lines.count - 1
      #expect(sink.diagnostics.contains { $0.rule == "no-end" } == !isWhole, "seed \(seed)")
      Self.checkNumbers(sink, seed)
      reads += read.count
    }
    #expect(flips > Int(seedCount) * 3 && reads > Int(seedCount) * 10)
  }

  /// What the reader hands over was all said by the undamaged log.
  private static func checkNumbers(_ sink: Sink, _ seed: UInt64) {
    for run in sink.runs {
      guard let truth = truth.runs.first(where: { $0.isOf(run) }) else {
        Issue.record("seed \(seed): a run that never was")
        continue
      }
      let complete = run.latency?.kind == truth.latency?.kind
      #expect(!complete || run.latency?.samples.isPart(of: truth.latency?.samples) == true)
      #expect(run.statistics == nil || run.statistics == truth.statistics)
      for one in run.operators {
        let other = truth.operators.first { $0.index == one.index }
        #expect(one.statistics == nil || one.statistics == other?.statistics)
        #expect(one.samplesAre == .mean || one.samples.isPart(of: other?.samples))
      }
      for output in run.outputs {
        let other = truth.outputs.first { $0.sample == output.sample && $0.crc32 == output.crc32 }
        #expect(other != nil && (output.data == nil || output.data == other?.data))
      }
    }
    for one in sink.microBenchmarks {
      #expect(truth.microBenchmarks.contains { $0.name == one.name && $0.shortest == one.shortest })
    }
    for one in sink.refusedRuns {
      #expect(truth.refusedRuns.contains { $0.neededBytes == one.neededBytes })
    }
  }

  private static let truth = Ingestor().ingest(bytes: encoded(version2Lines), path: "log.txt")
}

extension Run {
  /// True when the other is this run with some of its lines missing, by the unit and the keys that
  /// stand in the run line itself.
  fileprivate func isOf(_ other: Run) -> Bool {
    operatorUnit == other.operatorUnit && recording.clockCost == other.recording.clockCost
  }
}

extension Samples {
  fileprivate func isPart(of other: Samples?) -> Bool {
    guard let other else { return isEmpty }
    return sorted.allSatisfy { one in
      other.sorted.contains { $0.value == one.value && $0.count >= one.count }
    }
  }
}
