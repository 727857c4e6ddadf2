import Core
import Reference
import Support

/// How a roof is known.
public enum RoofProvenance: Sendable, Equatable {
  /// From a data sheet or an instruction count: the title of the source.
  case computed(from: String)
  /// By the firmware's micro-benchmarks: the run that holds them.
  case measured(by: String)

  /// "computed from ..." or "measured by ...".
  public var words: String {
    switch self {
    // Some titles say themselves that the figures were computed.
    case .computed(let title):
      title.hasPrefix("Computed ") ? "computed " + title.dropFirst(9) : "computed from \(title)"
    case .measured(let run): "measured by the micro-benchmarks of \(run)"
    }
  }

  /// Whether a figure draws it solid.
  public var isMeasured: Bool {
    if case .measured = self { true } else { false }
  }
}

/// A level of memory that weights or activations come from.
public enum MemoryLevel: String, Sendable, CaseIterable, Encodable {
  case flash, sram, cache

  /// As sentences write it.
  public var words: String {
    switch self {
    case .flash: "flash"
    case .sram: "SRAM"
    case .cache: "cache"
    }
  }
}

/// A bandwidth line of a roofline.
public struct MemoryLine: Sendable, Equatable {
  /// Name within the machine, as in `flash-random`.
  public var id: String
  /// What it assumes, in words.
  public var name: String
  /// The memory it belongs to.
  public var level: MemoryLevel
  /// Whether it is the level's roof; otherwise it is a line below it.
  var isRoof: Bool
  /// Bytes per cycle of the CPU clock, for one core.
  public var bytesPerCycle: Double
  /// B/s at the machine's clock.
  public var bytesPerSecond: Double
  /// How it is known.
  public var provenance: RoofProvenance
}

extension MemoryLine: FieldsEncodable {
  /// What it is, how high, and how that is known.
  public var fields: Fields {
    [
      "id": id, "name": name, "level": level, "is_roof": isRoof, "bytes_per_cycle": bytesPerCycle,
      "bytes_per_second": bytesPerSecond, "provenance": provenance.words,
      "is_measured": provenance.isMeasured,
    ]
  }
}

/// A horizontal line of a roofline.
public struct ComputeLine: Sendable, Equatable {
  /// Name within the machine, as in `int8-conv`.
  public var id: String
  /// What limits it, in words.
  public var name: String
  /// `int8` or `fp32`.
  public var dtype: Dtype
  /// Whether it is the dtype's roof; otherwise it is a line below it.
  var isRoof: Bool
  /// Operators whose inner loop it describes; empty for a roof, which holds for all.
  public var kinds: [String]
  /// MACs per cycle of one core.
  public var macsPerCycle: Double
  /// MAC/s of one core at the machine's clock.
  public var macsPerSecond: Double
  /// How it is known.
  public var provenance: RoofProvenance
}

extension ComputeLine: FieldsEncodable {
  /// What it is, how high, and how that is known.
  public var fields: Fields {
    [
      "id": id, "name": name, "dtype": dtype, "is_roof": isRoof, "kinds": kinds,
      "macs_per_cycle": macsPerCycle, "macs_per_second": macsPerSecond,
      "provenance": provenance.words, "is_measured": provenance.isMeasured,
    ]
  }
}

/// Where a bandwidth line meets a compute line.
public struct Ridge: Sendable, Equatable, Encodable {
  /// Id of the memory line.
  public var memory: String
  /// Id of the compute line, the roof to which the ridge belongs.
  public var compute: String
  /// MAC per byte; above it a layer is on the compute side.
  public var intensity: Double
}

/// What tells the machines of a roofline apart.
public struct RooflineState: Sendable, Hashable {
  /// Id of the board.
  public var board: String
  /// CPU clock, Hz.
  public var clockHz: Double
  /// State of the flash in which roofs were measured; nil where none were.
  public var conditions: String?

  /// The same whatever the flash.
  var unconditional: RooflineState { RooflineState(board: board, clockHz: clockHz) }
}

/// The lines of one board at one clock.
public struct RooflineMachine: Sendable, Equatable, Encodable {
  private enum CodingKeys: CodingKey { case board, name, clockHz, memory, compute, ridges }

  /// Id of the board.
  public var board: String
  /// Full name of the board.
  public var name: String
  /// How sentences call it.
  public var short: String
  /// CPU clock, Hz.
  public var clockHz: Double
  /// "flash quad/3, XIP cache on": in which roofs were measured; nil where none were.
  public var conditions: String?
  /// The cache in front of flash, bytes; 0 where there is none.
  public var cacheBytes: Int
  /// "XIP cache"; nil where there is none.
  public var cacheName: String?
  /// SRAM, bytes; nil where not known.
  public var sramBytes: Int?
  /// Bandwidth lines, in the order of the description.
  public var memory: [MemoryLine]
  /// Compute lines, in the order of the description.
  public var compute: [ComputeLine]
  /// Where they meet; lines of equal bandwidth are taken once.
  public var ridges: [Ridge]

