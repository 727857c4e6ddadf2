import Core
import Support
import TOMLKit

/// A bandwidth that a level of memory cannot exceed.
public struct MemoryRoof: Sendable, Equatable {
  /// Name within the machine, as in `flash-random`.
  public var id: String
  /// What it assumes, in words.
  public var name: String
  /// Bytes per cycle of the CPU clock.
  public var bytesPerCycle: Double
  /// Key of the source.
  public var source: String
}

/// A rate that the instruction stream cannot exceed.
public struct ComputeRoof: Sendable, Equatable {
  /// Name within the machine, as in `int8-conv`.
  public var id: String
  /// What limits it, in words.
  public var name: String
  /// dtype of the operands: `int8` or `fp32`.
  public var dtype: Dtype
  /// MACs per cycle of the CPU clock.
  public var macsPerCycle: Double
  /// Key of the source.
  public var source: String
}

/// The cache in front of flash.
public struct CacheDescription: Sendable, Equatable {
  /// Its vendor's name for it.
  public var name: String
  /// Capacity, bytes.
  public var bytes: Int
  /// Associativity.
  public var ways: Int
  /// Length of a line, bytes.
  public var lineBytes: Int
  /// How a line to evict is chosen.
  public var replacement: String
  /// Which accesses go through it.
  public var serves: String
  /// Key of the source.
  public var source: String
}

/// When a serial transfer from flash ends, whatever its mode.
public struct FlashTransfers: Sendable, Equatable {
  /// CPU cycles for which chip select stays low after a transfer, half a serial clock not counted.
  public var cooldownCycles: Double
  /// A transfer ends at every multiple of this address, bytes.
  public var pageBreakBytes: Int
  /// CPU cycles for which chip select stays high between transfers, half a serial clock not counted.
  public var minDeselectCycles: Double
  /// Key of the source.
  public var source: String
}

/// A way of reading flash: width and divider of the serial clock.
public struct FlashMode: Sendable, Equatable {
  /// Name as `flash=` in logs and options has it, as in `quad/3`.
  public var id: String
  /// What it assumes, in words.
  public var name: String
  /// CPU cycles per serial clock.
  public var divider: Double
  /// Serial clocks for the data of one line.
  var dataClocks: Double
  /// Serial clocks that a new transfer needs before its first data.
  var setupClocks: Double
  /// The highest serial clock that the flash is rated for in this mode, Hz; nil where it is not known.
  public var ratedHz: Double?
  /// Key of the source of `ratedHz`.
  var ratingSource: String?
  /// Key of the source.
  public var source: String

  /// The same reads with another number of CPU cycles per serial clock.
  package func at(divider: Double) -> FlashMode {
    var mode = self
    mode.divider = divider
    return mode
  }

  /// CPU cycles for the data of one line.
  public var dataCycles: Double { dataClocks * divider }
  /// CPU cycles that a new transfer needs before its first data.
  public var setupCycles: Double { setupClocks * divider }
}

/// A board as `data/machines` describes it.
public struct Machine: Sendable, Equatable {
  /// Board id, the value of `board` in logs and tables.
  public var id: String
  /// Full name.
  public var name: String
  /// How sentences call it.
  public var short: String
  /// Microcontroller, as in `rp2350`.
  public var mcu: String
  /// Kind of core and its extensions.
  public var core: String
  /// Number of cores.
  public var cores: Int
  /// CPU clock in Hz; nil for an emulator.
  public var clockHz: Double?
  /// The highest CPU clock that the part is rated for, Hz; nil where it is not known.
  public var ratedClockHz: Double?
  /// SRAM, bytes; nil where it means nothing.
  public var sramBytes: Int?
  /// Whether the flash clock is derived from the CPU clock; nil where there is no flash.
  public var flashClockFollowsCPU: Bool?
  /// The cache in front of flash; nil where there is none.
  public var cache: CacheDescription?
  /// When transfers from flash end; nil where flash is not serial.
  public var flashTransfers: FlashTransfers?
  /// Ways of reading flash, the one after boot first.
  public var flashModes: [FlashMode]
  /// Bandwidths by level of memory.
  public var memoryRoofs: [MemoryRoof]
  /// Rates of the instruction stream, by dtype.
  public var computeRoofs: [ComputeRoof]
  /// Key of the source.
  public var source: String

  /// The memory roof of that id.
  public func memoryRoof(_ id: String) -> MemoryRoof? { memoryRoofs.first { $0.id == id } }

  /// The flash mode of that id.
  public func flashMode(_ id: String) -> FlashMode? { flashModes.first { $0.id == id } }

  /// The highest compute roof for a dtype.
  public func computeRoof(dtype: Dtype) -> ComputeRoof? {
    computeRoofs.filter { $0.dtype == dtype }.max { $0.macsPerCycle < $1.macsPerCycle }
  }

