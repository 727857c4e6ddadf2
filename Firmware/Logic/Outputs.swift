import BenchLog
import Core

extension Session {
  /// Bytes of output in one line: two digits each.
  private static var dataBytes: Int { 256 }

  /// Looks at what an inference gave. Outputs of one sample that are the same share their lines.
  mutating func takeOutput(_ sample: Int, _ progress: inout RunProgress) {
    guard plan.outputs != .none else { return }
    var crc = CRC32()
    for byte in runner.output { crc.add(byte) }
    if let known = progress.output, known.crc == crc.value {
      progress.output = (known.crc, known.same + 1)
      return
    }
    printOutput(sample, isLast: false, &progress)
    progress.output = (crc.value, 1)
  }

  /// Prints the outputs so far; their bytes only while no other inference has overwritten them.
  mutating func printOutput(_ sample: Int, isLast: Bool, _ progress: inout RunProgress) {
    guard let output = progress.output else { return }
    progress.output = nil
    let start = board.now()
    let count = runner.output.count
    var offset = 0
    repeat {
      printer.encoder.begin(.out)
      printer.encoder.field("run", progress.id)
      printer.encoder.field("i", UInt64(sample))
      printer.encoder.field("crc32", hex: output.crc)
      printer.encoder.field("bytes", UInt64(count))
      var end = count
      if plan.outputs == .data, isLast {
        end = min(offset + Self.dataBytes, count)
        printer.encoder.field("offset", UInt64(offset))
        // Bounds: offset <= end <= count.
        let bytes = UnsafeBufferPointer(rebasing: runner.output[offset..<end])
        printer.encoder.field("data", hexBytes: bytes.span)
      }
      printer.encoder.field("same", output.same)
      printer.encoder.end()
      offset = end
    } while offset < count
    board.flush()
    consoleTicks += board.now() - start
  }
}