  /// What tells it from the others.
  public var state: RooflineState {
    RooflineState(board: board, clockHz: clockHz, conditions: conditions)
  }

  /// The roof of a level.
  public func roof(_ level: MemoryLevel) -> MemoryLine? {
    memory.first { $0.level == level && $0.isRoof }
  }

  /// The slowest line of a level: what it still delivers in the worst order of accesses.
  public func slowest(_ level: MemoryLevel) -> MemoryLine? {
    memory.filter { $0.level == level }.min { $0.bytesPerCycle < $1.bytesPerCycle }
  }

  /// The roof of a dtype.
  public func roof(dtype: Dtype) -> ComputeLine? {
    compute.first { $0.dtype == dtype && $0.isRoof }
  }

  /// What the inner loop of an operator's kernel allows; the dtype's roof where no loop is described.
  public func line(dtype: Dtype, kind: String?) -> ComputeLine? {
    compute.first { $0.dtype == dtype && kind.map($0.kinds.contains) ?? false }
      ?? roof(dtype: dtype)
  }

  /// The ridge of two lines.
  public func ridge(memory: String, compute: String) -> Ridge? {
    ridges.first { $0.memory == memory && $0.compute == compute }
  }
}

extension RooflineMachine {
  /// Of roofs whose log says nothing of the flash.
  static let unnamedConditions = "as measured"

  /// Operators that a compute line below the roof describes, by its id in `data/machines`.
  private static let kinds = [
    "int8-conv": ["CONV_2D"], "int8-fc": ["FULLY_CONNECTED"],
    "fp32-fma": ["CONV_2D", "DEPTHWISE_CONV_2D", "FULLY_CONNECTED"],
  ]

  /// The lines of `machine` at `clockHz`, with those of `measured` in the place of the computed ones;
  /// nil where it has none, as an emulator.
  ///
  /// Memory whose clock does not follow the CPU's keeps its B/s at another clock, not its bytes per
  /// cycle: latency in nanoseconds, taken as not rounded to whole wait states.
  init?(
    _ machine: Machine, clockHz: Double, sources: [String: Source], measured: MeasuredRoofs? = nil
  ) {
    guard clockHz > 0, clockHz.isFinite, !machine.memoryRoofs.isEmpty,
      !machine.computeRoofs.isEmpty
    else { return nil }
    func provenance(_ source: String) -> RoofProvenance {
      .computed(from: sources[source]?.title ?? source)
    }
    board = machine.id
    name = machine.name
    short = machine.short
    self.clockHz = clockHz
    conditions = measured.map { $0.state.words ?? Self.unnamedConditions }
    cacheBytes = machine.cache?.bytes ?? 0
    cacheName = machine.cache?.name
    sramBytes = machine.sramBytes
    let impossible = Set(measured?.impossible(machine).map(\.line) ?? [])
    let rates = (measured?.rates ?? [:]).filter { !impossible.contains($0.key) }
    memory = machine.memoryRoofs.compactMap { roof in
      let level: MemoryLevel =
        roof.id == "sram" ? .sram : roof.id == "cache" ? .cache : .flash
      var perCycle = roof.bytesPerCycle
      if level == .flash, machine.flashClockFollowsCPU == false, let described = machine.clockHz {
        perCycle *= described / clockHz
      }
      let rate = rates[roof.id]
      var name = roof.name
      if level == .flash, let measured, !measured.hasDefaultFlash {
        // What was computed is of another mode.
        guard rate != nil else { return nil }
        name =
          "flash, \(measured.state.flash ?? "mode not stated"), "
          + (roof.id == "flash" ? "sequential" : "every 8-byte line a new transfer")
      }
      if let rate { perCycle = rate.perCycle }
      return MemoryLine(
        id: roof.id, name: name, level: level, isRoof: roof.id == level.rawValue,
        bytesPerCycle: perCycle, bytesPerSecond: perCycle * clockHz,
        provenance: rate.map { .measured(by: $0.file) } ?? provenance(roof.source))
    }
    compute = machine.computeRoofs.map { roof in
      let isRoof = machine.computeRoof(dtype: roof.dtype)?.id == roof.id
      let rate = rates[roof.id]
      let perCycle = rate?.perCycle ?? roof.macsPerCycle
      return ComputeLine(
        id: roof.id, name: roof.name, dtype: roof.dtype, isRoof: isRoof,
        kinds: isRoof ? [] : Self.kinds[roof.id] ?? [], macsPerCycle: perCycle,
        macsPerSecond: perCycle * clockHz,
        provenance: rate.map { .measured(by: $0.file) } ?? provenance(roof.source))
    }
    let distinct = memory.coinciding.compactMap(\.first)
    ridges = compute.flatMap { roof in
      distinct.map { line in
        Ridge(
          memory: line.id, compute: roof.id, intensity: roof.macsPerCycle / line.bytesPerCycle)
      }
    }
  }
}
