import Core
import Testing

@testable import Reference

@Suite struct MachineTests {
  struct Rate: Sendable {
    var board: String
    var roof: String
    var megabytesPerSecond: Double
  }

  /// From the data sheets: bytes per cycle times the clock.
  static let rates = [
    Rate(board: "waveshare_rp2350_plus_16mb", roof: "flash", megabytesPerSecond: 25.0),
    Rate(board: "waveshare_rp2350_plus_16mb", roof: "flash-random", megabytesPerSecond: 11.1),
    Rate(board: "waveshare_rp2350_plus_16mb", roof: "sram", megabytesPerSecond: 600),
    Rate(board: "waveshare_rp2350_plus_16mb", roof: "cache", megabytesPerSecond: 600),
    Rate(board: "pico2", roof: "flash", megabytesPerSecond: 25.0),
    Rate(board: "pico2", roof: "flash-random", megabytesPerSecond: 11.1),
    Rate(board: "pico2", roof: "sram", megabytesPerSecond: 600),
    Rate(board: "nucleo_u575zi_q", roof: "sram", megabytesPerSecond: 640),
    Rate(board: "nucleo_u575zi_q", roof: "flash", megabytesPerSecond: 512),
  ]

  @Test(arguments: rates) func roofsAreThoseOfTheDataSheets(rate: Rate) throws {
    let machine = try #require(ReferenceData.bundled().machine(rate.board))
    let roof = try #require(machine.memoryRoof(rate.roof))
    let megabytes = roof.bytesPerCycle * (try #require(machine.clockHz)) / 1e6
    #expect(abs(megabytes - rate.megabytesPerSecond) < 0.05)
  }

  @Test func computeRoofsOrder() throws {
    for machine in try Machine.bundled() where !machine.computeRoofs.isEmpty {
      #expect(machine.computeRoof(dtype: .int8)?.macsPerCycle == 2.0)
      #expect(machine.computeRoof(dtype: .fp32)?.macsPerCycle == 0.50)
      #expect(machine.computeRoof(dtype: .int16) == nil)
      for roof in machine.memoryRoofs { #expect(roof.bytesPerCycle > 0) }
    }
  }

  @Test func cachesAreThoseOfTheDataSheets() throws {
    let data = try ReferenceData.bundled()
    let pico = try #require(data.machine("pico2")?.cache)
    #expect((pico.bytes, pico.ways, pico.lineBytes) == (16_384, 2, 8))
    #expect(data.machine("pico2")?.sramBytes == 520 * 1024)
    #expect(data.machine("pico2")?.flashClockFollowsCPU == true)
    #expect(data.machine("nucleo_u575zi_q")?.cache?.bytes == 8192)
    #expect(data.machine("nucleo_u575zi_q")?.flashClockFollowsCPU == false)
    #expect(data.machine("qemu_mps2_an505")?.clockHz == nil)
    #expect(data.machine(nil) == nil)
  }

  @Test func idsAreUniqueAndFileNames() throws {
    let ids = try Machine.bundled().map(\.id)
    #expect(Set(ids).count == ids.count)
    #expect(
      Set(ids)
        == Set(
          Bundled.paths.filter { $0.hasPrefix("machines/") }.map {
            String($0.dropFirst("machines/".count).dropLast(".toml".count))
          }))
  }

  /// Both RP2350 boards carry the same chip; only id, name and comments may differ.
  @Test func bothRP2350BoardsAreTheSameChip() throws {
    let data = try ReferenceData.bundled()
    var pico = try #require(data.machine("pico2"))
    let waveshare = try #require(data.machine("waveshare_rp2350_plus_16mb"))
    pico.id = waveshare.id
    pico.name = waveshare.name
    #expect(pico == waveshare)
  }
}
