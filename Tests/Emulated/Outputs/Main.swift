import Board
import Core
import Engine

/// Runs the cases that QEMU has loaded, as `modelgen output-checksums --pack` writes them, and prints
/// the CRC-32 of what each gave; see Scripts/check-kernels.
@main
struct Main {
  static func main() {
    // Unsafe on purpose: the board's PSRAM, which the host has filled. A plan checks itself.
    guard var place = UnsafeRawPointer(bitPattern: UInt(0x8000_0000)) else { return }
    while true {
      let planBytes = Int(place.load(as: UInt32.self))
      let samples = Int(place.load(fromByteOffset: 4, as: UInt32.self))
      guard planBytes > 0 else { break }
      place += 16
      do throws(PlanRefusal) {
        let plan = try ModelPlan(opening: place, byteCount: planBytes)
        place += planBytes
        try show(plan, samples, &place)
      } catch {
        // Without its end the output is refused.
        Console.write("refused\n")
        return
      }
    }
    Console.write("end\n")
  }

  /// Computes the outputs of all samples; `place` is left behind the last one.
  static func show(
    _ plan: ModelPlan, _ samples: Int, _ place: inout UnsafeRawPointer
  ) throws(PlanRefusal) {
    let arenaBytes = plan.arenaBytes(cores: 1)
    let arena = UnsafeMutableRawPointer.allocate(byteCount: arenaBytes, alignment: 16)
    defer { arena.deallocate() }
    let run = try EngineRun(plan, arena: arena, arenaBytes: arenaBytes)
    var outputs: [UInt8] = []
    for _ in 0..<samples {
      for index in 0..<plan.inputCount {
        let input = run.input(index)
        input.copyMemory(from: UnsafeRawBufferPointer(start: place, count: input.count))
        place += input.count
      }
      run.run(before: { _ in }, after: { _ in })
      for index in 0..<plan.outputCount { outputs += run.output(index) }
    }
    // The next record begins at a multiple of 16.
    place = place.alignedUp(toMultipleOf: 16)
    var letter = plan.modelID
    while letter.pointee != 0 {
      _ = putchar(Int32(letter.pointee))
      letter += 1
    }
    Console.write("\t")
    Console.write(hexadecimal: CRC32.byHalfBytes(outputs.span))
    Console.write("\n")
  }
}
