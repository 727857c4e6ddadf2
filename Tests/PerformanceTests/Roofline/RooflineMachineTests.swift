import Core
import TestSupport
import Testing

@testable import Performance
@testable import Reference

@Suite struct RooflineMachineTests {
  private func machine(_ board: String, clock: Double? = nil) throws -> RooflineMachine {
    let data = try ReferenceData.bundled()
    let described = try #require(data.machine(board))
    let clock = try #require(clock ?? described.clockHz)
    return try #require(RooflineMachine(described, clockHz: clock, sources: data.sources))
  }

  struct Meeting: Sendable {
    var compute: String
    var flash: Double
    var sram: Double
  }

  /// From the rates: 0.80, 0.50 and 1/3 MAC/cycle over 1/6 and 4 B/cycle.
  static let meetings = [
    Meeting(compute: "int8-conv", flash: 4.8, sram: 0.20),
    Meeting(compute: "int8-fc", flash: 3.0, sram: 0.125),
    Meeting(compute: "fp32-fma", flash: 2.0, sram: 0.083),
    Meeting(compute: "fp32", flash: 3.0, sram: 0.125),
    Meeting(compute: "int8", flash: 12, sram: 0.5),
  ]

  @Test(arguments: meetings) func ridgesOfRP2350(meeting: Meeting) throws {
    let machine = try machine("pico2")
    let flash = try #require(machine.ridge(memory: "flash", compute: meeting.compute))
    let sram = try #require(machine.ridge(memory: "sram", compute: meeting.compute))
    #expect(abs(flash.intensity / meeting.flash - 1) < 0.011)
    #expect(abs(sram.intensity / meeting.sram - 1) < 0.011)
    // The cache hits as fast as SRAM reads: the same ridge is listed once.
    #expect(machine.ridge(memory: "cache", compute: meeting.compute) == nil)
  }

  @Test func equalLinesCoincide() throws {
    let machine = try machine("pico2")
    let memory = machine.memory.coinciding.map { $0.map(\.id) }
    #expect(memory == [["sram", "cache"], ["flash"], ["flash-random"]])
    let compute = machine.compute.coinciding
    #expect(compute.map(\.count).reduce(0, +) == machine.compute.count)
    #expect(compute.contains { $0.map(\.id) == ["int8-fc", "fp32"] })
    for lines in compute { #expect(Set(lines.map(\.macsPerCycle)).count == 1) }
  }

  @Test(arguments: ["pico2", "nucleo_u575zi_q"]) func twoRoofsMeetAtTheirRidge(board: String) throws
  {
    let machine = try machine(board)
    #expect(!machine.ridges.isEmpty)
    for ridge in machine.ridges {
      let memory = try #require(machine.memory.first { $0.id == ridge.memory })
      let compute = try #require(machine.compute.first { $0.id == ridge.compute })
      #expect(isClose(memory.bytesPerCycle * ridge.intensity, compute.macsPerCycle))
    }
  }

  @Test func theHighestLineIsTheRoofAndTheOthersNameTheirKinds() throws {
    for board in ["pico2", "nucleo_u575zi_q"] {
      let machine = try machine(board)
      #expect(machine.compute.filter(\.isRoof).map(\.id) == ["int8", "fp32"])
      for line in machine.compute {
        #expect(line.kinds.isEmpty == line.isRoof, "\(line.id)")
      }
      #expect(machine.line(dtype: .int8, kind: "CONV_2D")?.macsPerCycle == 0.8)
      #expect(machine.line(dtype: .int8, kind: "FULLY_CONNECTED")?.macsPerCycle == 0.5)
      #expect(machine.line(dtype: .int8, kind: "DEPTHWISE_CONV_2D")?.id == "int8")
      #expect(machine.line(dtype: .int8, kind: nil)?.id == "int8")
      #expect(machine.line(dtype: .int16, kind: nil) == nil)
      #expect(machine.roof(.sram)?.bytesPerCycle == 4)
    }
  }

  @Test func ratesFollowTheClock() throws {
    let machine = try machine("pico2", clock: 300e6)
    #expect(isClose(machine.roof(.flash)?.bytesPerSecond, 50e6))
    #expect(isClose(machine.roof(dtype: .int8)?.macsPerSecond, 600e6))
    #expect(machine.slowest(.flash)?.id == "flash-random")
    // Internal flash has wait states in ns: B/s stay, so more bytes come per slower cycle.
    let nucleo = try self.machine("nucleo_u575zi_q", clock: 80e6)
    #expect(isClose(nucleo.roof(.flash)?.bytesPerSecond, 512e6))
    #expect(isClose(nucleo.roof(.flash)?.bytesPerCycle, 6.4))
    #expect(isClose(nucleo.roof(.sram)?.bytesPerSecond, 320e6))
  }

  @Test func everyLineSaysHowItIsKnown() throws {
    let machine = try machine("pico2")
    let words = machine.memory.map(\.provenance.words) + machine.compute.map(\.provenance.words)
    for word in words {
      #expect(word.hasPrefix("computed from ") || word.hasPrefix("computed here from "))
    }
    #expect(machine.memory.allSatisfy { !$0.provenance.isMeasured })
    let measured = RoofProvenance.measured(by: "run-1")
    #expect(measured.isMeasured && measured.words == "measured by the micro-benchmarks of run-1")
  }

  @Test func anEmulatorHasNoRoofs() throws {
    let data = try ReferenceData.bundled()
    let emulator = try #require(data.machine("qemu_mps2_an505"))
    #expect(RooflineMachine(emulator, clockHz: 1e6, sources: data.sources) == nil)
    let pico = try #require(data.machine("pico2"))
    for clock in [0, -1, Double.infinity, .nan] {
      #expect(RooflineMachine(pico, clockHz: clock, sources: data.sources) == nil)
    }
  }
}
