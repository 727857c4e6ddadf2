import Quantiles
import TestSupport
import Testing

@testable import Ingest
@testable import Performance

/// Boots of one log that measured the same stand in one row.
@Suite struct RowTests {
  private func boot(
    _ number: Int, _ times: [Double], _ more: [ConfigurationKey: String] = [:],
    operators: [OperatorRecord] = []
  ) -> Run {
    var run = makeRun(
      onRP2350("kws", "int8", "flash", more), times: times, unit: .ticks, quantum: 1,
      operators: operators)
    run.source.boot = number
    run.source.firstLine = number * 10
    run.source.lastLine = number * 10 + 5
    run.latency?.order = SuccessiveDifferences(times.map { UInt64($0) })
    run.configuration.offer(.tick, "1000000Hz", .log)
    return run
  }

  private let near = [60_010.0, 59_990, 60_020, 59_980, 60_000, 60_005, 59_995]

  @Test func bootsOfEqualConfigurationArePooled() throws {
    let analysis = try analyse([boot(1, near), boot(2, near), boot(3, near)])
    let run = try #require(analysis.selection.runs.first)
    #expect(analysis.selection.runs.count == 1 && run.boots?.count == 3)
    #expect(
      run.seconds.value?.count == 21 && run.seconds.value?.method == "median of 21 inferences")
    #expect(run.run.source.firstLine == 10 && run.run.source.lastLine == 35)
    // No difference is formed across a boot.
    #expect(run.run.latency?.order.differences == 18)
    #expect(run.boots?.differ == false)
    #expect(BootsDiffer.findings(in: analysis).isEmpty)
  }

  @Test func whatDiffersStaysApart() throws {
    let other = boot(2, near, [.flags: "-O0"])
    #expect(try analyse([boot(1, near), other]).selection.runs.count == 2)
    // Two results of one boot are no two boots.
    #expect(try analyse([boot(1, near), boot(1, near)]).selection.runs.count == 2)
    // Past twofold they are two builds or inputs.
    #expect(try analyse([boot(1, near), boot(2, near.map { $0 * 2.2 })]).selection.runs.count == 2)
    #expect(try analyse([boot(1, near), boot(2, near.map { $0 * 1.8 })]).selection.runs.count == 1)
    let operators = [makeOperator("CONV_2D", near)]
    #expect(
      try analyse([boot(1, near), boot(2, near, operators: operators)]).selection.runs.count == 2)
    var failed = boot(2, near)
    failed.observations = [Observation(.failedRun, "It failed.")]
    #expect(try analyse([boot(1, near), failed]).selection.runs.count == 2)
    var published = [boot(1, [60_000]), boot(2, [60_000])]
    for i in published.indices { published[i].latency?.kind = .published }
    #expect(try analyse(published).selection.runs.allSatisfy { $0.boots == nil })
  }

  /// Many runs of equal configuration in each boot: every row gets one of each boot, the first that fits it.
  @Test func manyRunsOfABootFindTheirRows() throws {
    var numbers = SplitMix(7)
    var runs: [Run] = []
    for number in 1...4 {
      for _ in 0..<40 {
        runs.append(boot(number, [Double(1000 + numbers.next() % 9000)]))
      }
    }
    var expected: [[Run]] = []
    for run in runs {
      let time = try #require(run.latency?.samples.median)
      let fitting = try expected.firstIndex { row in
        let last = try #require(row.last)
        let held = try #require(last.latency?.samples.median)
        return last.source.boot < run.source.boot && max(time, held) <= 2 * min(time, held)
      }
      if let fitting { expected[fitting].append(run) } else { expected.append([run]) }
    }
    let rows = Row.all(of: runs)
    #expect(rows.count > 40 && rows.count < 160)
    #expect(rows.map { $0.boots.isEmpty ? [$0.pooled] : $0.boots } == expected)
  }

  /// Each level of a log whose boots hold two builds has a row of its own.
  @Test func levelsFindTheirRows() throws {
    let slow = near.map { $0 * 10 }
    let analysis = try analyse([boot(1, near), boot(1, slow), boot(2, near), boot(2, slow)])
    #expect(analysis.selection.runs.map { $0.boots?.count } == [2, 2])
    #expect(analysis.selection.runs.compactMap(\.seconds.value?.value) == [0.06, 0.6])
  }

  @Test func bootsThatDifferAreTheUnit() throws {
    let boots = [0.0, 900, -700, 300, 1200].enumerated().map { number, offset in
      boot(
        number + 1, near.map { $0 + offset },
        operators: [makeOperator("CONV_2D", near.map { $0 / 2 + offset })])
    }
    let analysis = try analyse(boots, against: [makeRun(onNucleo("kws", "int8"), times: near)])
    let run = try #require(analysis.selection.runs.first)
    #expect(run.boots?.differ == true && run.dependence == nil)
    let time = try #require(run.seconds.value)
    #expect(time.method == "mean of the medians of 5 boots" && time.count == 35)
    #expect(isClose(time.value, 0.06034))
    // Student's t with 4 degrees of freedom, 2.776, times 757.0 / sqrt(5).
    let interval = try #require(time.interval.value)
    #expect(interval.kind == .confidence)
    #expect(isClose(interval.high - time.value, 0.000940, within: 1e-2))
    #expect(run.operators.first?.seconds.value?.method == "mean of the medians of 5 boots")
    let finding = try #require(BootsDiffer.findings(in: analysis).first)
    #expect(
      finding.evidence.first?.contains("5 boots are from 59,300 ticks to 61,200 ticks") == true)
    #expect(!finding.action.contains("five times"))
    // Inferences of one boot resemble each other; that is no dependence from one to the next.
    #expect(SamplesDepend.findings(in: analysis).isEmpty)
    let two = try analyse(Array(boots.prefix(2)))
    #expect(BootsDiffer.findings(in: two).first?.action.contains("five times") == true)
  }

  /// Where both sides have boots as their unit, so has the ratio.
  @Test func ratiosOfBootsAreFiellers() throws {
    let offsets = [0.0, 900, -700, 300, 1200]
    func side(_ factor: Double, _ flags: String) -> [Run] {
      offsets.enumerated().map { number, offset in
        boot(number + 1, near.map { ($0 + offset) * factor }, [.flags: flags])
      }
    }
    let options = AnalysisOptions(baseline: [Criterion(key: .flags, text: "-O3")])
    let analysis = try analyse(side(1, "-O3") + side(1.5, "-Os"), options: options)
    let ratio = try #require(analysis.comparison.speedups.first?.ratio)
    #expect(isClose(ratio.value, 1.5, within: 1e-9))
    #expect(ratio.interval.value?.method.hasPrefix("Fieller") == true)
    #expect(try #require(ratio.interval.value).contains(1.5))
  }

  @Test func amountsAddUp() throws {
    var boots = [boot(1, near), boot(2, near)]
    for i in boots.indices {
      boots[i].recording.inferences = 7
      boots[i].statistics = TimeStatistics(
        count: 7, minimum: Double(10 - i), maximum: Double(20 + i), total: 100)
      boots[i].cache = CacheCounters(accesses: CounterTotal(total: 70, inferences: 7))
      boots[i].outputs = [
        RunOutput(
          sample: 0, output: 0, crc32: UInt32(i / 2), byteCount: 4, inferences: 7, pieces: [])
      ]
    }
    let pooled = try #require(Row.all(of: boots).first).pooled
    #expect(pooled.recording.inferences == 14)
    #expect(
      pooled.statistics == TimeStatistics(count: 14, minimum: 9, maximum: 21, total: 200))
    #expect(pooled.cache.accesses == CounterTotal(total: 140, inferences: 14))
    #expect(pooled.cache.misses == nil)
    #expect(pooled.outputs.map(\.inferences) == [14])
  }
}
