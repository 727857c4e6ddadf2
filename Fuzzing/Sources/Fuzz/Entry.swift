/// What libFuzzer calls for each input.
///
/// The environment variable PICO2_FUZZ_TARGET names the target.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  // Bounds: libFuzzer owns `count` bytes at `start` for the length of this call; they are copied.
  chosen.run([UInt8](UnsafeBufferPointer(start: start, count: count)))
  return 0
}

/// Something that takes untrusted bytes, with what must hold for all of them.
struct Target: Sendable {
  let name: String
  let run: @Sendable ([UInt8]) -> Void

  static let all = [
    ingest, dialects, lines, benchLog, seal, configuration, notebook, models, onnx, keras,
    savedModel, samples, part, archives, words, patterns, prefix,
  ]
}

private let chosen: Target = {
  let name = environment("PICO2_FUZZ_TARGET") ?? Target.ingest.name
  guard let target = Target.all.first(where: { $0.name == name }) else {
    let names = Target.all.map(\.name).joined(separator: ", ")
    fatalError("PICO2_FUZZ_TARGET is '\(name)'; the targets are \(names)")
  }
  return target
}()
