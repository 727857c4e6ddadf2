import Ingest
import Notebook
import Performance
import Reference
import Support

/// Sweeps over sizes that an emulator counted, summed up: what they do around the size of the cache.
enum InstructionSweepsTable {
  static func blocks(_ analysis: Analysis) -> [Block] {
    let sweeps = analysis.instructions.sweeps
    guard !sweeps.isEmpty else { return [] }
    guard let machine = machine(analysis), let cache = machine.cache, cache.bytes > 0 else {
      return [.table(table(sweeps, cache: nil))]
    }
    let bytes = UInt64(cache.bytes)
    return [
      paragraph(sentence(sweeps, bytes, "\(machine.short)'s \(cache.name)")),
      .table(table(sweeps, cache: bytes)),
    ]
  }

  /// The board whose cache the sweeps are about.
  private static func machine(_ analysis: Analysis) -> Machine? {
    analysis.machine.model.value?.machine ?? analysis.reference.machines.first { $0.cache != nil }
  }

  private static func sentence(
    _ sweeps: [InstructionSweep], _ bytes: UInt64, _ cache: String
  ) -> String {
    let runs = sweeps.reduce(0) { $0 + $1.runs.count }
    var text =
      "\(counted(runs, "run")) of models of many sizes make \(counted(sweeps.count, "sweep")). "
    let known = sweeps.compactMap { $0.rises(at: bytes) }
    if !known.isEmpty {
      let rising = known.count(where: \.self)
      text +=
        rising == 0
        ? "The \(Format.capacity(bytes, digits: 3)) of \(cache) leave no mark: in none of them all operators of up to "
          + "twice that size take more instructions per MAC than those of down to half of it. "
        : "In \(rising) of them all operators of up to twice the \(Format.capacity(bytes, digits: 3)) of \(cache) take more "
          + "instructions per MAC than those of down to half of it, which no cache can be the cause of. "
      text +=
        "An emulator has none, so it counts no waiting; on a board section crossover shows it."
    }
    return text
  }

  private static func table(_ sweeps: [InstructionSweep], cache: UInt64?) -> Table {
    var columns: [Table.Column] = [
      .init(["sweep"]), .init(["runtime"], priority: 3), .init(["runs"], priority: 2),
      .init(["operators"], priority: 2), .init(["weights"], unit: "KiB"),
      .init(["per MAC"], priority: 1),
    ]
    if let cache {
      columns += [
        .init([.text(capacities(cache / 2, cache, hasUnit: true))]),
        .init([.text(capacities(cache, cache * 2, hasUnit: true))]),
        .init(["change of the mean"], priority: 3),
      ]
    }
    return Table(
      columns: columns,
      rows: sweeps.map { sweep in
        let sizes = sweep.sizes
        var cells: [Table.Cell] = [
          .text("\(sweep.kind) \(sweep.dtype)"),
          Cells.text(sweep.runtime, missing: "the log does not name it"),
          .count(sweep.runs.count), .count(sweep.points.count),
          .number(capacities(sizes.lowerBound, sizes.upperBound, hasUnit: false)),
          range(sweep.perMAC()),
        ]
        if let cache {
          cells += [
            range(sweep.perMAC { InstructionSweep.isBelow($0, cache) }),
            range(sweep.perMAC { InstructionSweep.isAbove($0, cache) }),
            sweep.change(at: cache).map { .number(signed($0), sortValue: $0 * 100) }
              ?? .missing(reason: none),
          ]
        }
        return .init(cells)
      },
      caption: ["Sweeps: instructions per MAC of operators by the size of their weights (emulated)"]
    )
  }

  private static let none = "no operator is of that size"

  private static func range(_ values: ClosedRange<Double>?) -> Table.Cell {
    values.map { .number(EmulatedRuns.range($0, digits: 3), sortValue: $0.lowerBound) }
      ?? .missing(reason: none)
  }

  private static func signed(_ fraction: Double) -> String {
    Format.signed(fraction * 100, places: 1) + " %"
  }

  private static func capacities(_ low: UInt64, _ high: UInt64, hasUnit: Bool) -> String {
    Format.capacity(low, digits: 3, hasUnit: false) + " – "
      + Format.capacity(high, digits: 3, hasUnit: hasUnit)
  }
}
