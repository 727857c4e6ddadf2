import Models
import Support
@testable import Quantizer

extension Target {
  /// Files of samples and of labels: .npy, .npz, and raw numbers.
  static let samples = Target(name: "samples") { bytes in
    for input in [[1, 3], [1, 2, 3, 2], [4]] {
      for layout in [SampleOptions.Layout.nhwc, .nchw] {
        check(bytes, path: "a.npz", input, SampleOptions(layout: layout))
      }
    }
    check(bytes, path: "a.npy", [1, 2], SampleOptions(offset: 1, factor: 0.5))
    check(bytes, path: "a.npz", member: "x", [1, 2], SampleOptions())
    let format = NumberFormat.allCases[Int(bytes.first ?? 0) % NumberFormat.allCases.count]
    check(bytes, path: "a.bin", [1, 2], SampleOptions(rawFormat: format))
    _ = outcome { () throws(Diagnostic) in try SampleSet.labels(bytes, nil) }
  }
}

private func check(
  _ bytes: [UInt8], path: String, member: String? = nil, _ input: [Int], _ options: SampleOptions
) {
  let found = outcome { () throws(Diagnostic) in
    try SampleSet.array(bytes, member, path: path, input: input, options: options)
  }
  guard let (array, shape) = found else { return }
  let elements = input.reduce(1, *)
  require(shape.elements == elements && shape.count > 0, "not the model's shape")
  require(array.count == shape.count * elements, "numbers are lost or made up")
  let set = SampleSet(
    .array(array, shape, offset: options.offset, factor: options.factor),
    indices: 0..<shape.count, source: path)
  let (calibration, heldOut) = set.split()
  require(calibration.count + heldOut.count == set.count, "samples are lost")
  for part in [calibration, heldOut] where part.count > 0 {
    require(part.sample(part.count - 1).map(\.count) == [elements], "not a sample")
  }
}
