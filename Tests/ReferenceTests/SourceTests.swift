import Testing

@testable import Reference

@Suite struct SourceTests {
  /// Keys of sources that rows and machines name, by where they do.
  private func used() throws -> [String: Set<String>] {
    var used: [String: Set<String>] = [:]
    for file in csvFiles {
      let table = try Rows(file)
      for row in table.rows { used[try table.text(row, "source"), default: []].insert(file) }
    }
    for machine in try Machine.bundled() {
      let keys =
        [machine.source] + machine.memoryRoofs.map(\.source)
        + machine.computeRoofs.map(\.source) + machine.flashModes.map(\.source)
        + machine.flashModes.compactMap(\.ratingSource)
        + [machine.cache?.source, machine.flashTransfers?.source].compactMap { $0 }
      for key in keys { used[key, default: []].insert(machine.id) }
    }
    return used
  }

  @Test func everySourceNamedExists() throws {
    let sources = try Source.bundled()
    for (key, places) in try used() {
      #expect(sources[key] != nil, "'\(key)', named in \(places.sorted()), is not in sources.toml")
    }
  }

  @Test func everySourceIsUsed() throws {
    let used = try used()
    for key in try Source.bundled().keys.sorted() {
      #expect(used[key] != nil, "no row names '\(key)' of sources.toml")
    }
  }

  @Test func everySourceSaysWhatAndWhere() throws {
    for source in try Source.bundled().values {
      #expect(!source.title.isEmpty && !source.note.isEmpty, "\(source.key)")
      #expect(source.url.hasPrefix("https://"), "\(source.key)")
    }
  }

  /// `data/machines` holds nothing that the reader does not know, such as a misspelt key.
  @Test func machinesHoldOnlyKnownKeys() throws {
    let known: [String: Set<String>] = [
      "": [
        "like",
        "id", "name", "short", "mcu", "core", "cores", "clock_hz", "rated_clock_hz", "sram_bytes",
        "flash_clock_follows_cpu", "source", "cache", "memory_roof", "compute_roof",
        "flash", "flash_mode",
      ],
      "flash": ["cooldown_cycles", "page_break_bytes", "min_deselect_cycles", "source"],
      "flash_mode": [
        "id", "name", "sck_divider", "data_sck", "setup_sck", "rated_sck_hz", "rating_source",
        "source",
      ],
      "cache": ["name", "bytes", "ways", "line_bytes", "replacement", "serves", "source"],
      "memory_roof": ["id", "name", "bytes_per_cycle", "cycles_per_line", "line_bytes", "source"],
      "compute_roof": ["id", "name", "dtype", "macs_per_cycle", "source"],
    ]
    for file in Bundled.paths where file.hasPrefix("machines/") {
      let table = try TOMLReading.table(file)
      #expect(Set(table.keys).isSubset(of: known[""] ?? []), "\(file)")
      if let cache = table["cache"]?.table {
        #expect(Set(cache.keys) == known["cache"], "\(file)")
      }
      if let flash = table["flash"]?.table {
        #expect(Set(flash.keys) == known["flash"], "\(file)")
      }
      for name in ["memory_roof", "compute_roof", "flash_mode"] {
        for roof in table[name]?.array ?? [] {
          let keys = try #require(roof.table).keys
          #expect(Set(keys).isSubset(of: known[name] ?? []), "\(file), \(name)")
        }
      }
    }
  }
}
