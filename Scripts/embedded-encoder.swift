// Writes one line with every kind of field, as firmware does: `Scripts/check-embedded` compiles this
// with BenchLog for a bare chip and looks at what it reaches.

/// A port that is a register.
private struct Port: ByteSink {
  let register: UnsafeMutablePointer<UInt32>
  mutating func put(_ byte: UInt8) { register.pointee = UInt32(byte) }
}

/// Returns how many lines were written, so that nothing is optimised away.
@c(benchlog_probe)
public func probe(
  _ register: UnsafeMutablePointer<UInt32>, _ text: UnsafePointer<CChar>,
  _ data: UnsafePointer<UInt8>, _ count: Int, _ number: UInt64, _ word: UInt32
) -> UInt32 {
  let bytes = UnsafeBufferPointer(start: data, count: count).span
  var encoder = LineEncoder(sink: Port(register: register), sequence: word)
  encoder.begin(.out)
  encoder.field("run", number)
  encoder.field("i", word)
  encoder.field("crc32", hex: word)
  encoder.field("data", hexBytes: bytes)
  encoder.end()
  encoder.begin(Record(rawValue: UInt8(truncatingIfNeeded: word)) ?? .log)
  encoder.field("origin", cString: text)
  encoder.field("citation", text: bytes)
  encoder.field("tool", text: "pico2-benchmark")
  encoder.end()
  return encoder.sequence
}
