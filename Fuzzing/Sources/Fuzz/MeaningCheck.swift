import Interpreter
import Models
import Quantizer
import Support

/// A small draft computes after lowering what it computed before.
func checkMeaning(_ draft: GraphDraft) {
  _ = outcome { () throws(Diagnostic) in
    let before = try draft.graph()
    let after = try Lowering.lower(draft, options: .init(boundary: .unchanged)).graph
    guard before.dtype == .fp32, ModelSize.isSmall(before), ModelSize.isSmall(after) else { return }
    let sample = SampleSet.synthetic(.normal(mean: 0, standardDeviation: 1), count: 1, for: before)
      .sample(0)
    let first = try Interpreter(before)
    var scale: Float = 1
    first.observer = { _, tensor, bytes in
      guard before.tensors[tensor].elementType == .float32 else { return }
      for start in stride(from: 0, to: bytes.count - 3, by: 4) {
        let bits = bytes.loadUnaligned(fromByteOffset: start, as: UInt32.self)
        scale = max(scale, abs(Float(bitPattern: UInt32(littleEndian: bits))))
      }
    }
    let expected = try first.run(floats: sample)
    let found = try Interpreter(after).run(floats: sample)
    require(expected.map(\.count) == found.map(\.count), "other sizes after lowering")
    // Beyond that, rounding and overflow differ where operators are joined.
    guard scale < 1e4, isTame(before) else { return }
    for (a, b) in zip(expected.joined(), found.joined()) where a.isFinite && b.isFinite {
      require(abs(a - b) <= 1e-2 * scale, "\(a) became \(b), of values up to \(scale)")
    }
  }
}

/// Constants that keep single precision meaningful.
private func isTame(_ graph: Graph) -> Bool {
  graph.tensors.allSatisfy { tensor in
    tensor.floatValues?.allSatisfy { abs($0) < 1e4 && ($0 == 0 || abs($0) > 1e-4) } ?? true
  }
}
