import Ingest
import Notebook
import Performance
import Statistics
import Support

/// What the micro-benchmarks of the logs gave; an emulator's counts apart from times.
enum MicroBenchmarksTable {
  static func rates(_ analysis: Analysis) -> [MicroBenchmarkRate] {
    analysis.files.flatMap(MicroBenchmarkRate.all)
  }

  /// Those that were timed.
  static func measured(_ analysis: Analysis) -> [Block] {
    let rates = rates(analysis).filter { !$0.isEmulated }
    guard !rates.isEmpty else { return [] }
    let noClock = "the CPU clock is not known"
    return Table(
      columns: [
        .init(["micro-benchmark"]), .init(["board"], priority: 2), .init(["clock"], priority: 3),
        .init(["flash"], priority: 2), .init(["cycles"]), .init(["MAC/cycle"]),
        .init(["B/cycle"]), .init(["rate"], unit: "MB/s", priority: 1),
        .init(["misses"], priority: 3), .init(["line"]), .init(["n"], priority: 4),
      ],
      rows: rates.map { rate in
        let one = rate.benchmark
        let clock = one.configuration.number(.clock)
        func per(_ work: UInt64?, _ scale: Double = 1) -> Table.Cell {
          guard let work, work > 0 else { return .missing(reason: "it does none of that") }
          guard let cycles = rate.cycles else { return .missing(reason: noClock) }
          let value = Double(work) / cycles * scale
          return .number(Format.number(value, digits: 3), sortValue: value)
        }
        return .init([
          .text(one.name),
          Cells.text(one.configuration.text(.board), missing: "the log does not name it"),
          clock.map { .number(Format.clock($0)) } ?? .missing(reason: noClock),
          Cells.text(one.configuration.text(.flash), missing: "the log does not say"),
          rate.cycles.map { .number(Format.whole($0), sortValue: $0) } ?? .missing(reason: noClock),
          per(one.macs), per(one.bytes),
          clock.map { per(one.bytes, $0 / 1e6) } ?? .missing(reason: noClock),
          Cells.whole(one.misses, missing: "the board does not count them"),
          Cells.text(rate.line, missing: "it measures no line of the figure"),
          .count(one.repetitions),
        ])
      },
      caption: [
        "Micro-benchmarks: the shortest repetition without the cost of reading the clock; a copied byte counts once"
      ]
    ).withoutEmptyColumns()
  }

  /// Those that an emulator counted.
  static func emulated(_ analysis: Analysis) -> [Block] {
    let rates = rates(analysis).filter(\.isEmulated)
    guard !rates.isEmpty else { return [] }
    return Table(
      columns: [
        .init(["micro-benchmark"]), .init(["instructions"]), .init(["MAC"], priority: 2),
        .init(["bytes"], priority: 2), .init(["per MAC"]), .init(["per byte"]),
      ],
      rows: rates.map { rate in
        let count = rate.benchmark.shortest
        func per(_ work: UInt64?) -> Table.Cell {
          guard let work, work > 0, let instructions = rate.instructions else {
            return .missing(reason: "it does none of that")
          }
          let value = instructions / Double(work)
          return .number(Format.number(value, digits: 3), sortValue: value)
        }
        return .init([
          .text(rate.benchmark.name), .number(Format.whole(count), sortValue: count),
          Cells.whole(rate.benchmark.macs, missing: "it computes none"),
          Cells.whole(rate.benchmark.bytes, missing: "it moves none"),
          per(rate.benchmark.macs), per(rate.benchmark.bytes),
        ])
      },
      caption: [
        "Micro-benchmarks in instructions (emulated); they say nothing of bandwidth and are no roofs"
      ]
    ).withoutEmptyColumns()
  }
}