  /// All bundled machines, by id.
  static func bundled() throws(Diagnostic) -> [Machine] {
    var result: [Machine] = []
    for file in Bundled.paths where file.hasPrefix("machines/") {
      result.append(try read(file))
    }
    return result
  }

  /// One file; a board that differs from another in its name alone says `like` which.
  private static func read(_ file: String) throws(Diagnostic) -> Machine {
    let table = try TOMLReading.table(file)
    guard let model = table["like"]?.string else { return try describe(table, file) }
    let other = "machines/\(model).toml"
    var machine = try describe(try TOMLReading.table(other), other)
    machine.id = try TOMLReading.text(table, "id", file)
    machine.name = try TOMLReading.text(table, "name", file)
    return machine
  }

  private static func describe(
    _ table: TOMLTable, _ file: String
  ) throws(Diagnostic) -> Machine {
    let source = try TOMLReading.text(table, "source", file)
    return Machine(
      id: try TOMLReading.text(table, "id", file), name: try TOMLReading.text(table, "name", file),
      short: try TOMLReading.text(table, "short", file),
      mcu: try TOMLReading.text(table, "mcu", file),
      core: try TOMLReading.text(table, "core", file),
      cores: Int(try TOMLReading.number(table, "cores", file)),
      clockHz: TOMLReading.optionalNumber(table, "clock_hz"),
      ratedClockHz: TOMLReading.optionalNumber(table, "rated_clock_hz"),
      sramBytes: TOMLReading.optionalNumber(table, "sram_bytes").map { Int($0) },
      flashClockFollowsCPU: table["flash_clock_follows_cpu"]?.bool,
      cache: try table["cache"]?.table.map { cache throws(Diagnostic) in
        try CacheDescription(
          name: TOMLReading.text(cache, "name", file),
          bytes: Int(TOMLReading.number(cache, "bytes", file)),
          ways: Int(TOMLReading.number(cache, "ways", file)),
          lineBytes: Int(TOMLReading.number(cache, "line_bytes", file)),
          replacement: TOMLReading.text(cache, "replacement", file),
          serves: TOMLReading.text(cache, "serves", file),
          source: TOMLReading.text(cache, "source", file))
      },
      flashTransfers: try table["flash"]?.table.map { flash throws(Diagnostic) in
        try FlashTransfers(
          cooldownCycles: TOMLReading.number(flash, "cooldown_cycles", file),
          pageBreakBytes: Int(TOMLReading.number(flash, "page_break_bytes", file)),
          minDeselectCycles: TOMLReading.number(flash, "min_deselect_cycles", file),
          source: TOMLReading.text(flash, "source", file))
      },
      flashModes: try tables(table, "flash_mode").map { mode throws(Diagnostic) in
        try FlashMode(
          id: TOMLReading.text(mode, "id", file), name: TOMLReading.text(mode, "name", file),
          divider: TOMLReading.number(mode, "sck_divider", file),
          dataClocks: TOMLReading.number(mode, "data_sck", file),
          setupClocks: TOMLReading.number(mode, "setup_sck", file),
          ratedHz: TOMLReading.optionalNumber(mode, "rated_sck_hz"),
          ratingSource: mode["rating_source"]?.string,
          source: TOMLReading.text(mode, "source", file))
      },
      memoryRoofs: try memoryRoofs(table, file), computeRoofs: try computeRoofs(table, file),
      source: source)
  }

  private static func memoryRoofs(
    _ table: TOMLTable, _ file: String
  ) throws(Diagnostic) -> [MemoryRoof] {
    var result: [MemoryRoof] = []
    for roof in tables(table, "memory_roof") {
      let rate: Double
      if let direct = TOMLReading.optionalNumber(roof, "bytes_per_cycle") {
        rate = direct
      } else {
        let line = TOMLReading.optionalNumber(roof, "line_bytes") ?? 8
        rate = line / (try TOMLReading.number(roof, "cycles_per_line", file))
      }
      result.append(
        MemoryRoof(
          id: try TOMLReading.text(roof, "id", file),
          name: try TOMLReading.text(roof, "name", file),
          bytesPerCycle: rate, source: try TOMLReading.text(roof, "source", file)))
    }
    return result
  }

  private static func computeRoofs(
    _ table: TOMLTable, _ file: String
  ) throws(Diagnostic) -> [ComputeRoof] {
    var result: [ComputeRoof] = []
    for roof in tables(table, "compute_roof") {
      result.append(
        ComputeRoof(
          id: try TOMLReading.text(roof, "id", file),
          name: try TOMLReading.text(roof, "name", file),
          dtype: try TOMLReading.word(roof, "dtype", file),
          macsPerCycle: try TOMLReading.number(roof, "macs_per_cycle", file),
          source: try TOMLReading.text(roof, "source", file)))
    }
    return result
  }

  private static func tables(_ table: TOMLTable, _ key: String) -> [TOMLTable] {
    guard let array = table[key]?.array else { return [] }
    return array.compactMap { $0.table }
  }
}
